import type { Attention } from '../domain/attention.ts';
import { isOpen, type CaseState, type VendorState } from '../domain/case-state.ts';
import { publicId, type CaseRecord, type EntryOf, type LoggedEntry } from '../domain/case.ts';
import type { DueDate } from '../domain/deadlines.ts';
import type { Finding } from '../domain/finding.ts';
import type { GateCheck } from '../domain/gate.ts';
import { localDate, showInstant, showMinute, type Instant } from '../domain/instant.ts';
import { isUrgent } from './case-list.ts';
import { dueCell, dueTitle, dueWords, howLong, runningDues } from './due-text.ts';
import { entrySentence, partyName } from './entry-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { tellTable, toTell, waveTable, type WaveRow } from './party-sheet.ts';
import { sheet, type SheetLine } from './sheet.ts';
import type { SsvcTable } from '../generated/documents.ts';
import { ssvcLine } from './triage-sheet.ts';
import { table } from './table.ts';
import { displayWidth, wrap } from './text-width.ts';

/** What is known about one case, for the eye. */
export interface CaseSheet {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly dues: readonly DueDate[];
  readonly findings: readonly Finding[];
  readonly attention: Attention;
  /** Checks of the gate that are not clear yet, as far as they can be made without opening the reporter's identity. */
  readonly gate?: readonly GateCheck[];
  /** The decision tables of policy.yaml. */
  readonly tables?: readonly SsvcTable[] | undefined;
  /** Of the report. missing: the vendors that will need it in a language. */
  readonly translations?: { readonly made: readonly LoggedEntry<EntryOf<'translated'>>[]; readonly missing: readonly { readonly language: string; readonly vendors: readonly string[] }[] };
  /** Where the order of telling matters. */
  readonly waves?: readonly WaveRow[];
  /** The credit is not among them: to check it, the reporter's identity is opened. */
  readonly creditSealed?: boolean;
  readonly zone: string;
  readonly now: Instant;
}

const listed = (values: readonly string[]): string | undefined => (values.length === 0 ? undefined : legibleLine(values.join(', ')));
const yesNo = (value: boolean | undefined): string => (value === true ? 'yes' : 'no');

/** The state now, since when, and what led to it. */
function stateLines({ state, zone }: CaseSheet): string {
  const steps = state.path.filter(({ from, to }) => from !== to);
  const why = ({ entry }: LoggedEntry): string => ('reason' in entry ? legibleLine(entry.reason.split('\n', 1)[0] ?? '') : entrySentence(entry, zone));
  return steps.map(({ to, by }) => `${to} ${showInstant(by.at, zone)}: ${why(by)}`).join('\n');
}

function embargoLine({ state: { embargo, published }, zone, now }: CaseSheet): string {
  const ends = (until: Instant | undefined): string => (until === undefined ? '' : ` until ${showInstant(until, zone)} (${until > now ? `in ${howLong(until - now)}` : `passed ${howLong(now - until)} ago`})`);
  const accepted = embargo.acceptedBy.length === 0 ? '' : `; accepted by ${embargo.acceptedBy.map(partyName).join(', ')}`;
  // A merge can bring both together.
  const broken = published === undefined ? '' : '; BUT the advisory is public: vcc lint says what to do';
  switch (embargo.status) {
    case 'none':
      return 'none';
    case 'proposed':
      return `proposed${ends(embargo.offer)}`;
    case 'active':
      return `in force${ends(embargo.until)}${accepted}${broken}`;
    case 'revise':
      return `in force${ends(embargo.until)}${accepted}; a new end is proposed:${ends(embargo.offer)}${broken}`;
    case 'exited':
      return 'over';
  }
}

/** P, X and A: what the world knows. Each is a one-way latch. */
function latchLines({ state: { latches }, zone }: CaseSheet): string | undefined {
  // A public exploit sets two.
  const known = [...new Set([latches.public, latches.exploit, latches.attacks])].filter((logged) => logged !== undefined);
  return known.length === 0 ? 'not public; no public exploit or attack on record' : known.map(({ entry, at }) => `${entry.event === 'published' ? 'made public by our advisory' : entrySentence(entry, zone)}, ${showInstant(at, zone)}`).join('\n');
}

function dateLines({ state, zone }: CaseSheet): string | undefined {
  if (state.published) return `published ${showInstant(state.published.at, zone)}${state.updates.length === 0 ? '' : `, updated ${state.updates.length} times`}`;
  const agreed = [...state.agreedDates].map(([party, date]) => `${partyName(party)} agrees to ${showInstant(date, zone)}`);
  const lines = [...(state.scheduled === undefined ? [] : [`publication set for ${showInstant(state.scheduled, zone)}`]), ...agreed];
  return lines.length === 0 ? undefined : legibleLine(lines.join('; '));
}

function advisoryLine({ record: { advisories }, state }: CaseSheet): string | undefined {
  const written = (['en', 'ja'] as const).filter((language) => advisories[language] !== undefined);
  const missing = (['en', 'ja'] as const).filter((language) => advisories[language] === undefined);
  if (written.length === 0 && !isOpen(state.status)) return undefined;
  const approved = state.approvals.at(-1);
  return [
    written.length === 0 ? 'no text yet' : `text in ${written.join(' and ')}`,
    ...(written.length > 0 && missing.length > 0 ? [`missing in ${missing.join(' and ')}`] : []),
    ...(approved ? [`approved by ${approved.entry.by} (${approved.entry.text.slice(0, 19)})`] : []),
  ].join('; ');
}

function translationLines({ record, translations, zone }: CaseSheet): string | undefined {
  const { made = [], missing = [] } = translations ?? {};
  const lines = [
    ...made.map(({ entry, at }) => `${entry.language}: ${entry.sealed}.asc of ${showInstant(at, zone)}`),
    ...missing.map(({ language, vendors }) => `missing in ${language}, which ${vendors.join(', ')} ${vendors.length === 1 ? 'reads' : 'read'}: vcc translate ${record.number} --to ${language}`),
  ];
  return lines.length === 0 ? undefined : lines.join('\n');
}

function gateLine({ record, gate, creditSealed }: CaseSheet): string | undefined {
  if (gate === undefined) return undefined;
  const closed = gate.filter(({ ok }) => !ok).map(({ check }) => check);
  const stands = closed.length === 0 ? `all ${gate.length} checks are clear` : `${closed.length} of ${gate.length} checks are not clear: ${closed.join(', ')}`;
  const credit = creditSealed === true ? '; one more, credit, is checked with your key' : '';
  return `${stands}${credit}\nvcc publish ${record.number} --check says what to do`;
}

/** The priority and what decided it, in the words that triage logged. */
function priorityText({ entry: { priority, spread, severity, flags }, text }: NonNullable<CaseState['assessed']>): string {
  const [, why] = /^Priority: (.+)$/m.exec(text) ?? [];
  return legibleLine(`${priority}: ${why ?? `spread ${spread}, severity ${severity?.toFixed(1) ?? 'unknown'}`}${flags ? `; flags: ${flags.join(', ')}` : ''}`);
}

function facts(view: CaseSheet): SheetLine[] {
  const { record, state } = view;
  const { file } = record;
  const { assessed } = state;
  const source = [file.source?.name, file.source?.reference].filter((part) => part !== undefined).join(' ');
  return [
    ['State', stateLines(view)],
    ['Report', legibleLine(`${file.route} route, in ${file.language}${source === '' ? '' : `, from ${source}`}`)],
    ['Translation', translationLines(view)],
    ['Wishes', `name to vendors: ${yesNo(file.wishes?.nameToVendor)}; direct contact: ${yesNo(file.wishes?.directContact)}; public credit: ${yesNo(file.wishes?.publicCredit)}`],
    ['Products', file.products.map(({ vendor, name, versions }) => legibleLine(`${vendor} ${name}: ${versions.join('; ')}`)).join('\n')],
    ['Priority', assessed && priorityText(assessed)],
    ['SSVC', (assessed?.entry.ssvc ?? []).map((decision) => ssvcLine(decision, view.tables ?? [])).join('\n')],
    ['CVSS', listed((file.cvss ?? []).map(({ vector, score }) => `${score === undefined ? '' : `${score.toFixed(1)} `}${vector}`))],
    ['CVE', listed(state.cves.map(({ id, assigner, flaw }) => `${id} (${assigner}${flaw === undefined ? '' : `, ${flaw}`})`))],
    ['Embargo', embargoLine(view)],
    ['Known', latchLines(view)],
    ['Remedy', state.remediations.map((logged) => entrySentence(logged.entry, view.zone)).join('\n')],
    ['Date', dateLines(view)],
    ['Advisory', advisoryLine(view)],
    ['Gate', gateLine(view)],
    ['Sealed', listed(record.sealed.map((name) => `${name}.asc`))],
    ['Related', listed(file.related ?? [])],
  ];
}

/** As a table where it fits whole, with every heading; on a narrow terminal one vendor below the other. */
function vendorTable(vendors: readonly VendorState[], { zone }: CaseSheet, width: number, colours: Paint): string {
  const day = (instant: Instant | undefined): string => (instant === undefined ? '-' : localDate(instant, zone));
  const titles = ['VENDOR', 'ROLE', 'PROGRESS', 'STATUS', 'LAST CONTACT', 'ANSWERED', 'DETAILS'].map((title) => ({ title }));
  const rows = vendors.map(({ slug, role, progress, status, statusByCve, lastContact, lastReply, gotDetails }) => [
    slug,
    role,
    progress,
    status?.entry.status ?? (statusByCve.size > 0 ? 'differs by CVE' : '-'),
    day(lastContact),
    day(lastReply),
    gotDetails ? 'sent' : '-',
  ]);
  const open = (progress: string | undefined): boolean => progress === 'silent' || progress === 'not-contacted';
  const whole = table(titles, rows, { width: Number.POSITIVE_INFINITY }).split('\n');
  if (whole.every((line) => displayWidth(line) <= width)) {
    const painted = rows.map((row) => row.map((text, column) => (column === 2 && open(text) ? { text, paint: colours.soon } : text)));
    return table(titles, painted, { width, title: colours.quiet });
  }
  return rows.map(([slug = '', ...facts]) => [slug, ...wrap(facts.map((fact, column) => `${titles[column + 1]?.title.toLowerCase() ?? ''} ${fact}`).join('; '), width - 2).map((line) => `  ${open(facts[1]) ? colours.soon(line) : line}`)].join('\n')).join('\n');
}

function clockTable(dues: readonly DueDate[], { zone, now }: CaseSheet, width: number, colours: Paint): string {
  const rows = dues.map((due) => [showMinute(due.due, zone), dueCell(due, now, colours), dueTitle(due)]);
  return table([{ title: 'DUE' }, { title: 'STANDS' }, { title: 'WHAT', flexible: true }], rows, { width, title: colours.quiet });
}

/** What a person does now, and with which command. */
function nextLines({ attention, zone, now }: CaseSheet, width: number, colours: Paint): string[] {
  const due = attention.due === undefined ? '' : ` (${dueWords(attention.due, now)}: ${showInstant(attention.due.due, zone)})`;
  return [
    ...wrap(legibleLine(`${attention.what}${due}`), width - 2).map((line) => `  ${isUrgent(attention) ? colours.overdue(line) : line}`),
    ...(attention.command === undefined ? [] : [`  ${colours.prompt('$')} ${legibleLine(attention.command)}`]),
  ];
}

/** One case in one screen. */
export function caseSheet(view: CaseSheet, width: number, colours: Paint): string {
  const { record, state, findings } = view;
  const { title } = record.file;
  const vendors = [...state.vendors.values()];
  const tell = toTell(view.dues);
  const dues = runningDues(view.dues).filter((due) => !tell.includes(due));
  const section = (heading: string, body: string): string[] => ['', colours.strong(heading), body];
  return [
    `${colours.strong(publicId(record.file))}  ${state.status}`,
    ...[title.ja, title.en].flatMap((text) => (text === undefined ? [] : wrap(legibleLine(text), width))),
    ...section('Next', nextLines(view, width, colours).join('\n')),
    '',
    sheet(facts(view), width, colours),
    ...(vendors.length === 0 ? [] : section(`Vendors (days in ${view.zone})`, vendorTable(vendors, view, width, colours))),
    ...(view.waves === undefined ? [] : section('Waves', waveTable(view.waves, width, colours))),
    ...(tell.length === 0 ? [] : section(`To tell (days in ${view.zone})`, tellTable(tell, view.zone, width, colours))),
    ...(dues.length === 0 ? [] : section(`Clocks (times in ${view.zone})`, clockTable(dues, view, width, colours))),
    ...(findings.length === 0 ? [] : ['', `${findings.length} ${findings.length === 1 ? 'finding' : 'findings'}: vcc lint ${record.folder}`]),
  ].join('\n');
}
