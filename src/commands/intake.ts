import { createHash } from 'node:crypto';
import { planChange, type NewEntry } from '../documents/case-change.ts';
import { writeCaseFile } from '../documents/case-file.ts';
import { readIncoming } from '../documents/incoming-report.ts';
import { letterDate } from '../documents/letters.ts';
import { legibleLine } from '../documents/legible.ts';
import { MAIL_LIMIT } from '../documents/report-mail.ts';
import { writeYaml } from '../documents/yaml-text.ts';
import { isEvent } from '../domain/case.ts';
import { identityInside, withoutVendor } from '../domain/identity.ts';
import { localDate, type Instant } from '../domain/instant.ts';
import type { NextStep, SealedWrite } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import { similarCases, type SimilarCase } from '../domain/similar-cases.ts';
import type { Environment } from '../environment.ts';
import type { CaseFile, Coordinator, Report } from '../generated/documents.ts';
import { messageToReporter, type ReporterMessage } from '../letters/correspondence.ts';
import { actingCoordinator, authorOf, carryOut, openSession, pastMoment, type Session } from '../session.ts';
import { askForReport, type ReportFlags } from '../questions/report.ts';

export interface IntakeOptions extends ReportFlags {
  readonly file?: string | undefined;
  readonly id?: string;
  readonly at?: string;
  readonly inClear?: string;
}

/** vcc intake: a report becomes a case; identity and proof of concept are sealed (policy A and B, guideline IV.2). */
export async function intake(env: Environment, options: IntakeOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const at = pastMoment(session, options.at) ?? session.now;
  const incoming = options.file === undefined ? undefined : await readIncoming(await env.input(options.file, MAIL_LIMIT));
  const report = await askForReport(env, incoming, options);
  const original = incoming?.bytes ?? new TextEncoder().encode(writeYaml(report, 'report', ''));
  const originalHash = createHash('sha256').update(original).digest('hex');
  const similar = refuseSameReport(session, report, originalHash);

  const number = await freshNumber(env, session, options.id);
  const folder = `cases/${localDate(at, session.zone).slice(0, 4)}/${number}`;
  const route = report.route ?? 'direct';
  const file = caseFile(report, number, options.series ?? session.repository.configuration.series[route], route);
  const notices = similar.slice(0, 5).map((other) => `possible duplicate: ${other.record.number} (${other.why.join('; ')}). Siblings are not merged by themselves: compare with vcc show ${other.record.number}`);
  if (incoming?.text !== undefined && report.poc === undefined && report.discovery === undefined) {
    notices.push('the mail names the reporter and has no form, so a vendor would get only title and products: state what it needs with --discovery and --poc');
  }
  if (incoming?.channel === 'mail' && incoming.fromSubject !== undefined && (file.title.en ?? file.title.ja) === incoming.fromSubject) {
    notices.push(`the subject of the mail became the title: ${legibleLine(incoming.fromSubject)}. A title is not sealed: where it says too much, run it again with --title`);
  }
  const narrative = narrativeOf(report);

  const answer = await acknowledgement(env, session, report, file, at, coordinator, options.inClear);
  const received: NewEntry = { event: 'received', route, channel: incoming?.channel ?? 'other', original: originalHash, at };
  const plan = planChange(
    {
      record: { number, folder, file, log: [] },
      summary: `${file.series}#${number}: received${similar.length > 0 ? ', possibly a duplicate' : ''}`,
      action: `intake (${route})`,
      story: `A report arrived by ${incoming?.channel ?? 'other means'} and became a case. Who reported, how the flaw was found, what it does and how it is exploited are sealed to the team.`,
      writes: [writeCaseFile(file, narrative, folder)],
      seals: sealedParts(report, original, folder),
      reporter: report.reporter,
      entries: answer.sent ? [received, { event: 'reporter-contacted', purpose: 'acknowledgement', means: 'mail', message: answer.sent }] : [received],
      messages: answer.message ? [answer.message] : [],
      notices: [...notices, ...answer.notices],
      next: [{ command: `vcc triage ${number}`, why: 'answer the acceptance checklist and decide' }, ...answer.next, ...compareWith(similar)],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, publicId: `${file.series}#${number}`, similar: similar.map((other) => ({ case: other.record.number, why: other.why })) });
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
  const used = async (number: string): Promise<boolean> => session.repository.caseFolders().some((folder) => folder.number === number) || (await env.git.everUsed(number));
  if (wanted !== undefined) {
    if (!/^[0-9]{8}$/.test(wanted)) throw usage(`--id: ${JSON.stringify(wanted)} is not a case number`, 'A case number is eight digits, for example 61247051.');
    if (await used(wanted)) throw refusal('number-used', `${wanted} is or was the number of another case`, 'Leave --id out and a free number is drawn.');
    return wanted;
  }
  for (;;) {
    const number = env.random.digits(8);
    if (!(await used(number))) return number;
  }
}

function caseFile(report: Report, number: string, series: string, route: 'partnership' | 'direct'): CaseFile {
  const { title, products, weaknesses, cvss, references, source, timeLimits, vendorContacted, reporter, language } = report;
  const leak = identityInside({ title, products, cvss, references, source, timeLimits }, reporter && withoutVendor(reporter, products));
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
    ...(cvss ? { cvss } : {}),
    ...(references ? { references } : {}),
    ...(source ? { source } : {}),
    wishes: reporter?.wishes ?? {},
    ...(timeLimits ? { timeLimits } : {}),
    ...(vendorContacted ? { vendorContacted } : {}),
  };
}

/** What may be read by everyone who has the repository; how the flaw was found, works and harms is sealed with the report. */
const narrativeOf = (report: Report): string => (report.public === true ? '## Public\n\nThe reporter says that the flaw is publicly known.' : '');

function sealedParts(report: Report, original: Uint8Array, folder: string): SealedWrite[] {
  const { reporter, poc, ...forVendors } = report;
  const seal = (name: string, plaintext: string | Uint8Array): SealedWrite => ({ path: `${folder}/sealed/${name}.asc`, plaintext });
  return [
    seal('original', original),
    seal('report', writeYaml(forVendors, 'report', '')),
    ...(poc === undefined ? [] : [seal('poc', poc)]),
    ...(reporter === undefined ? [] : [seal('reporter', writeYaml(reporter, 'reporter', ''))]),
  ];
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

