import { legibleLine } from '../documents/legible.ts';
import { paint, type Paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { formatInstant, showInstant, type Instant } from '../domain/instant.ts';
import { addresseeOf, giveUpAt, type MailState, type OutboxMail } from '../domain/mail-state.ts';
import type { Environment } from '../environment.ts';
import { openSession } from '../session.ts';

const paintOf = (state: MailState, colours: Paint): ((text: string) => string) => (state === 'uncertain' || state === 'failed' ? colours.overdue : state === 'sent' ? colours.done : colours.soon);

const moment = (name: string, instant: Instant | undefined, zone: string): object => (instant === undefined ? {} : { [name]: formatInstant(instant, zone) });

/** vcc outbox: what still has to go out, and what a person has to look at. */
export function outbox(env: Environment, options: { readonly all?: boolean }): number {
  const { out } = env;
  const { zone, now } = openSession(env);
  const mails = env.mailbox.list().filter(({ state }) => options.all === true || state !== 'sent');
  if (out.json) {
    out.envelope('outbox', { messages: mails.map(({ notBefore, failingSince, ...mail }) => ({ ...mail, ...addresseeOf(mail.id), ...moment('notBefore', notBefore, zone), ...moment('failingSince', failingSince, zone) })) });
    return 0;
  }
  if (mails.length === 0) {
    out.say(options.all === true ? 'There is no message.' : 'No message waits. Those that were sent: vcc outbox --all');
    return 0;
  }
  const colours = paint(out.colour);
  const about = ({ state, why, notBefore }: OutboxMail): string => legibleLine([...(why === undefined ? [] : [why]), ...(notBefore === undefined || state !== 'queued' ? [] : [`again from ${showInstant(notBefore, zone)}`])].join('; '));
  const rows = mails.map((mail) => [{ text: mail.state, paint: paintOf(mail.state, colours) }, legibleLine(mail.id)]);
  const [titles, ...lines] = table([{ title: 'STATE' }, { title: 'MESSAGE' }], rows, { width: out.width, title: colours.quiet }).split('\n');
  // What a server said is whole or of no use, and a column for it would be narrow.
  const said = mails.map((mail, index) => [lines[index] ?? '', ...[about(mail)].filter((text) => text !== '').map((text) => `  ${text}`)].join('\n'));
  out.print([titles, ...said].join('\n'));
  const uncertain = mails.filter(({ state }) => state === 'uncertain' || state === 'sending').length;
  if (uncertain > 0) out.say('Uncertain: the connection was lost when the server may have had all of it. Ask the recipient, or send it once more under the same Message-ID: vcc send MESSAGE');
  for (const { id, failingSince } of mails) {
    if (failingSince === undefined) continue;
    const end = giveUpAt(failingSince);
    out.say(`${legibleLine(id)}: put off since ${showInstant(failingSince, zone)}; ${end > now ? `given up on ${showInstant(end, zone)}` : 'the next try is the last'}`);
  }
  const failed = mails.filter(({ state }) => state === 'failed').length;
  if (failed > 0) out.say('Failed: refused for good, or put off for five days. The log of the case says that nobody was reached. Another address, or another way, or once more: vcc send MESSAGE');
  const tries = mails.filter(({ state }) => state === 'queued').map(({ notBefore = now }) => notBefore);
  const next = Math.min(...tries);
  if (tries.length > 0) out.say(next <= now ? 'Send what waits: vcc send --all' : `Nothing is to be sent before ${showInstant(next, zone)}; then: vcc send --all`);
  return 0;
}
