import type { Finding, Place } from './domain/finding.ts';
import { credentialsIn } from './domain/confidential-detail.ts';
import type { Tree } from './domain/tree.ts';
import { placeAt } from './documents/source-text.ts';
import { guardedIn, leaksOfCases, leaksOfFile, markedAmong } from './documents/guarded-cases.ts';
import { shownPath } from './documents/shown-path.ts';
import { leaksIn, type Leak } from './domain/leaks.ts';
import { wordsOf } from './domain/words.ts';
import type { Additions, Environment } from './environment.ts';
import { knownPath } from './rules/layout.ts';
import { lintedFile, type Examination } from './rules/lint-repository.ts';
import { privateKey } from './rules/private-key.ts';
import type { Mistake } from './rules/rule.ts';

/** A text that Git keeps beside the files: a commit message, the name of a branch. */
export interface KeptText {
  /** What a finding names in place of a file. */
  readonly file: string;
  readonly text: string;
  /** What to do where it gives something away. */
  readonly fix: string;
}

const CASE = /^(cases\/[0-9]{4}\/([0-9]{8}))\//;

const HISTORY = 'It is in the history: before it was pushed, git rebase -i can change it; afterwards it stays in every clone.';

/** The whole name of the branch: where it is new, Git does not know what else a commit by its id is pushed to. */
const IN_PARTS = 'Push in parts, an earlier commit first: git push REMOTE COMMIT:refs/heads/BRANCH, then the branch. With --commits, name shorter ranges one after the other. One commit that adds so much by itself is made anew as several, without files that belong elsewhere: git rebase -i.';

/** What commits added gives away: also what a later commit took out again. */
function leakingAdditions(tree: Tree, { commits, complete }: Additions, team: readonly { readonly slug: string }[]): Finding[] {
  const folders = foldersOf(tree.files('cases').map(({ path }) => path));
  const known = new Map([...folders].flatMap(([folder, number]) => commits.some(({ files }) => files.some(({ path }) => path.startsWith(`${folder}/`))) ? [[folder, guardedIn(tree, { folder, number })] as const] : []));
  const finding = (commit: string, path: string, place: Place, message: string): Finding => ({ rule: 'sealed-in-clear', severity: 'error', file: `commit ${commit.slice(0, 12)}${path === '' ? '' : `: ${path}`}`, ...place, message, fix: HISTORY });
  const byText = new Map<string, readonly Leak[]>();
  const inCases: Finding[] = [];
  const others: { readonly text: string; readonly found: (leaks: readonly Leak[]) => Finding[] }[] = [];
  for (const { commit, files } of commits) {
    for (const { path, text, lineOf } of files) {
      const folder = CASE.exec(path)?.[1];
      const keys = (where: string): Finding[] => privateKeysIn(path, text).map(({ line, column, message }) => ({ ...finding(commit, where, { line: lineOf(line), column }, message), rule: privateKey.id, fix: `Revoke it and make a new one. ${HISTORY}` }));
      const guarded = folder === undefined ? undefined : known.get(folder);
      if (guarded !== undefined && folder !== undefined) {
        const gives = (name: string): boolean => leaksIn(wordsOf(name), guarded, { to: 'team' }).length > 0;
        const shown = knownPath(path) ? undefined : shownPath(path, folder, gives);
        if (shown !== undefined) inCases.push(finding(commit, shown, TOP, 'the name of the file gives who reported'));
        inCases.push(...leaksOfFile(path, text, guarded, team).map(({ what, place }) => finding(commit, shown ?? path, { ...place, line: lineOf(place.line) }, `gives ${what}`)), ...keys(shown ?? path));
      } else if (folder === undefined) {
        others.push({ text: path, found: (leaks) => (leaks.length === 0 ? [] : [finding(commit, '', TOP, 'the name of a file gives who reported a case')]) });
        const shown = (): string => (byText.get(path)?.length ? '' : path);
        others.push({ text, found: (leaks) => [...leaks.map(({ what, place }) => finding(commit, shown(), { ...place, line: lineOf(place.line) }, `gives ${what} of a case`)), ...keys(shown())] });
      } else inCases.push(...keys(knownPath(path) ? path : folder));
    }
  }
  const texts = [...new Set(others.map(({ text }) => text))];
  const leaks = leaksOfCases(tree, [...folders].map(([folder, number]) => ({ folder, number })), texts);
  for (const [index, text] of texts.entries()) byText.set(text, leaks[index] ?? []);
  const cut: Finding[] = complete ? [] : [{ rule: 'sealed-in-clear', severity: 'error', file: 'the commits', ...TOP, message: 'they add more than can be looked through at once (64 MB): what is older was not compared', fix: IN_PARTS }];
  return [...inCases, ...others.flatMap(({ text, found }) => found(byText.get(text) ?? [])), ...cut];
}

/** A key that was committed once is known to everybody who can fetch, though no later commit has it. */
const privateKeysIn = (path: string, text: string): Mistake[] => [...(privateKey.checkFile?.(lintedFile({ read: () => new TextEncoder().encode(text) }, { path, kind: 'file' })) ?? [])];

const TOP: Place = { line: 1, column: 1 };

const foldersOf = (paths: readonly string[]): Map<string, string> => new Map(paths.flatMap((path) => {
  const [, folder, number] = CASE.exec(path) ?? [];
  return folder === undefined || number === undefined ? [] : [[folder, number] as const];
}));

/** How many commits a range has, and what they give away: in their messages, in the names of who made them, and in what they added. */
export async function leakingCommits({ git }: Pick<Environment, 'git'>, tree: Tree, team: readonly { readonly slug: string }[], range: string): Promise<{ readonly findings: readonly Finding[]; readonly messages: number }> {
  const commits = await git.messages(range);
  // Each person once, by the newest commit.
  const people = new Map(commits.toReversed().flatMap(({ commit, people: made }) => made.map((text) => [text, commit] as const)));
  const texts = [
    ...commits.map(({ commit, message }) => ({ file: `commit ${commit.slice(0, 12)}`, text: message, fix: HISTORY })),
    ...[...people].map(([text, commit]) => ({ file: `author or committer of commit ${commit.slice(0, 12)}`, text, fix: HISTORY })),
  ];
  return { findings: [...leakingTexts(tree, texts), ...leakingAdditions(tree, await git.additions(range), team)], messages: commits.length };
}

const TAG = 'Make it anew, before it is pushed: git tag --force --annotate NAME NAME^{}. Afterwards it stays in every clone.';

/** What the tag objects that an id leads to give away: in their messages and names, and in who made them. A tag may be of a commit that is older than a case. */
export async function leakingTags({ git }: Pick<Environment, 'git'>, tree: Tree, id: string): Promise<readonly Finding[]> {
  const texts = (await git.tags(id)).flatMap(({ tag, name, people, message }) => {
    const file = `tag ${tag.slice(0, 12)}`;
    return [{ file, text: message, fix: TAG }, { file: `name in ${file}`, text: name, fix: TAG }, ...people.map((text) => ({ file: `tagger of ${file}`, text, fix: TAG }))];
  });
  if (texts.length === 0) return [];
  const there = await git.publishedBranch();
  return [tree, ...(there === undefined ? [] : [git.treeAt(there)])].flatMap((each) => leakingTexts(each, texts));
}

/**
 * What the texts give away of what is sealed: of the cases that are changed with them, where there are any, so that a commit is not kept
 * waiting for ten thousand; else of every case, as in CI.
 */
export function leakingTexts(tree: Tree, texts: readonly KeptText[], changed: readonly string[] = []): Finding[] {
  const near = foldersOf(changed);
  const folders = near.size > 0 ? near : foldersOf(tree.files('cases').map(({ path }) => path));
  return leaksInCases(tree, texts, [...folders].map(([folder, number]) => ({ number, folder })));
}

/** The same of these cases; onMark is called where a text holds anything that a guard knows, be it lawful or not. */
function leaksInCases(tree: Tree, texts: readonly KeptText[], folders: readonly { readonly number: string; readonly folder: string }[], onMark?: () => void): Finding[] {
  const near = markedAmong(tree, folders, new Set(texts.map(({ text }) => text)));
  if (near.texts.size > 0) onMark?.();
  const leaks = leaksOfCases(tree, near.folders, texts.map(({ text }) => text));
  return texts.flatMap(({ file, text, fix }, index) => [
    ...(leaks[index] ?? []).map(({ what, place }): Finding => ({ rule: 'sealed-in-clear', severity: 'error', file, ...place, message: `gives ${what} of a case`, fix })),
    ...credentialsIn(text).map(({ what, at }): Finding => ({ rule: 'confidential-detail', severity: 'error', file, ...placeAt(text, at), message: `has what looks like ${what}`, fix })),
  ]);
}

/** What the names give away, and keeps what was found out; where cases stand as they did for an earlier run, they are compared with new names only. */
export function leaksInNames(tree: Tree, names: readonly KeptText[], changed: readonly string[] | undefined, remembered: Examination['remembered']): Finding[] {
  if (remembered === undefined) return leakingTexts(tree, names, changed);
  const marked = new Set<number>();
  const known = names.map(({ file, text }) => remembered.isCompared(`${file} ${text}`));
  const findings = names.flatMap((name, index) => leaksInCases(tree, [name], known[index] === true ? remembered.examined : [...remembered.examined, ...remembered.unchanged], (): void => void marked.add(index)));
  remembered.keep(names.flatMap(({ file, text }, index) => (marked.has(index) ? [] : [`${file} ${text}`])));
  return findings;
}
