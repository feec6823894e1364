import { showInstant } from './domain/instant.ts';
import { refusal } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import type { Reply } from './incoming-reply.ts';
import { signatureLines } from './mail-keys.ts';
import type { CaseView, Session } from './session.ts';

/** A mail whose signature is bad is logged only where a person says so: whoever changed it may have written all of it, and --yes is not said of that. */
export async function doubtSignature(env: Environment, session: Session, { signature, opened: { signatures, decrypted } }: Reply): Promise<void> {
  if (signature !== 'bad') return;
  const lines = signatureLines(session, signatures, decrypted !== undefined);
  const hint = 'Ask the sender over another channel whether they wrote it. To log it all the same: --despite-signature';
  if (!env.ask.interactive) throw refusal('signature-bad', lines.join('\n'), hint);
  env.out.say(`note: ${lines.join('\nnote: ')}`);
  const all = await env.ask.select({ flag: '--despite-signature', message: 'Log it all the same?', choices: [{ value: false, name: 'no' }, { value: true, name: 'yes; the log says that its signature is bad' }], default: false });
  if (!all) throw refusal('declined', 'Nothing was written.', hint);
}

/** No mail answers what was not written yet: one of the clocks is wrong, and a person says when it came. */
export function requireLater({ zone }: Session, { state: { entries } }: CaseView, { sentAt, opened: { mail } }: Reply, vendor: string | undefined): void {
  if (sentAt === undefined) return;
  const refersTo = `${mail.inReplyTo ?? ''} ${mail.references ?? ''}`;
  const letters = entries.filter(({ entry }) => 'message' in entry);
  const letter =
    letters.findLast(({ entry }) => 'message' in entry && refersTo.includes(entry.message.id)) ?? (vendor === undefined ? undefined : letters.find(({ entry }) => 'vendor' in entry && entry.vendor === vendor));
  const before = letter ?? entries[0];
  if (before === undefined || sentAt >= before.at) return;
  throw refusal('mail-before-letter', `the mail says that it was sent on ${showInstant(sentAt, zone)}, before ${letter ? 'your letter' : 'the report'} of ${showInstant(before.at, zone)}: one of the clocks is wrong`, 'Say when it came: --at WHEN');
}
