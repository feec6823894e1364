import type { Finding } from './domain/finding.ts';
import { credentialsIn } from './domain/confidential-detail.ts';
import type { Tree } from './domain/tree.ts';
import { placeAt } from './documents/source-text.ts';
import { leaksOfCases } from './documents/guarded-cases.ts';

/** A text that Git keeps beside the files: a commit message, the name of a branch. */
export interface KeptText {
  /** What a finding names in place of a file. */
  readonly file: string;
  readonly text: string;
  /** What to do where it gives something away. */
  readonly fix: string;
}

const CASE = /^(cases\/[0-9]{4}\/([0-9]{8}))\//;

/**
 * What the texts give away of what is sealed: of the cases that are changed with them, where there are any, so that a commit is not kept
 * waiting for ten thousand; else of every case, as in CI.
 */
export function leakingTexts(tree: Tree, texts: readonly KeptText[], changed: readonly string[] = []): Finding[] {
  const foldersOf = (paths: readonly string[]): Map<string, string> => new Map(paths.flatMap((path) => {
    const [, folder, number] = CASE.exec(path) ?? [];
    return folder === undefined || number === undefined ? [] : [[folder, number] as const];
  }));
  const near = foldersOf(changed);
  const folders = near.size > 0 ? near : foldersOf(tree.files('cases').map(({ path }) => path));
  const leaks = leaksOfCases(tree, [...folders].map(([folder, number]) => ({ number, folder })), texts.map(({ text }) => text));
  return texts.flatMap(({ file, text, fix }, index) => [
    ...(leaks[index] ?? []).map(({ what, place }): Finding => ({ rule: 'sealed-in-clear', severity: 'error', file, ...place, message: `gives ${what} of a case`, fix })),
    ...credentialsIn(text).map(({ what, at }): Finding => ({ rule: 'confidential-detail', severity: 'error', file, ...placeAt(text, at), message: `has what looks like ${what}`, fix })),
  ]);
}
