import { isEvent, type AdvisoryText, type CaseRecord, type LoggedEntry } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { parseInstant } from '../domain/instant.ts';
import { updatesOf, type PublicDates } from '../domain/publication.ts';
import type { Tree } from '../domain/tree.ts';
import { readAdvisory } from './advisory.ts';
import { readCaseFile } from './case-file.ts';
import { readFoldedEntry, readFoldedLog, splitLog, type FoldedEntry } from './folded-log.ts';
import { entryEvent, readLogEntry, type ReadLogEntry } from './log-entry.ts';

export type ReadCase = { readonly ok: true; readonly record: CaseRecord } | { readonly ok: false; readonly findings: readonly Finding[] };

/**
 * Reads cases/<year>/<id>. A broken log entry or advisory is left out of the record and told in its findings; without a
 * readable case.md there is no record. Files that do not belong here are lint's to find.
 */
export function readCase(tree: Tree, number: string, folder: string): ReadCase {
  const findings: Finding[] = [];
  const log: LoggedEntry[] = [];
  const advisories: { en?: AdvisoryText; ja?: AdvisoryText } = {};
  const sealed: string[] = [];
  const folded = new Map<string, FoldedEntry>();
  const keep = (read: ReadLogEntry): void => {
    if (read.ok) log.push(read.logged);
    else findings.push(...read.findings);
  };
  const path = `${folder}/case.md`;
  let caseFile: Uint8Array | undefined;
  for (const file of tree.files(folder)) {
    // Nothing is read through a link, whatever it points to; what is missing for it must not go unsaid.
    if (file.kind === 'symlink' || file.kind === 'submodule') {
      findings.push({ rule: 'symlink', severity: 'error', file: file.path, line: 1, column: 1, message: `is a ${file.kind === 'symlink' ? 'symbolic link' : 'submodule'}, and is not read` });
      continue;
    }
    const name = file.path.slice(folder.length + 1);
    if (name.startsWith('sealed/') && name.endsWith('.asc')) {
      sealed.push(name.slice('sealed/'.length, -'.asc'.length));
      continue;
    }
    const isFolded = name === 'log.md';
    const isEntry = name.startsWith('log/') && name.endsWith('.md');
    const language = name === 'advisory.en.md' ? 'en' : name === 'advisory.ja.md' ? 'ja' : undefined;
    if (!isEntry && !isFolded && language === undefined && file.path !== path) continue;
    const bytes = tree.read(file.path);
    if (!bytes) continue;
    if (isFolded) {
      // In the order of paths it comes before the files of log/.
      const read = readFoldedLog(file.path, number, bytes);
      findings.push(...read.findings);
      for (const entry of read.entries) folded.set(entry.name, entry);
    } else if (isEntry) {
      const other = folded.get(name.slice('log/'.length));
      if (other) {
        findings.push(twice(file.path, number, Buffer.from(bytes).toString('utf8') === other.text));
        folded.delete(other.name);
      }
      keep(readLogEntry(file.path, bytes));
    } else if (language !== undefined) {
      const read = readAdvisory(file.path, bytes);
      if (read.ok) advisories[language] = read.advisory;
      else findings.push(...read.findings);
    } else caseFile = bytes;
  }
  for (const entry of folded.values()) keep(readFoldedEntry(folder, entry));
  if (!caseFile) {
    const missing: Finding = { rule: 'case-folder', severity: 'error', file: path, line: 1, column: 1, message: 'case.md is missing', fix: `restore it: git checkout HEAD -- ${path}` };
    return { ok: false, findings: [missing, ...findings] };
  }
  const read = readCaseFile(path, caseFile);
  if (!read.ok) return { ok: false, findings: [...read.findings, ...findings] };
  return { ok: true, record: { number, folder, file: read.file, narrative: read.narrative, where: read.where, log, advisories, sealed, findings } };
}

/** An entry of log/ that stands in log.md as well, as where half of a folding was taken back. */
function twice(file: string, number: string, same: boolean): Finding {
  const at = { rule: 'folded-log', file, line: 1, column: 1 } as const;
  return same
    ? { ...at, severity: 'warning', message: 'the entry stands in log.md as well', fix: `vcc archive ${number} folds it again; vcc archive --unfold ${number} takes log.md away` }
    : { ...at, severity: 'error', message: 'the entry stands in log.md as well, and says something else there', fix: 'Look which of the two is as it was (git log -p -- FILE), and take the other away' };
}

/** What the log of a case says is public of it now: the hash of the content, when it came out, and its updates. */
export interface PublishedByLog {
  readonly text: string;
  readonly dates: PublicDates;
}

/** Without reading the rest of the log; undefined where nothing was published. */
export function publishedByLog(tree: Tree, folder: string): PublishedByLog | undefined {
  const isPublic = (name: string): boolean => ['published', 'updated'].includes(entryEvent(name) ?? '');
  const log: LoggedEntry[] = [];
  const keep = (read: ReadLogEntry): void => {
    if (read.ok) log.push(read.logged);
  };
  const folded = tree.read(`${folder}/log.md`);
  if (folded) for (const entry of splitLog(new TextDecoder().decode(folded)).entries) if (isPublic(entry.name)) keep(readFoldedEntry(folder, entry));
  for (const { path, kind } of tree.files(`${folder}/log`)) if (isPublic(path) && (kind === 'file' || kind === 'executable')) keep(readLogEntry(path, tree.read(path) ?? ''));
  log.sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1));
  const first = log.find(isEvent('published'));
  if (first === undefined) return undefined;
  const updates = log.filter(isEvent('updated'));
  return { text: (updates.at(-1) ?? first).entry.text, dates: { publishedAt: parseInstant(first.entry.date), updates: updatesOf({ updates }) } };
}
