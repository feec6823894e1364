import { legibleLine } from '../documents/legible.ts';
import { addresseeOf, type OutboxMail, type SendOutcome } from '../domain/mail-state.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { openSession } from '../session.ts';

export interface SendOptions {
  readonly ids?: readonly string[] | undefined;
  readonly all?: boolean;
}

/** vcc send: hands waiting messages to the mail server, each at most once unless a person asks for it again. Exit code 1 where one was not taken. */
export async function send(env: Environment, options: SendOptions): Promise<number> {
  const { out } = env;
  openSession(env);
  await refuseTracked(env);
  const chosen = choose(env, options);
  if (chosen.length === 0) {
    if (out.json) out.envelope('sent', { messages: [] });
    else out.say('No message is to be sent now: vcc outbox');
    return 0;
  }
  if (env.options.dryRun) {
    if (out.json) out.envelope('sent', { messages: chosen.map(({ id, state }) => ({ id, state })) });
    else out.print(`These would be sent:\n${chosen.map(({ id, state }) => `  ${legibleLine(id)}${state === 'queued' ? '' : ` (${state}: once more)`}`).join('\n')}\nNothing was sent (--dry-run).`);
    return 0;
  }
  if (!(await env.ask.confirm(`Send ${chosen.length} ${chosen.length === 1 ? 'message' : 'messages'}?`))) throw refusal('declined', 'Nothing was sent.', 'vcc outbox shows what waits.');
  const outcomes = await env.mailbox.send(chosen, (outcome) => {
    if (!out.json) out.print(`${outcome.state.padEnd(9)} ${legibleLine(outcome.id)}${outcome.state === 'sent' ? '' : `: ${legibleLine(outcome.why ?? '')}`}`);
  });
  if (out.json) out.envelope('sent', { messages: outcomes });
  else for (const line of nextLines(outcomes, chosen.length)) out.say(line);
  return outcomes.length === chosen.length && outcomes.every(({ state }) => state === 'sent') ? 0 : 1;
}

/** vcc keeps outbox/ out of Git: a message that came with the repository was written by whoever could write to it, and would go out in the name of the team. */
async function refuseTracked(env: Environment): Promise<void> {
  const paths = (await env.git.tracked('outbox')).map(legibleLine);
  if (paths.length > 0) throw refusal('tracked-message', `Git keeps ${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ', ...' : ''}: no message of yours`, 'Look who committed it: git log -- outbox. Then take it out: git rm -r --cached outbox');
}

function choose(env: Environment, { ids = [], all }: SendOptions): readonly OutboxMail[] {
  const mails = env.mailbox.list();
  if (ids.length > 0 && all === true) throw usage('--all does not go with the names of messages', 'vcc send --all, or vcc send MESSAGE');
  if (ids.length === 0 && all !== true) throw usage('which messages are to be sent?', 'vcc send --all sends every message that waits; vcc outbox shows them.');
  if (all === true) return mails.filter(({ state, notBefore }) => state === 'queued' && (notBefore === undefined || notBefore <= env.clock.now()));
  return ids.map((given) => {
    const id = given.replace(/^.*\//, '').replace(/\.eml$/, '');
    const mail = mails.find((known) => known.id === id && known.state !== 'sent');
    if (mail) return mail;
    const sent = mails.some((known) => known.id === id);
    throw refusal(sent ? 'sent-already' : 'no-such-message', sent ? `${legibleLine(id)} was sent` : `there is no message ${legibleLine(id)} in the outbox`, sent ? 'A message that is sent is sent once: vcc notify makes another.' : `${didYouMean(id, mails.map((known) => known.id))}vcc outbox shows them.`);
  });
}

function nextLines(outcomes: readonly SendOutcome[], chosen: number): string[] {
  const failed = outcomes.filter(({ state }) => state === 'failed').flatMap(({ id }) => addresseeOf(id) ?? []);
  return [
    ...(outcomes.length < chosen ? [`${chosen - outcomes.length} not tried: the server takes no message now. They wait: vcc send --all`] : []),
    ...failed.filter(({ party }) => party !== 'reporter').map(({ case: number, party }) => `Nobody was reached; say so in the log, so that the ladder goes on: vcc record ${number} vendor-contacted --vendor ${party} --purpose other --means mail --outcome bounced`),
    ...(outcomes.some(({ state }) => state === 'uncertain') ? ['Uncertain messages are not sent again by themselves: vcc outbox'] : []),
  ];
}
