import { createHash } from 'node:crypto';
import { planChange } from '../documents/case-change.ts';
import { readIncoming, type Incoming } from '../documents/incoming-report.ts';
import { MAIL_LIMIT } from '../documents/report-mail.ts';
import { sealPart } from '../documents/sealed-parts.ts';
import { writeYaml } from '../documents/yaml-text.ts';
import { hasReporter, isEvent, missingParts, type CaseRecord, type EntryOf } from '../domain/case.ts';
import { flagOf } from '../domain/event-words.ts';
import { identityInside, withoutVendor } from '../domain/identity.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Reporter } from '../generated/documents.ts';
import { mailKeys, signatureLines } from '../mail-keys.ts';
import { askForReporter, bodyAsProof, requireSoundFlags, type ReportFlags } from '../questions/report.ts';
import { guardOfFile, guardsOfReport } from '../sealed-guards.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange } from '../session.ts';

export interface CompleteReportOptions extends ReportFlags {
  /** The mail, where it can be opened by now. */
  readonly file?: string | undefined;
  /** The case. */
  readonly into: string;
  readonly from?: string;
}

type Part = EntryOf<'report-completed'>['sealed'][number];

/** What is sealed, and no fact of the case. */
const TAKEN: ReadonlySet<string> = new Set(['file', 'into', 'impact', 'discovery', 'poc', 'reporterName', 'reporterEmail', 'reporterKey', 'credit', 'creditJa']);

/** vcc intake --into: who reports, and what a mail says that nobody could open before, become sealed parts of a case that has none of them yet. */
export async function completeReport(env: Environment, options: CompleteReportOptions): Promise<number> {
  if (options.from !== undefined) throw usage('--into takes a mail, and --from a document', `To keep a document with a case: vcc seal ${options.into} FILE --name NAME --text "What it is"`);
  const other = Object.entries(options).find(([flag, value]) => value !== undefined && !TAKEN.has(flag));
  if (other !== undefined) throw usage(`--into adds what is sealed, and ${flagOf(other[0])} is not`, 'It goes with a mail, --reporter-name, --reporter-email, --reporter-key, --credit, --credit-ja, --impact, --discovery and --poc. Facts of the case stand in case.md.');
  requireSoundFlags(options);
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const { record } = viewCaseToChange(session, options.into);
  const { number, folder, file } = record;
  const incoming = options.file === undefined ? undefined : await readIncoming(await env.input(options.file, MAIL_LIMIT), mailKeys(env, session));
  const reporter = await newReporter(env, record, incoming, options);
  const proof = proofIn(incoming, options);
  const decrypted = incoming && decryptedIn(record, incoming);
  const offered: Readonly<Record<Part, string | Uint8Array | undefined>> = { poc: proof, decrypted, reporter: reporter && writeYaml(reporter, 'reporter', '') };
  const parts = Object.entries(offered).flatMap(([name, content]) => (content === undefined || hasPart(record, name) ? [] : [[name as Part, content] as const]));
  if (parts.length === 0) throw refusal('nothing-new', `Nothing was given that ${number} does not have: each part of a report is sealed once`, `A further file: vcc seal ${number} FILE; another key of the reporter: vcc key import FILE --reporter ${number}`);
  const isNew = (part: Part): boolean => parts.some(([name]) => name === part);
  const guards = guardsOfReport(env, session, folder, file, { title: file.title, products: file.products, ...(reporter === undefined ? {} : { reporter }) });
  const plan = planChange(
    {
      record,
      summary: `${number}: the report is completed`,
      action: 'complete the report',
      story: 'What was missing when the report arrived is sealed to the team.',
      entries: [{ event: 'report-completed', sealed: parts.map(([name]) => name) }],
      seals: parts.map(([name, content]) => sealPart(folder, number, name, content)),
      writes: [...guards.writes, ...(isNew('poc') && proof !== undefined ? guardOfFile(env, session, record, 'poc', new TextEncoder().encode(proof)) : [])],
      ...(reporter === undefined ? {} : { reporter }),
      notices: [
        ...guards.notices,
        ...signatureLines(session, incoming?.signatures, incoming?.decrypted !== undefined),
        ...(isNew('poc') ? [`as proof of concept it goes to vendors with the details; read it first: vcc open ${number} poc`] : []),
      ],
      next: [isNew('reporter') && file.route === 'direct' ? { command: `vcc notify ${number} --reporter`, why: 'answer the reporter' } : { command: `vcc show ${number}`, why: 'where the case stands' }],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, sealed: parts.map(([name]) => name) });
}

const hasPart = (record: CaseRecord, name: string): boolean => record.sealed.includes(name) || missingParts(record).includes(name);

/** Who reports, where nobody is sealed as such yet. Refuses whom the facts of the case name in clear. */
async function newReporter(env: Environment, record: CaseRecord, incoming: Incoming | undefined, options: CompleteReportOptions): Promise<Reporter | undefined> {
  const { number, file } = record;
  const named = [options.reporterName, options.reporterEmail, options.reporterKey].some((flag) => flag !== undefined);
  if (hasReporter(record)) {
    if (named) throw refusal('known-already', `The reporter of ${number} is known, and sealed once`, `Another key: vcc key import FILE --reporter ${number}`);
    return undefined;
  }
  const reporter = await askForReporter(env, incoming?.report.reporter, options, incoming === undefined && !named && options.poc === undefined && env.ask.interactive);
  const { title, products, references, source, timeLimits, cvss } = file;
  const leak = reporter && identityInside({ title, products, cvss, references, source, timeLimits }, withoutVendor(reporter, products));
  if (leak !== undefined) throw refusal('identity-in-facts', `The ${leak} of the reporter stands in case.md, which is not sealed`, `Reword case.md of ${number} first, and commit it.`);
  return reporter;
}

/** What the report says of the flaw, in one text: the report itself is sealed, and written once. */
function proofIn(incoming: Incoming | undefined, options: CompleteReportOptions): string | undefined {
  const { impact, discovery, poc } = { ...incoming?.report, ...Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) };
  const said = Object.entries({ Impact: impact, Discovery: discovery, 'Proof of concept': poc }).flatMap(([label, text]) => (text === undefined ? [] : [[label, text] as const]));
  if (said.length === 0) return bodyAsProof(incoming, options);
  const [only] = said;
  return said.length === 1 && only !== undefined ? only[1] : said.map(([label, text]) => `${label}:\n${text}`).join('\n\n');
}

/** What was encrypted in the mail; a mail that somebody decrypted elsewhere is that itself. */
function decryptedIn({ log }: CaseRecord, { bytes, decrypted }: Incoming): Uint8Array | undefined {
  const hash = createHash('sha256').update(bytes).digest('hex');
  return decrypted ?? (log.filter(isEvent('received')).some(({ entry }) => entry.original === hash) ? undefined : bytes);
}
