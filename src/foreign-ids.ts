import { readCnas } from './documents/cna-file.ts';
import { LEDGER, ledgerEntry } from './documents/cve-file.ts';
import type { NewEntry } from './documents/case-change.ts';
import type { ForeignCve, ForeignDocument } from './documents/foreign-document.ts';
import { weaknessIds } from './domain/case.ts';
import { nameKey } from './domain/name-folding.ts';
import type { NextStep } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import { replay } from './domain/replay.ts';
import type { Environment } from './environment.ts';
import type { Report } from './generated/documents.ts';
import { answerOrNone, schemaField } from './questions/answer.ts';
import type { Session } from './session.ts';

/** CVE ids that came with a document: entries for the log of its new case, and what is left to do by hand. */
export interface ForeignIds {
  readonly entries: readonly NewEntry[];
  readonly notices: readonly string[];
  readonly next: readonly NextStep[];
  readonly ids: readonly { readonly cve: string; readonly assigner?: string }[];
}

/** The ids of a document as other CNAs gave them. */
export async function idsOfDocument(env: Environment, session: Session, document: ForeignDocument, number: string, given: string | undefined): Promise<ForeignIds> {
  const ours = session.repository.configuration.cna?.shortName;
  const hasLedger = session.repository.tree.files(LEDGER).length > 0;
  const fallback = document.cves.every(({ assigner }) => assigner !== undefined) ? undefined : ((given === undefined ? registered(session, document) : undefined) ?? (await askForAssigner(env, document.cves, given)));
  const entries: NewEntry[] = [];
  const notices: string[] = [];
  const next: NextStep[] = [];
  const ids = document.cves.map(({ id, assigner = fallback, flaw }) => {
    const own = ledgerEntry(session.repository.tree, id) !== undefined;
    if (own || (assigner !== undefined && assigner === ours && hasLedger)) {
      notices.push(own ? `${id} is an id of ours that no case has: the ledger gives it to this one` : `${id} is said to be ours, and the ledger does not have it: bring in its block first (vcc cve import-block FILE)`);
      next.push({ command: `vcc cve assign ${number} --id ${id}`, why: 'an id of ours is given by the ledger' });
      return { cve: id };
    }
    if (assigner === undefined) {
      next.push({ command: `vcc cve assign ${number} --id ${id} --assigner NAME`, why: 'the document does not say which CNA gave it' });
      return { cve: id };
    }
    const single = flaw !== undefined && document.cves.filter((other) => other.flaw !== undefined && nameKey(other.flaw) === nameKey(flaw)).length === 1;
    entries.push({ event: 'cve-assigned', cve: id, assigner, ...(single ? { flaw } : {}) });
    return { cve: id, assigner };
  });
  return { entries, notices, next, ids };
}

/**
 * The report with what belongs to some ids only tied to these, once they all stand in the log of the case: a tie to any other would
 * lead nowhere. The sealed original has them all.
 */
export function tiedToKnown(report: Report, { entries, ids }: Pick<ForeignIds, 'entries' | 'ids'>): { readonly report: Report; readonly notices: readonly string[] } {
  const { products, cvss, references, weaknesses } = report;
  const tied = [...products, ...(cvss ?? []), ...(references ?? []), ...(weaknesses ?? [])].some((one) => typeof one !== 'string' && one.cves !== undefined);
  if (!tied || entries.length === ids.length) return { report, notices: [] };
  const free = <T extends { readonly cves?: unknown }>(values: readonly T[]): T[] => values.map((value) => Object.fromEntries(Object.entries(value).filter(([field]) => field !== 'cves')) as T);
  return {
    report: { ...report, products: free(products), ...(cvss && { cvss: free(cvss) }), ...(references && { references: free(references) }), ...(weaknesses && { weaknesses: weaknessIds({ weaknesses }) }) },
    notices: ['some of its CVE ids are not in the log yet, so cves: in case.md does not say which products, scores, weaknesses and references belong to which: add it once vcc cve assign has logged them'],
  };
}

/** Refuses an id that a case has already: a flaw has one id, and one case (CNA rules 4.2.15). */
export function refuseUsedIds({ repository }: Session, cves: readonly ForeignCve[]): void {
  const wanted = new Set(cves.map(({ id }) => id));
  if (wanted.size === 0) return;
  const used = new Map<string, string>();
  for (const cve of wanted) {
    const known = ledgerEntry(repository.tree, cve);
    if (known === undefined || known === 'broken') continue;
    const { state, case: number } = known.file;
    if (state === 'rejected') throw refusal('rejected-record', `${cve} is an id of ours that was rejected, so it stands for no flaw; nothing was written.`, `vcc cve status --all`);
    if (state !== 'reserved' && number !== undefined) used.set(cve, number);
  }
  for (const record of repository.cases()) {
    if (!record.log.some(({ entry }) => entry.event === 'cve-assigned' && wanted.has(entry.cve))) continue;
    for (const { id } of replay(record).state.cves) if (wanted.has(id)) used.set(id, record.number);
  }
  const [first] = used;
  if (first === undefined) return;
  const [cve, number] = first;
  throw refusal('known-cve', `${cve} is case ${number} already; nothing was written.`, `vcc show ${number}\nKeep the document with it: vcc seal ${number} FILE --name NAME --text "What it is"${wanted.size > 1 ? '\nWhere it tells of other flaws too, take them in from a copy without this one.' : ''}`);
}

/** The CNA of cnas/ that the publisher is. */
function registered({ repository }: Session, { report }: ForeignDocument): string | undefined {
  const publisher = report.source?.name;
  if (publisher === undefined) return undefined;
  const named = (name: string | undefined): boolean => name !== undefined && nameKey(name) === nameKey(publisher);
  return readCnas(repository.tree).records.find(({ file }) => named(file.name.en) || named(file.name.ja) || named(file.shortName))?.file.shortName;
}

function askForAssigner(env: Environment, cves: readonly ForeignCve[], given: string | undefined): Promise<string | undefined> {
  const unknown = cves.filter(({ assigner }) => assigner === undefined).map(({ id }) => id);
  const message = `Short name of the CNA that gave ${unknown.slice(0, 3).join(', ')}${unknown.length > 3 ? ' and the others' : ''}`;
  return answerOrNone(env, { flag: '--assigner', given, message, otherwise: 'not known' }, schemaField('log-entry', ['assigner'], '--assigner', { event: 'cve-assigned' }));
}
