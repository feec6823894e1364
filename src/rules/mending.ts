import { splitLog } from '../documents/folded-log.ts';
import { entryEvent } from '../documents/log-entry.ts';
import type { FileMend } from '../domain/file-mend.ts';
import type { Finding } from '../domain/finding.ts';
import type { Instant } from '../domain/instant.ts';
import { treeWith, type Tree } from '../domain/tree.ts';
import { RULES } from './index.ts';
import { examineRepository, lintedFile } from './lint-repository.ts';

interface MendOptions {
  readonly now: Instant;
  /** Files or folders that may be mended; all when missing. */
  readonly within?: readonly string[];
  /** Ids of the only rules that mend. */
  readonly only?: readonly string[];
  /** Paths below cases/ that the last commit has. */
  readonly committed: ReadonlySet<string>;
}

/** Keys and ciphertext count byte by byte. */
const BYTES = /^(?:keys\/|cases\/[^/]+\/[^/]+\/sealed\/)/;
const LOG = /^cases\/[^/]+\/[^/]+\/log(?:\/|\.md$)/;
/** What an advisory is made of: an approval is bound to the hash of that. */
const TEXTS = /^(cases\/[^/]+\/[^/]+)\/(?:case|advisory\.[a-z]+)\.md$/;
const BINDING: ReadonlySet<string | undefined> = new Set(['approved', 'published']);

/**
 * What can be mended in the files of a case repository, as they shall be written; nothing for the rest. A file that a safety rule found
 * something in stays as it is, for a person to look at, and so does whatever proves something by its bytes.
 */
export function mendsIn(tree: Tree, { now, within, only, committed }: MendOptions): readonly FileMend[] {
  const mends = new Map<string, FileMend>();
  const tried = new Set<string>();
  for (;;) {
    const current = treeWith(tree, new Map([...mends].map(([path, { after }]) => [path, after])));
    const { findings } = examineRepository(current, { now, ...(within === undefined ? {} : { within }) });
    const unsafe = unsafeAmong(findings);
    // What could not be read before is read now, and may have more to mend.
    const due = findings.filter(({ rule, file }) => (only?.includes(rule) ?? true) && !unsafe.has(file) && !tried.has(`${rule} ${file}`));
    if (due.length === 0) return [...mends.values()];
    for (const { rule: id, file: path } of due) {
      tried.add(`${id} ${path}`);
      const known = mends.get(path);
      const mend = mendOf(tree, id, path, { now, committed }, known);
      if (mend !== undefined) mends.set(path, mend);
    }
  }
}

/** Whether any of these findings is one that mendsIn would mend. */
export function canMend(tree: Tree, findings: readonly Finding[], options: Pick<MendOptions, 'now' | 'committed'>): boolean {
  const unsafe = unsafeAmong(findings);
  return findings.some(({ rule, file }) => !unsafe.has(file) && mendOf(tree, rule, file, options) !== undefined);
}

const unsafeAmong = (findings: readonly Finding[]): ReadonlySet<string> => new Set(findings.filter(({ rule }) => RULES.some(({ id, safety }) => id === rule && safety === true)).map(({ file }) => file));

/** How one rule mends a file, after what others have mended in it. */
function mendOf(tree: Tree, id: string, path: string, { now, committed }: Pick<MendOptions, 'now' | 'committed'>, known?: FileMend): FileMend | undefined {
  const mend = RULES.find((rule) => rule.id === id)?.mend;
  if (mend === undefined) return undefined;
  // A finding may show a name that is not quite that of the file, where nobody may read it; links are not followed.
  const [file] = tree.files(path).filter((one) => one.path === path && (one.kind === 'file' || one.kind === 'executable'));
  if (file === undefined || mayProve(tree, path, committed)) return undefined;
  const before = tree.read(path) ?? new Uint8Array();
  const bytes = known?.after ?? before;
  const after = mend.mended(lintedFile({ read: () => bytes }, file), now);
  if (after === undefined || (Buffer.compare(after, bytes) === 0 && (known !== undefined || file.kind === 'file'))) return undefined;
  return { path, before, after, rules: [...(known?.rules ?? []), id] };
}

/** Whether somebody may rely on the very bytes of a file. */
function mayProve(tree: Tree, path: string, committed: ReadonlySet<string>): boolean {
  if (BYTES.test(path)) return true;
  if (LOG.test(path)) return committed.has(path);
  const [, folder] = TEXTS.exec(path) ?? [];
  if (folder === undefined) return false;
  const folded = tree.read(`${folder}/log.md`);
  const names = folded === undefined ? [] : splitLog(new TextDecoder().decode(folded)).entries.map(({ name }) => name);
  return [...names, ...tree.files(`${folder}/log`).map((entry) => entry.path)].some((name) => BINDING.has(entryEvent(name)));
}
