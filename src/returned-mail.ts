import { shellWords } from './documents/hook-script.ts';
import { planChange, type NewEntry } from './documents/case-change.ts';
import type { LoggedEntry } from './domain/case.ts';
import { addresseeOf, GIVEN_UP, type OutboxMail } from './domain/mail-state.ts';
import type { Plan } from './domain/plan.ts';
import { VccError } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import { actingCoordinator, authorOf, checkPlan, openSession, viewCaseToChange, type Session } from './session.ts';

/** A message that nobody got, and that the log does not say so of. */
export interface ReturnedMail {
  readonly id: string;
  readonly case: string;
  readonly entry: NewEntry;
}

/** What the entry that sent a message becomes once it came back; to the reporter without the words of the server, which name the address. */
function entryOnReturn({ entry }: LoggedEntry, returned: string, why: string): NewEntry | undefined {
  const fact = { means: 'mail', outcome: 'bounced', returned } as const;
  // The server's own words stay in the outbox: a stranger chose them, and could name whom the log must not name.
  const prose = `The mail server did not take it${why.startsWith(GIVEN_UP) ? `: ${GIVEN_UP}` : ''}${codesIn(why)}.`;
  switch (entry.event) {
    case 'vendor-contacted':
      return { event: 'vendor-contacted', vendor: entry.vendor, purpose: entry.purpose, ...fact, prose };
    case 'escalated':
      return { event: 'vendor-contacted', vendor: entry.vendor, purpose: entry.message?.template === 'vendor-reminder' ? 'reminder' : 'other', ...fact, prose };
    case 'partner-contacted':
      return { event: 'partner-contacted', party: entry.party, purpose: entry.purpose, ...(entry.vendor === undefined ? {} : { vendor: entry.vendor }), ...fact, prose };
    case 'reporter-contacted':
      return { event: 'reporter-contacted', purpose: entry.purpose, ...fact, prose: 'The mail server did not take it.' };
    default:
      return undefined;
  }
}

/** The codes of an SMTP reply (RFC 5321, 4.2; RFC 3463). */
function codesIn(why: string): string {
  const [codes] = /\b[45][0-9]{2}(?:[ -][245]\.[0-9]{1,3}\.[0-9]{1,3})?\b/.exec(why) ?? [];
  return codes === undefined ? '' : ` (${codes})`;
}

/** The messages that were refused for good or given up, and are not in the log as such: those of this run, and what an earlier one could not log. */
export function returnedMail(env: Environment, { repository }: Session, mails: readonly OutboxMail[]): ReturnedMail[] {
  return mails.flatMap((mail): ReturnedMail[] => {
    const addressee = mail.state === 'failed' ? addresseeOf(mail.id) : undefined;
    const record = addressee && repository.record(addressee.case);
    const messageId = record && env.mailbox.messageId(mail);
    // A corrected entry counts: whoever took it back knows better.
    if (!record || messageId === undefined || record.log.some(({ entry }) => 'returned' in entry && entry.returned === messageId)) return [];
    const sentBy = record.log.find(({ entry }) => 'message' in entry && entry.message.id === messageId);
    const entry = sentBy && entryOnReturn(sentBy, messageId, mail.why ?? 'for a reason that is not known');
    return entry ? [{ id: mail.id, case: record.number, entry }] : [];
  });
}

/** What a person types where vcc cannot log it by itself. */
export function commandToLog({ case: number, entry }: ReturnedMail): string {
  const fields = Object.entries(entry).filter(([field]) => field !== 'event' && field !== 'prose');
  return `vcc record ${number} ${entry.event} ${shellWords(fields.flatMap(([field, value]) => [`--${field}`, String(value)]))}`;
}

const receiver = ({ entry }: ReturnedMail): string => ('vendor' in entry && entry.event === 'vendor-contacted' ? entry.vendor : 'party' in entry ? entry.party.replace('partner:', '') : 'the reporter');

/** How the log of one case came to say that messages came back, or why it does not. */
export type Logged = ReturnedMail & ({ readonly path: string } | { readonly problem: string });

/** Logs that messages came back, one commit a case. What cannot be logged now is still in outbox/failed, and the next run tries again. */
export async function logReturned(env: Environment): Promise<readonly Logged[]> {
  const logged: Logged[] = [];
  const cases = new Set(returnedMail(env, openSession(env), env.mailbox.list()).map((mail) => mail.case));
  for (const number of cases) {
    // Each commit changes what the next plan rests on.
    const session = openSession(env);
    const mails = returnedMail(env, session, env.mailbox.list()).filter((mail) => mail.case === number);
    try {
      const plan = await planFor(env, session, number, mails);
      await checkPlan(env, session, plan);
      await env.apply(plan, session.repository.configuration);
      logged.push(...mails.map((mail, place) => ({ ...mail, path: plan.writes[place]?.path ?? '' })));
    } catch (problem) {
      // A tree that is not clean, a log to be mended, somebody who is not in the team: the mails were tried all the same.
      if (!(problem instanceof VccError)) throw problem;
      logged.push(...mails.map((mail) => ({ ...mail, problem: problem.message })));
    }
  }
  return logged;
}

async function planFor(env: Environment, session: Session, number: string, mails: readonly ReturnedMail[]): Promise<Plan> {
  const coordinator = await actingCoordinator(env, session);
  const { record } = viewCaseToChange(session, number);
  const whom = [...new Set(mails.map(receiver))].join(', ');
  return planChange(
    { record, summary: `${number}: mail to ${whom} came back`, action: `mail to ${whom} came back`, story: 'The mail server did not take it. Nobody was reached by it.', entries: mails.map(({ entry }) => entry) },
    authorOf(env, session, coordinator),
  );
}
