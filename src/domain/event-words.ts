import { EVENTS, type EventField, type EventShape } from '../generated/events.ts';

/** Events that a command of their own logs, because more belongs to them than an entry. */
export const OWN_COMMAND: Readonly<Record<string, string>> = {
  received: 'vcc intake',
  'reporter-key': 'vcc key import FILE --reporter CASE',
  'report-completed': 'vcc intake MAIL --into CASE',
  assessed: 'vcc triage CASE',
  accepted: 'vcc triage CASE --accept',
  declined: 'vcc triage CASE --decline',
  translated: 'vcc translate CASE --to LANGUAGE',
  escalated: 'vcc escalate CASE --vendor SLUG',
  scheduled: 'vcc schedule CASE --date WHEN',
  unscheduled: 'vcc schedule CASE --cancel REASON',
  approved: 'vcc approve CASE',
  published: 'vcc publish CASE',
  updated: 'vcc publish CASE',
  'cve-published': 'vcc cve publish CVE-ID',
};

/** What happens every day, in the order in which a person looks for it; the rest follows in the order of the schema. */
const COMMON: readonly string[] = [
  'vendor-replied', 'vendor-contacted', 'reporter-replied', 'reporter-contacted', 'note',
  'vendor-status', 'fix-available', 'date-proposed', 'date-agreed',
  'embargo-proposed', 'embargo-accepted', 'embargo-rejected', 'cve-assigned', 'verified', 'vendor-added',
  'public-known', 'exploit-public', 'attacks-observed', 'partner-contacted', 'partner-replied', 'assigned',
];
/** What is rare and ends or mends something. */
const LAST: readonly string[] = ['withdrawn', 'closed', 'reopened', 'corrected'];

const place = ({ name }: EventShape): number => (COMMON.includes(name) ? COMMON.indexOf(name) - COMMON.length : LAST.indexOf(name) + 1);

/** The events that vcc record logs, the common ones first. */
export const RECORDABLE: readonly EventShape[] = EVENTS.filter((event) => !(event.name in OWN_COMMAND)).sort((a, b) => place(a) - place(b));

/** Events that can be about a vendor that is no party to the case yet. */
export const ANY_VENDOR: ReadonlySet<string> = new Set(['vendor-added', 'vendor-contacted', 'fix-available', 'note']);

interface FieldWords {
  /** What the flag takes. */
  readonly value: string;
  readonly label: string;
  /** Where a field means something else in one event. */
  readonly of?: Readonly<Record<string, string>>;
}

/** The fields of the log in plain words, for the prompts and for the help. */
const FIELDS: Readonly<Record<string, FieldWords>> = {
  vendor: { value: 'slug', label: 'Which vendor' },
  party: { value: 'party', label: 'Who', of: { 'date-agreed': 'Who agrees', 'date-proposed': 'Who names it', 'embargo-proposed': 'Who proposes it', 'embargo-accepted': 'Who accepts it', 'embargo-rejected': 'Who rejects it', 'authority-notified': 'Which authority' } },
  to: { value: 'coordinator', label: 'Who takes the case over' },
  purpose: { value: 'purpose', label: 'What it was for' },
  means: { value: 'means', label: 'By which means' },
  outcome: { value: 'outcome', label: 'What came of it' },
  returned: { value: 'id', label: 'Message-ID of the mail that came back' },
  about: { value: 'subject', label: 'What it was about' },
  progress: { value: 'progress', label: 'Where the vendor stands' },
  role: { value: 'role', label: 'Role of the vendor in the case' },
  wave: { value: 'wave', label: 'Which wave of the policy may be told' },
  status: { value: 'status', label: 'Public status of the vendor' },
  cves: { value: 'id', label: 'CVE ids that it is about, where not all' },
  statement: { value: 'text', label: "The vendor's words, for publication" },
  cve: { value: 'id', label: 'CVE id' },
  assigner: { value: 'name', label: 'Short name of the CNA that assigned it' },
  flaw: { value: 'text', label: 'Which flaw the id is for' },
  result: { value: 'result', label: 'What came out' },
  remediation: { value: 'kind', label: 'What users can do' },
  partial: { value: '', label: 'Something stays open' },
  versions: { value: 'version', label: 'Fixed versions', of: { verified: 'Versions that were tried' } },
  url: { value: 'url', label: 'Web address where it can be seen' },
  date: { value: 'when', label: 'Date of publication' },
  deadline: { value: 'id', label: 'Which deadline of the policy' },
  of: { value: 'what', label: 'What is looked for no longer' },
  until: { value: 'when', label: 'Until when', of: { 'embargo-proposed': 'End of the embargo', 'deadline-extended': 'New end of the deadline', 'opinion-asked': 'Last day for the opinion' } },
  how: { value: 'text', label: 'How it was learnt' },
  reason: { value: 'text', label: 'Why', of: { 'vendor-status': 'Why, where the vendor disputes' } },
  because: { value: 'ground', label: 'On which ground' },
  conditions: { value: 'id', label: 'Conditions that hold' },
  opinion: { value: 'text', label: "The developer's opinion" },
  report: { value: 'report', label: 'Which report' },
  subject: { value: 'subject', label: 'What the report is about' },
  entry: { value: 'name', label: 'The log entry that was a mistake' },
};

/** What a field means in an event, in plain words; a field that nobody named yet by its own name. */
export const fieldLabel = (event: string, field: string): string => FIELDS[field]?.of?.[event] ?? FIELDS[field]?.label ?? field;

const BODY: Readonly<Record<string, string>> = { note: 'Note', 'vendor-replied': 'What it said', 'reporter-replied': 'What the reporter said', 'partner-replied': 'What it said' };

/** What the free text of an entry is for. */
export const bodyLabel = (event: string): string => BODY[event] ?? 'Anything else worth keeping';

/** --statement-en: how a flag is typed. */
export const flagOf = (field: string): string => `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** Names of the flags that state a field: two for a text in both languages, one for each condition. */
export const flagsOf = ({ kind, name }: EventField): readonly string[] => (kind === 'bilingual' ? [`${name}En`, `${name}Ja`] : name === 'conditions' ? ['condition'] : [name]);

/** The flags of vcc record, one for every field that a recordable event has, with the values that the schema allows. */
export function fieldFlags(): (readonly [syntax: string, help: string])[] {
  const fields = new Map<string, { readonly field: EventField; readonly event: string }[]>();
  for (const event of RECORDABLE) {
    for (const field of event.fields) {
      if (field.kind !== 'object' || field.name === 'conditions') fields.set(field.name, [...(fields.get(field.name) ?? []), { field, event: event.name }]);
    }
  }
  return [...fields].flatMap(([name, uses]) => {
    const [first] = uses;
    if (first === undefined) return [];
    const { kind } = first.field;
    const label = FIELDS[name]?.label ?? name;
    const help = `${/^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() : label.charAt(0)}${label.slice(1)}${valuesOf(uses)}`;
    const value = FIELDS[name]?.value ?? 'value';
    if (kind === 'yes-no') return [[flagOf(name), help] as const];
    if (kind === 'bilingual') return [[`--${name}-en <${value}>`, `${help}, in English`] as const, [`--${name}-ja <${value}>`, `${help}, in Japanese`] as const];
    const repeated = kind === 'lines' || kind === 'object';
    return [[`${flagOf(flagsOf(first.field)[0] ?? name)} <${value}>`, `${repeated ? '* ' : ''}${help}${repeated ? '; may be repeated' : ''}`] as const];
  });
}

/** The values of a choice: once where all events have the same ones, else event by event. */
function valuesOf(uses: readonly { readonly field: EventField; readonly event: string }[]): string {
  const byValues = new Map<string, string[]>();
  for (const { field, event } of uses) {
    const values = (field.choices ?? field.keys ?? []).join(', ');
    if (values !== '') byValues.set(values, [...(byValues.get(values) ?? []), event]);
  }
  const [only, second] = [...byValues];
  if (only === undefined) return uses.some(({ field }) => field.name === 'party') ? ': team, reporter, receiving-organisation, vendor:NAME or partner:NAME' : '';
  if (second === undefined) return `: ${only[0]}`;
  return `. ${[...byValues].map(([values, events]) => `${events.join(' and ')}: ${values}`).join('; ')}`;
}

/** Without the clause that it rests on, which stands in brackets. */
const firstSentence = (summary: string): string => `${(summary.split('. ')[0] ?? summary).replace(/ \(.*\)\.?$/, '').replace(/\.$/, '')}.`;

/** The events as the help of vcc record lists them. */
export function eventList(): string {
  const width = Math.max(...RECORDABLE.map(({ name }) => name.length));
  return `Events:\n${RECORDABLE.map(({ name, summary }) => `  ${name.padEnd(width)}  ${firstSentence(summary)}`).join('\n')}`;
}
