import type { EntryOf, EventName, LoggedEntry } from '../domain/case.ts';
import { parseInstant, showInstant } from '../domain/instant.ts';
import type { LogEntry, SentMessage } from '../generated/documents.ts';
import { legible, legibleLine } from './legible.ts';

type Sentences = { readonly [N in EventName]: (entry: EntryOf<N>, zone: string) => string };

const spoken = (word: string): string => word.replaceAll('-', ' ');
const by = (means: string | undefined): string => (means === undefined ? '' : ` by ${means}`);
const listed = (label: string, values: readonly string[] | undefined): string => (values === undefined || values.length === 0 ? '' : `${label} ${values.join(', ')}`);
const when = (text: string, zone: string): string => showInstant(parseInstant(text), zone);

/** A party as a sentence names it: vendor:openssl is openssl. */
export const partyName = (party: string): string => (party.startsWith('vendor:') ? party.slice('vendor:'.length) : spoken(party).replace(':', ' '));

function answers(criteria: EntryOf<'assessed'>['criteria']): string {
  const all = Object.values(criteria);
  const counts = (['yes', 'no', 'unknown'] as const)
    .map((answer) => [all.filter((criterion) => criterion.answer === answer).length, answer] as const)
    .filter(([count]) => count > 0)
    .map(([count, answer]) => `${count} ${answer}`);
  return listed('; criteria:', counts);
}

const SENTENCES: Sentences = {
  received: ({ channel, route }) => `report received by ${spoken(channel)}, ${route} route`,
  assessed: ({ priority, spread, severity, criteria, ssvc }) => `assessed as ${priority} (spread ${spread}, severity ${severity?.toFixed(1) ?? 'unknown'})${answers(criteria)}${(ssvc ?? []).map(({ table, outcome }) => `; SSVC ${table}: ${outcome ?? 'not decided'}`).join('')}`,
  accepted: ({ criteria, despite }) => `case accepted${criteria === undefined ? '' : `, resting on ${criteria.length} criteria`}${listed('; although not met:', despite && Object.keys(despite))}`,
  declined: ({ criteria, outOfScope, duplicateOf, assistance }) => `case declined${listed(' by criteria', criteria)}${listed(', out of scope:', outOfScope)}${duplicateOf === undefined ? '' : `, duplicate of ${duplicateOf}`}${listed('; help offered:', assistance?.map(spoken))}`,
  reopened: () => 'case opened again',
  'reporter-contacted': ({ means, purpose, outcome }) => `reporter told${by(means)}: ${spoken(purpose)}${outcome === undefined || outcome === 'sent' ? '' : ` (${spoken(outcome)})`}`,
  'reporter-replied': ({ means }) => `reporter answered${by(means)}`,
  'reporter-key': () => 'reporter gave an OpenPGP key, which is sealed',
  'report-completed': ({ sealed }) => `report completed${listed('; sealed:', sealed)}`,
  'release-requested': ({ means }) => `reporter asks to be released from secrecy${by(means)}`,
  'reporter-released': () => 'reporter released from secrecy',
  translated: ({ language, sealed }) => `report translated to ${language === 'ja' ? 'Japanese' : 'English'} (sealed/${sealed}.asc)`,
  'vendor-added': ({ vendor, role }) => `${vendor} joins the case as ${spoken(role)}`,
  'wave-opened': ({ wave, vendor }) => `the parties of wave ${wave} may be told${vendor === undefined ? '' : `, ${vendor} says so`}`,
  'vendor-contacted': ({ vendor, means, purpose, outcome }) => `${vendor} contacted${by(means)}: ${spoken(purpose)}${outcome === undefined || outcome === 'sent' ? '' : ` (${spoken(outcome)})`}`,
  'vendor-replied': ({ vendor, means, progress }) => `${vendor} answered${by(means)}${progress === undefined ? '' : `: ${progress}`}`,
  verified: ({ vendor, result, versions }) => `${vendor ?? 'the team'} tried to reproduce it: ${spoken(result)}${listed(' in', versions)}`,
  'vendor-status': ({ vendor, status, cves }) => `public status of ${vendor}: ${spoken(status)}${listed(' for', cves)}`,
  'partner-contacted': ({ party, means, purpose, vendor, outcome }) => `${partyName(party)} told${by(means)}: ${spoken(purpose)}${vendor === undefined ? '' : ` (${vendor})`}${outcome === undefined || outcome === 'sent' ? '' : ` (${spoken(outcome)})`}`,
  'partner-replied': ({ party, about, means }) => `${partyName(party)} answered${by(means)}${about === undefined ? '' : `: ${spoken(about)}`}`,
  'fix-available': ({ vendor, remediation, partial, versions }) => `${partial === true ? 'partial ' : ''}${spoken(remediation)} available${listed(' from', vendor === undefined ? [] : [vendor])}${listed(' in', versions)}`,
  'fix-deployed': ({ vendor }) => `the fix of ${vendor} has reached its users`,
  'advance-notice-agreed': ({ vendor }) => `${vendor} consents to advance notice of critical infrastructure`,
  'embargo-proposed': ({ party, until }, zone) => `${partyName(party)} proposes an embargo until ${when(until, zone)}`,
  'embargo-accepted': ({ party }) => `${partyName(party)} accepts the embargo`,
  'embargo-rejected': ({ party }) => `${partyName(party)} rejects the embargo`,
  'embargo-terminated': () => 'the embargo is over',
  'date-proposed': ({ party, date }, zone) => `${partyName(party)} names ${when(date, zone)} for publication`,
  'date-agreed': ({ party, date }, zone) => `${partyName(party)} agrees to publication on ${when(date, zone)}`,
  scheduled: ({ date }, zone) => `publication set for ${when(date, zone)}`,
  unscheduled: () => 'the date of publication fell through',
  'deadline-extended': ({ deadline, vendor, until }, zone) => `deadline ${deadline}${vendor === undefined ? '' : ` of ${vendor}`} extended until ${when(until, zone)}`,
  approved: ({ text, authors }) => `text ${text.slice(0, 19)} approved${listed('; written by', authors)}`,
  'public-known': () => 'the flaw is publicly known',
  'exploit-public': () => 'an exploit is public',
  'attacks-observed': () => 'attacks were observed',
  'incident-severe': () => 'a severe incident became known',
  'authority-notified': ({ report, subject }) => `authority notified of the ${subject}: ${spoken(report)}`,
  escalated: ({ vendor, step, evidence, did, until }) => `${vendor}: step ${step} of the ladder${did === undefined ? '' : `, listed as DID#${did}`}${until === undefined ? '' : `, to get in touch by ${until}`}, resting on ${evidence.length} ${evidence.length === 1 ? 'entry' : 'entries'}`,
  'opinion-asked': ({ vendor, until }) => `${vendor} was asked for its opinion${until === undefined ? '' : ` until ${until}`}`,
  'opinion-given': ({ vendor }) => `${vendor} gave its opinion`,
  'committee-cleared': ({ conditions }) => `the committee clears publication (${Object.entries(conditions).map(([condition, holds]) => `${spoken(condition)}: ${holds ? 'yes' : 'no'}`).join(', ')})`,
  'committee-refused': () => 'the committee refuses publication',
  'committee-returned': () => 'the committee gives the case back: coordination is possible',
  'cve-assigned': ({ cve, assigner, flaw }) => `${cve} assigned by ${assigner}${flaw === undefined ? '' : ` for ${flaw}`}`,
  'cve-published': ({ cve }) => `the record of ${cve} is in the CVE List`,
  published: ({ text, date }, zone) => `text ${text.slice(0, 19)} published, dated ${when(date, zone)}`,
  updated: ({ text, kind }) => `published advisory ${kind === 'withdrawal' ? 'withdrawn, with' : kind === 'correction' ? 'corrected to' : 'updated to'} text ${text.slice(0, 19)}`,
  withdrawn: ({ because }) => `case withdrawn: ${spoken(because)}`,
  closed: ({ because }) => `case closed: ${spoken(because)}`,
  assigned: ({ to }) => `case handed to ${to}`,
  'mark-dropped': ({ of }) => `${DROPPED[of]} is looked for no longer`,
  note: ({ vendor }) => `note${vendor === undefined ? '' : ` about ${vendor}`}`,
  corrected: ({ entry }) => `entry ${entry} was a mistake and no longer counts`,
};

const DROPPED: Readonly<Record<EntryOf<'mark-dropped'>['of'], string>> = {
  name: 'the name of the reporter',
  handle: 'the handle of the reporter',
  organisation: 'the organisation of the reporter',
  poc: 'the sealed proof of concept',
  statement: 'what vendors said in confidence',
};

/** What happened, in one line. */
export function entrySentence(entry: LogEntry, zone: string): string {
  // The table has a sentence for each event, and each takes the entry of its own event.
  const sentence = SENTENCES[entry.event] as (entry: LogEntry, zone: string) => string;
  return legibleLine(sentence(entry, zone));
}

/** The message that an entry sent: its id, and how it was protected. */
export function messageLine(message: SentMessage): string {
  const protection = message.inClear === undefined ? `encrypted to ${message.key ?? 'the recipient'}` : `IN CLEAR: ${message.inClear}`;
  const attached = message.attached === undefined || message.attached.length === 0 ? '' : `, with ${message.attached.join(', ')}`;
  return legibleLine(`message ${message.id}, ${message.template}${message.edited === true ? ' (edited)' : ''} in ${message.language}${attached}; ${protection}`);
}

/** What people said in an entry, in their words: reasons, statements, how it was learnt, and the free text. */
export function entryWords({ entry, text }: LoggedEntry): string[] {
  const fields = entry as { readonly reason?: string; readonly how?: string; readonly opinion?: string; readonly emergency?: string; readonly url?: string };
  const despite = entry.event === 'accepted' ? Object.entries(entry.despite ?? {}).map(([id, reason]) => `although ${id} is not met: ${reason}`) : [];
  const statement = entry.event === 'vendor-status' ? [entry.statement?.en, entry.statement?.ja] : entry.event === 'updated' ? [entry.summary.en, entry.summary.ja] : [];
  return [fields.reason, ...despite, fields.how, fields.emergency, fields.opinion, ...statement, fields.url, text]
    .map((part) => legible(part ?? '').trim())
    .filter((part) => part !== '');
}

/** What an entry is before it has a time and an author. */
type Fact = { readonly [N in LogEntry['event']]: Omit<Extract<LogEntry, { event: N }>, 'at' | 'by'> }[LogEntry['event']];

/** The fields of an entry that a headline gives, in their order. Words that somebody wrote are not among them: they may say what is secret. */
const HEADLINE = ['cve', 'status', 'progress', 'outcome', 'result', 'remediation', 'report', 'because', 'to', 'role', 'purpose', 'wave', 'deadline', 'date', 'until', 'entry'] as const;

/** An entry in the subject of its commit: 'vendor-status acme: not-affected', 'date-agreed vendor:acme 2026-03-06 12:00 +09:00'. Never a title or an identity. */
export function entryHeadline(entry: Fact, zone: string): string {
  const fields = entry as Readonly<Record<string, unknown>>;
  const about = [fields['vendor'], fields['party']].find((value): value is string => typeof value === 'string');
  const name = HEADLINE.find((field) => typeof fields[field] === 'string');
  const value = name === undefined ? '' : String(fields[name]);
  const moment = name === 'date' || name === 'until';
  const shown = moment && value.includes('T') ? when(value, zone) : value;
  const assigner = typeof fields['assigner'] === 'string' ? ` (${fields['assigner']})` : '';
  return legibleLine([entry.event, ...(about === undefined ? [] : [`${about}${shown === '' || moment ? '' : ':'}`]), ...(shown === '' ? [] : [`${shown}${assigner}`])].join(' '));
}

/** What happened, in one line that may stand in a commit message: without the words by which flaws are told apart. */
export function entryFact(entry: Fact, zone: string): string {
  const said = { ...entry, ...('flaw' in entry ? { flaw: undefined } : {}) };
  return entrySentence(said as LogEntry, zone);
}
