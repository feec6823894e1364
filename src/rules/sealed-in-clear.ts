import { leaksOfCases, leaksOfFile, markedAmong, unlike } from '../documents/guarded-cases.ts';
import { textName } from '../documents/remembered-cases.ts';
import { shownPath } from '../documents/shown-path.ts';
import { isCut, tellingName, tellingText, wholeText } from '../documents/telling-text.ts';
import { guardedAlone, guardedCase, leaksIn, type Guarded, type Leak } from '../domain/leaks.ts';
import type { TreeFile } from '../domain/tree.ts';
import { wordsOf } from '../domain/words.ts';
import { knownPath } from './layout.ts';
import { wholeFile, type LintContext, type Mistake, type Rule } from './rule.ts';

/** What people name themselves with vcc seal --name, and whatever else lies there. */
const namedByVcc = (path: string): boolean => knownPath(path) && !/\/sealed\/(?!(?:original|decrypted|report|report-(?:en|ja)|poc|reporter|(?:mail|reporter-key)-[0-9a-f]{8})\.)/.test(path);

export const sealedInClear: Rule = {
  id: 'sealed-in-clear',
  severity: 'error',
  safety: true,
  summary: 'What is sealed stands in no readable file of its case, and in none that belongs to no case.',
  why: 'Who has a clone can read it, for good: the name, address, handle or key of a reporter who stays unknown (guideline IV.2), how the flaw is exploited (policy E), what a vendor said in confidence (handling overview). The sealed values are compared by their marks, so CI finds them without a key.',
  fix: 'Write "the reporter", or what the sealed part is about, in other words. What a vendor gave for the public is recorded as such: vcc record CASE vendor-status --statement-en TEXT.',
  *checkCase({ files, record, guards }, context) {
    if (guards.length > 0) yield* inFiles(files, record.folder, guardedCase(record, guards), context);
  },
  // Nobody knows what its reporter agreed to, so what is meant for the public can wait until it is read again.
  *checkBroken({ files, folder, number, guards }, context) {
    if (guards.length > 0) yield* inFiles(files.filter(({ path }) => !/\/advisory\.(?:en|ja)\.md$/.test(path)), folder, guardedAlone(number, guards), context);
  },
  // A reporter of any case may stand in what belongs to none.
  *check({ tree, repository, files, everything, unchanged, isCompared, noteCompared }) {
    const outside = files.filter(({ path, kind }) => kind !== 'symlink' && kind !== 'submodule' && !CASE.test(path) && !NO_TEXT.test(path)).map(({ path }) => path);
    if (outside.length === 0) return;
    const named = outside.map((path) => ({ path, as: textName(path, tree.read(path)) }));
    for (const { path } of named) if (isCut(tree, path)) yield { ...wholeFile(path), severity: 'warning', message: 'is longer than 1 MiB: what stands behind that is compared with nothing', fix: 'Keep long files elsewhere, or in parts.' };
    const same = new Set(unchanged.map(({ folder }) => folder));
    const changed = repository.caseFolders().filter(({ folder }) => !same.has(folder));
    // An earlier run compared the others with what is as it was then.
    const fresh = new Set(named.filter(({ as }) => !isCompared(as)).map(({ path }) => path));
    const isRead = ({ path }: { readonly path: string }): boolean => changed.length > 0 || fresh.has(path);
    for (const { as } of named.filter((each) => !isRead(each))) noteCompared(as);
    const distinct = new Map<string, string>();
    const once = (text: string): string => distinct.get(text) ?? (distinct.set(text, text), text);
    // A few files are compared word by word, so that what all of them repeat is looked at when it is written.
    const few = !everything && outside.length <= FEW;
    const told = named.filter(isRead).map(({ path, as }) => {
      const whole = wholeText(tree, path);
      return { path, as, text: once(few ? whole : tellingText(path, whole, repository)), name: once(few ? path : tellingName(path, repository)) };
    });
    const byChanged = markedAmong(tree, changed, new Set(distinct.keys()));
    const byOthers = markedAmong(tree, unchanged, new Set(told.filter(({ path }) => fresh.has(path)).flatMap(({ text, name }) => [text, name])));
    for (const { path, as, text, name } of told) {
      const groups = fresh.has(path) ? [byChanged, byOthers] : [byChanged];
      const leaks = (part: string, whole: () => string): Leak[] => unlike(groups.flatMap(({ texts, folders }) => (texts.has(part) ? (leaksOfCases(tree, folders, [part], [whole()])[0] ?? []) : [])));
      if (!groups.some(({ texts }) => texts.has(text) || texts.has(name))) noteCompared(as);
      for (const { what, place } of leaks(text, () => wholeText(tree, path))) yield { file: path, ...place, message: `gives ${what} of a case` };
      if (leaks(name, () => path).length > 0) yield* inName(path, '', (part) => leaksOfCases(tree, repository.caseFolders(), [part])[0] ?? [], ' of a case');
    }
  },
};

function* inFiles(files: readonly TreeFile[], folder: string, guarded: Guarded, { tree, repository, touched }: LintContext): Generator<Mistake> {
  for (const { path, kind } of files) {
    if (!touched(path)) continue;
    if (!namedByVcc(path)) yield* inName(path, folder, (text) => leaksIn(wordsOf(text), guarded, { to: 'team' }));
    if (kind === 'symlink' || kind === 'submodule' || path.startsWith(`${folder}/sealed/`)) continue;
    for (const { what, place } of leaksOfFile(path, new TextDecoder().decode(tree.read(path)), guarded, repository.configuration.team)) yield { file: path, ...place, message: `gives ${what}` };
  }
}

/** Files of no case, of which a commit seldom changes more. */
const FEW = 100;

const CASE = /^cases\/[0-9]{4}\/[0-9]{8}\//;
/** Public keys, which their owners publish, and what vcc ships. */
const NO_TEXT = /^(?:keys|\.vcc)\//;

function* inName(path: string, below: string, leaks: (text: string) => readonly Leak[], whose = ''): Generator<Mistake> {
  const shown = shownPath(path, below, (text) => leaks(text).length > 0);
  if (shown !== undefined) for (const { what } of leaks(path.slice(below.length))) yield { ...wholeFile(path), message: `the name of the file gives ${what}${whose}`, shown };
}
