import { createHash } from 'node:crypto';
import type { NewEntry } from '../documents/case-change.ts';
import { writeCaseFile } from '../documents/case-file.ts';
import { readIncoming, type Incoming } from '../documents/incoming-report.ts';
import { letterDate } from '../documents/letters.ts';
import { DOCUMENT_LIMIT, FORMATS, type ForeignDocument } from '../documents/foreign-document.ts';
import { documentLines, intakeSheet } from '../documents/intake-sheet.ts';
import { legible, legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { scopeLines, similarLines } from '../documents/triage-sheet.ts';
import { MAIL_LIMIT } from '../documents/report-mail.ts';
import { contactAt } from '../documents/registry-file.ts';
import { sealPart } from '../documents/sealed-parts.ts';
import { writeYaml } from '../documents/yaml-text.ts';
import { beyondScope } from '../domain/acceptance.ts';
import { isEvent } from '../domain/case.ts';
import { soundScores } from '../domain/cvss.ts';
import { identityInside, withoutVendor } from '../domain/identity.ts';
import { isOrdinaryName } from '../domain/name-spelling.ts';
import { localDate, type Instant } from '../domain/instant.ts';
import type { NextStep } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import { similarCases, type SimilarCase } from '../domain/similar-cases.ts';
import type { Environment } from '../environment.ts';
import { idsOfDocument, refuseUsedIds, tiedToKnown } from '../foreign-ids.ts';
import type { CaseFile, Coordinator, ReceivedEntry, Report, Reporter } from '../generated/documents.ts';
import { messageToReporter, type ReporterMessage } from '../letters/correspondence.ts';
import { planLetters } from '../letters/edited-letters.ts';
import { actingCoordinator, authorOf, carryOut, openSession, pastMoment, type Session } from '../session.ts';
import { mailKeys, signatureLines } from '../mail-keys.ts';
import { guardsOfReport } from '../sealed-guards.ts';
import { drawNumber } from '../draw-number.ts';
import { oneOf } from '../questions/triage.ts';
import { askForReport, requireSound, type ReportFlags } from '../questions/report.ts';

type SealedPart = NonNullable<ReceivedEntry['sealed']>[number];

export interface IntakeOptions extends ReportFlags {
  readonly file?: string | undefined;
  readonly id?: string;
  readonly at?: string;
  readonly edit?: boolean;
  readonly inClear?: string;
  readonly unread?: boolean;
  /** The format of the file, where it is a document of others. */
  readonly from?: string;
  readonly assigner?: string;
}

/** vcc intake: a report becomes a case; identity and proof of concept are sealed (policy A and B, guideline IV.2). */
export async function intake(env: Environment, options: IntakeOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const at = pastMoment(session, options.at) ?? session.now;
  const incoming = await whatCameIn(env, session, options);
  const report = await askForReport(env, incoming, options);
  const outcome = takeIn(env, session, { coordinator, at, incoming, report, options });
  return incoming === undefined && env.ask.interactive ? keepingTyped(env, report, outcome) : outcome;
}

async function whatCameIn(env: Environment, session: Session, options: IntakeOptions): Promise<Incoming | undefined> {
  const { file, from, unread } = options;
  if (from === undefined) {
    if (options.assigner !== undefined) throw usage('--assigner goes with --from', 'An id of a case that is there: vcc cve assign CASE --id ID --assigner NAME');
    return file === undefined ? undefined : withoutKnownSender(session, await readIncoming(await env.input(file, MAIL_LIMIT), mailKeys(env, session), unread));
  }
  if (unread === true) throw usage('--unread goes with a mail, and --from with a document', 'Leave one of them out.');
  if (file === undefined) throw usage('--from says in which format a file is, and no file is named', 'vcc intake --from csaf FILE, or - for standard input');
  const [format = 'csaf'] = oneOf('--from', [from], FORMATS);
  const { readDocument } = await import('../documents/incoming-document.ts');
  const incoming = readDocument(await env.input(file, DOCUMENT_LIMIT), format, session);
  refuseUsedIds(session, incoming.document?.cves ?? []);
  const { title, impact } = incoming.report;
  if (env.ask.interactive && title === undefined && options.title === undefined && options.titleJa === undefined && impact !== undefined) env.out.say(`${legible(impact)}\n`);
  if (options.reporterName === undefined && options.reporterEmail === undefined) return incoming;
  // Whom a person names takes the place of whom the document has.
  return { ...incoming, report: { ...incoming.report, reporter: {} } };
}

/** Whoever is in the registry passes a report on; what it passes on cannot be read yet. */
function withoutKnownSender({ repository }: Session, incoming: Incoming): Incoming {
  const email = incoming.report.reporter?.email;
  const known = [...[...repository.vendors().values()].map(({ vendor }) => vendor), ...[...repository.partners().values()].map(({ partner }) => partner)];
  return incoming.unread === true && email !== undefined && known.some((file) => contactAt(file, email) !== -1) ? { ...incoming, report: {} } : incoming;
}

/** Where a report that somebody typed becomes no case, for whatever reason, it is shown whole, to be pasted into a file: that is what vcc intake reads. */
async function keepingTyped(env: Environment, report: Report, outcome: Promise<number>): Promise<number> {
  const show = (): void => env.out.say(`What you typed, as a file that vcc intake FILE reads (it may name the reporter: keep it out of the repository):\n\n${writeYaml(report, 'report', '')}`);
  const code = await outcome.catch((problem: unknown) => {
    show();
    throw problem;
  });
  if (env.options.dryRun) show();
  return code;
}

interface Arrival {
  readonly coordinator: Coordinator;
  readonly at: Instant;
  readonly incoming: Incoming | undefined;
  readonly report: Report;
  readonly options: IntakeOptions;
}

async function takeIn(env: Environment, session: Session, { coordinator, at, incoming, report, options }: Arrival): Promise<number> {
  requireSound(report, incoming);
  const original = incoming?.bytes ?? new TextEncoder().encode(writeYaml(report, 'report', ''));
  const originalHash = createHash('sha256').update(original).digest('hex');
  const similar = refuseSameReport(session, report, originalHash);

  const number = await freshNumber(env, session, options.id);
  const folder = `cases/${localDate(at, session.zone).slice(0, 4)}/${number}`;
  const route = report.route ?? 'direct';
  const scores = soundScores(report.cvss ?? []);
  const document = incoming?.document;
  const foreign = document && (await idsOfDocument(env, session, document, number, options.assigner));
  const known = tiedToKnown({ ...report, cvss: scores.sound }, foreign ?? { entries: [], ids: [] });
  const file = caseFile(known.report, number, options.series ?? session.repository.configuration.series[route], route);
  const scope = beyondScope(session.repository.policy, file.products);
  requireNobodyNamed(file, document?.credited ?? []);
  const notices = [
    ...(document === undefined ? [] : documentLines(document)),
    ...(foreign?.notices ?? []),
    ...known.notices,
    ...similarLines(similar),
    ...(similar[0] === undefined ? [] : [`Siblings are not merged by themselves: compare with vcc show ${similar[0].record.number}`]),
    ...scopeLines(scope),
    ...(scope.length === 0 ? [] : [`vcc triage ${number} --decline tells the reporter so, with who handles it instead`]),
    ...scores.wrong.map((wrong) => legibleLine(`CVSS of the report: ${wrong}; what it says stays in sealed/report.asc`)),
  ];
  if (incoming?.text !== undefined && report.poc === undefined && report.discovery === undefined) {
    notices.push(
      report.impact === undefined
        ? 'no field of the mail says how the flaw works, and its whole text names the reporter, so a vendor would get only title and products: state what it needs with --discovery and --poc'
        : 'no field of the mail says how to see the flaw or how it was found: where its text does, state it with --poc and --discovery',
    );
  }
  if (incoming?.forwarded === true && report.reporter?.email === undefined) notices.push('the mail forwards another one, so neither sender was taken for the reporter: say who it is with --reporter-name and --reporter-email, or nobody gets an answer');
  if (incoming?.unread === true) {
    notices.push(report.reporter === undefined ? `nobody is known to have reported it; once somebody is: vcc intake --into ${number} --reporter-name NAME --reporter-email ADDRESS` : 'the header of the mail is all that was read: its sender counts as the reporter, unless you said otherwise');
    notices.push(`once somebody can open it: vcc intake MAIL --into ${number}`);
  }
  notices.push(...signatureLines(session, incoming?.signatures, incoming?.decrypted !== undefined));
  notices.push(...wordsToRead(incoming, report, options));
  if (incoming?.fromSubject !== undefined && Object.values(file.title).includes(incoming.fromSubject)) {
    notices.push(`the subject of the mail became the title: ${legibleLine(incoming.fromSubject)}. A title is not sealed: where it says too much, run it again with --title`);
  }
  if (JSON.stringify(report).includes('\ufffd')) notices.push('the report has characters that nobody can read any more (\ufffd): compare it with what came in, and say these parts anew with their flags (--title, --product, ...)');
  const narrative = narrativeOf(report, document);

  const answer = await acknowledgement(env, session, report, file, at, coordinator, options.inClear);
  // Whom a public document thanks is no secret.
  const guards = guardsOfReport(env, session, folder, file, report, report.public === true ? [] : document?.credited);
  const parts = Object.entries(sealedParts(report, original, incoming?.decrypted));
  const received: NewEntry = { event: 'received', route, channel: incoming?.channel ?? 'other', original: originalHash, sealed: parts.map(([name]) => name as SealedPart), at };
  const plan = await planLetters(
    env,
    session,
    {
      record: { number, folder, file, log: [] },
      summary: `${file.series}#${number}: received${similar.some(({ kind }) => kind === 'duplicate') ? ', possibly a duplicate' : ''}`,
      action: `intake (${route})`,
      story: `${document === undefined ? `A report arrived by ${incoming?.channel ?? 'other means'}` : `A document in the format ${document.format} came in`} and became a case. Who reported, how the flaw was found, what it does and how it is exploited are sealed to the team.`,
      writes: [writeCaseFile(file, narrative, folder), ...guards.writes],
      seals: parts.map(([name, content]) => sealPart(folder, number, name, content)),
      reporter: report.reporter,
      entries: [received, ...(foreign?.entries ?? []), ...(answer.sent ? [{ event: 'reporter-contacted', purpose: 'acknowledgement', means: 'mail', message: answer.sent } as const] : [])],
      messages: answer.message ? [answer.message] : [],
      notices: [...notices, ...guards.notices, ...answer.notices],
      next: [{ command: `vcc triage ${number}`, why: 'answer the acceptance checklist and decide' }, ...(foreign?.next ?? []), ...answer.next, ...compareWith(similar)],
    },
    authorOf(env, session, coordinator),
    options.edit,
  );
  if (env.ask.interactive) env.out.say(`${intakeSheet(file, report, env.out.width, paint(env.out.colour))}\n`);
  return carryOut(env, session, plan, { case: number, publicId: `${file.series}#${number}`, similar: similar.map((other) => ({ case: other.record.number, kind: other.kind, why: other.why })), outOfScope: scope.map(({ rule }) => rule.kind), ...(document === undefined ? {} : { document: { format: document.format, name: document.name, terms: document.terms, cves: foreign?.ids, leftOut: document.leftOut } }) });
}

/** What no program can tell: whether a stranger's own words speak of the stranger. */
function wordsToRead(incoming: Incoming | undefined, report: Report, flags: ReportFlags): string[] {
  const notices: string[] = [];
  const end = incoming?.openEnd;
  const before = 'Read it before a vendor gets it; to leave something out, take the report in with';
  if (end !== undefined && flags[end] === undefined) notices.push(`the part "${end}" runs on to the end of the mail, where people write about themselves (telephone, employer). ${before} --${end}`);
  else if (incoming?.text !== undefined && incoming.report.poc === undefined && flags.poc === undefined && report.poc !== undefined) notices.push(`no field of the mail says how the flaw works, so its whole text is the proof of concept. ${before} --poc`);
  const names = [report.reporter?.name, report.reporter?.handle, report.reporter?.organisation].filter((name) => name !== undefined);
  if (names.some(isOrdinaryName)) notices.push('a name of the reporter is an ordinary word: vcc finds it only where it is written like a name, so look for it yourself');
  return notices;
}

const compareWith = (similar: readonly SimilarCase[]): NextStep[] =>
  similar.slice(0, 1).map((other) => ({ command: `vcc show ${other.record.number}`, why: `is it the same flaw? ${other.why.map(legibleLine).join('; ')}` }));

function refuseSameReport(session: Session, report: Report, originalHash: string): readonly SimilarCase[] {
  const records = [...session.repository.cases()];
  for (const record of records) {
    if (record.log.filter(isEvent('received')).some((logged) => logged.entry.original === originalHash)) {
      throw refusal('same-report', `This very report is case ${record.number} already; nothing was written.`, `vcc show ${record.number}`);
    }
  }
  return similarCases(report, records);
}

async function freshNumber(env: Environment, session: Session, wanted: string | undefined): Promise<string> {
  const used = async (number: string): Promise<boolean> => session.repository.caseFolders().some((folder) => folder.number === number) || (await env.git.everUsed(number, 'case'));
  if (wanted !== undefined) {
    if (!/^[0-9]{8}$/.test(wanted)) throw usage(`--id: ${JSON.stringify(wanted)} is not a case number`, 'A case number is eight digits, for example 61247051.');
    if (await used(wanted)) throw refusal('number-used', `${wanted} is or was the number of another case`, 'Leave --id out and a free number is drawn.');
    return wanted;
  }
  return drawNumber(env, used);
}

function caseFile(report: Report, number: string, series: string, route: 'partnership' | 'direct'): CaseFile {
  const { title, products, weaknesses, cvss, references, source, timeLimits, vendorContacted, reporter, language } = report;
  const leak = identityInside({ title, products, cvss, references, source, timeLimits }, withoutVendor(reporter ?? {}, products));
  if (leak !== undefined) {
    throw refusal('identity-in-facts', `The ${leak} of the reporter stands in the title, the products, the references or the time limits`, 'These go into case.md, which is not sealed. Reword them (--title, --product, ...) and run it again.');
  }
  return {
    schemaVersion: 1,
    id: number,
    series,
    route,
    language: language ?? 'en',
    title,
    products,
    ...(weaknesses ? { weaknesses } : {}),
    ...(cvss && cvss.length > 0 ? { cvss } : {}),
    ...(references ? { references } : {}),
    ...(source ? { source } : {}),
    wishes: reporter?.wishes ?? {},
    ...(timeLimits ? { timeLimits } : {}),
    ...(vendorContacted ? { vendorContacted } : {}),
  };
}

/** The same for everybody whom a document thanks: of these nobody was asked either. */
function requireNobodyNamed({ title, products, source }: CaseFile, people: readonly Reporter[]): void {
  for (const person of people) {
    const leak = identityInside({ title, products, source }, withoutVendor(person, products));
    if (leak === undefined) continue;
    throw refusal('identity-in-facts', `The ${leak} of somebody whom the document thanks stands in the title or the products`, 'These go into case.md, which is not sealed. Reword them (--title, or --product with --vendor-name and --affected) and run it again.');
  }
}

/** What may be read by everyone who has the repository; how the flaw was found, works and harms is sealed with the report. */
const narrativeOf = (report: Report, document: ForeignDocument | undefined): string =>
  [
    ...(report.public === true ? [`## Public\n\nThe ${document === undefined ? 'reporter' : 'document'} says that the flaw is publicly known.`] : []),
    ...(document?.terms === undefined ? [] : [`## Terms\n\nThe document came under ${document.terms}.`]),
  ].join('\n\n');

/** What only the team may read, by part. */
function sealedParts(report: Report, original: Uint8Array, decrypted: Uint8Array | undefined): Partial<Record<SealedPart, string | Uint8Array>> {
  const { reporter, poc, ...forVendors } = report;
  return {
    original,
    ...(decrypted === undefined ? {} : { decrypted }),
    report: writeYaml(forVendors, 'report', ''),
    ...(poc === undefined ? {} : { poc }),
    ...(reporter === undefined ? {} : { reporter: writeYaml(reporter, 'reporter', '') }),
  };
}

/** The initial answer is owed within 5 business days (policy A); without a key it waits for a coordinator's word. */
function acknowledgement(env: Environment, session: Session, report: Report, file: CaseFile, at: Instant, coordinator: Coordinator, inClear: string | undefined): Promise<ReporterMessage> {
  return messageToReporter(env, session, {
    file,
    reporter: report.reporter,
    template: 'acknowledgement',
    values: ({ language, title }) => ({ title, receivedOn: letterDate(at, session.zone, language), reference: file.source?.reference }),
    sequence: 1,
    references: [],
    inClear,
    coordinator,
    command: `vcc notify ${file.id} --reporter --purpose acknowledgement`,
  });
}

