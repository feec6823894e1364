import type { AdvisoryText, CaseRecord, LoggedEntry } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { Tree } from '../domain/tree.ts';
import { readAdvisory } from './advisory.ts';
import { readCaseFile } from './case-file.ts';
import { entryEvent, readLogEntry } from './log-entry.ts';

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
    const isEntry = name.startsWith('log/') && name.endsWith('.md');
    const language = name === 'advisory.en.md' ? 'en' : name === 'advisory.ja.md' ? 'ja' : undefined;
    if (!isEntry && language === undefined && file.path !== path) continue;
    const bytes = tree.read(file.path);
    if (!bytes) continue;
    if (isEntry) {
      const entry = readLogEntry(file.path, bytes);
      if (entry.ok) log.push(entry.logged);
      else findings.push(...entry.findings);
    } else if (language !== undefined) {
      const read = readAdvisory(file.path, bytes);
      if (read.ok) advisories[language] = read.advisory;
      else findings.push(...read.findings);
    } else caseFile = bytes;
  }
  if (!caseFile) {
    const missing: Finding = { rule: 'case-folder', severity: 'error', file: path, line: 1, column: 1, message: 'case.md is missing', fix: `restore it: git checkout HEAD -- ${path}` };
    return { ok: false, findings: [missing, ...findings] };
  }
  const read = readCaseFile(path, caseFile);
  if (!read.ok) return { ok: false, findings: [...read.findings, ...findings] };
  return { ok: true, record: { number, folder, file: read.file, narrative: read.narrative, where: read.where, log, advisories, sealed, findings } };
}

/** The hashes of the public contents of a case that its log says were published, without reading the rest of it. */
export function publishedContents(tree: Tree, folder: string): ReadonlySet<string> {
  const hashes = new Set<string>();
  for (const { path, kind } of tree.files(`${folder}/log`)) {
    const event = entryEvent(path);
    if ((event !== 'published' && event !== 'updated') || (kind !== 'file' && kind !== 'executable')) continue;
    const read = readLogEntry(path, tree.read(path) ?? '');
    if (read.ok && (read.logged.entry.event === 'published' || read.logged.entry.event === 'updated')) hashes.add(read.logged.entry.text);
  }
  return hashes;
}
