import { legible, legibleLine } from '../documents/legible.ts';
import { addresseeOf, type OutboxMail, type SendOutcome } from '../domain/mail-state.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { commandToLog, logReturned, returnedMail, type Logged, type ReturnedMail } from '../returned-mail.ts';
import { openSession, type Session } from '../session.ts';

export interface SendOptions {
  readonly ids?: readonly string[] | undefined;
  readonly all?: boolean;
}

/**
 * vcc send: hands waiting messages to the mail server, each at most once unless a person asks for it again. That one came back
 * is logged. Exit code 1 where one was not taken.
 */
export async function send(env: Environment, options: SendOptions): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  await refuseTracked(env);
  const chosen = choose(env, options);
  if (env.options.dryRun) return look(env, session, chosen);
  if (chosen.length > 0 && !(await env.ask.confirm(`Send ${chosen.length} ${chosen.length === 1 ? 'message' : 'messages'}?`))) throw refusal('declined', 'Nothing was sent.', 'vcc outbox shows what waits.');
  const outcomes = chosen.length === 0 ? [] : await env.mailbox.send(chosen, (outcome) => {
    if (!out.json) out.print(`${outcome.state.padEnd(9)} ${legibleLine(outcome.id)}${outcome.state === 'sent' ? '' : `: ${legibleLine(outcome.why ?? '')}`}`);
  });
  const returned = await logReturned(env);
  if (out.json) out.envelope('sent', { messages: outcomes, returned: returned.map(asData) });
  else {
    for (const mail of returned) if ('path' in mail) out.print(`logged    ${mail.path}`);
    for (const line of nextLines(env, session, { chosen, outcomes, returned })) out.say(line);
  }
  return outcomes.length === chosen.length && outcomes.every(({ state }) => state === 'sent') && returned.every((mail) => 'path' in mail) ? 0 : 1;
}

/** --dry-run: what would be sent, and what would be logged of mail that came back before. */
function look(env: Environment, session: Session, chosen: readonly OutboxMail[]): number {
  const { out } = env;
  const returned = returnedMail(env, session, env.mailbox.list());
  if (out.json) {
    out.envelope('sent', { messages: chosen.map(({ id, state }) => ({ id, state })), returned: returned.map(asData) });
    return 0;
  }
  const lines = [
    ...(chosen.length === 0 ? ['No message is to be sent now: vcc outbox'] : ['These would be sent:', ...chosen.map(({ id, state }) => `  ${legibleLine(id)}${state === 'queued' ? '' : ` (${state}: once more)`}`)]),
    ...(returned.length === 0 ? [] : ['These came back, which would be logged:', ...returned.map(({ id }) => `  ${legibleLine(id)}`)]),
  ];
  out.print(`${lines.join('\n')}\nNothing was sent (--dry-run).`);
  return 0;
}

const asData = (mail: ReturnedMail | Logged): object => ({ id: mail.id, case: mail.case, ...('path' in mail ? { logged: mail.path } : { logged: null, command: commandToLog(mail) }) });

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

interface Run {
  readonly chosen: readonly OutboxMail[];
  readonly outcomes: readonly SendOutcome[];
  readonly returned: readonly Logged[];
}

function nextLines(env: Environment, session: Session, { chosen, outcomes, returned }: Run): string[] {
  const notLogged = returned.filter((mail) => 'problem' in mail);
  const reasons = new Set(notLogged.map(({ problem }) => problem));
  return [
    ...(chosen.length === 0 ? ['No message is to be sent now: vcc outbox'] : []),
    ...(outcomes.length < chosen.length ? [`${chosen.length - outcomes.length} not tried: the server takes no message now. They wait: vcc send --all`] : []),
    ...[...reasons].flatMap((reason) => [
      `Nobody was reached, and the log cannot say so now: ${legible(reason)}`,
      ...notLogged.filter(({ problem }) => problem === reason).map((mail) => `  ${commandToLog(mail)}`),
      'The next vcc send logs it where nobody has.',
    ]),
    ...returned.filter((mail) => 'path' in mail).map(({ case: number }) => number).filter((number, place, all) => all.indexOf(number) === place).map((number) => `Nobody was reached: vcc due --case ${number}`),
    ...outcomes.flatMap(({ id, state }) => (state === 'sent' && chosen.some((mail) => mail.id === id && mail.state === 'failed') ? loggedBefore(env, session, id) : [])),
    ...(outcomes.some(({ state }) => state === 'uncertain') ? ['Uncertain messages are not sent again by themselves: vcc outbox'] : []),
  ];
}

/** What was logged as come back, and went out after all. */
function loggedBefore(env: Environment, { repository }: Session, id: string): string[] {
  const number = addresseeOf(id)?.case;
  const messageId = env.mailbox.messageId({ id, state: 'sent' });
  const entry = number === undefined ? undefined : repository.record(number)?.log.find((logged) => 'returned' in logged.entry && logged.entry.returned === messageId);
  return entry ? [`It went out after all, and the log says that it came back: vcc record ${number} corrected --entry ${entry.name} --reason "sent once more"`] : [];
}
