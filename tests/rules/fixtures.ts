import type { Finding } from '../../src/domain/finding.ts';
import type { Tree } from '../../src/domain/tree.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { treeOf } from '../support/case-tree.ts';
import type { Fixture } from './fixture.ts';
import { CASES } from './fixtures-case.ts';
import { LAYOUT } from './fixtures-layout.ts';
import { READING } from './fixtures-reading.ts';
import { TEXTS } from './fixtures-texts.ts';
import { TRIAGE } from './fixtures-triage.ts';
import { NOW, rightRepository, type Files } from './right-repository.ts';

/** The fixtures of every rule, by its id. */
export const FIXTURES: Readonly<Record<string, Fixture>> = { ...READING, ...LAYOUT, ...CASES, ...TRIAGE, ...TEXTS };

type Side = 'good' | 'bad';

/** The files of one side of a fixture. */
export function filesOf(fixture: Fixture, side: Side): Files {
  const files = rightRepository();
  fixture[side](files);
  return files;
}

/** The same as a tree, with the kinds of its files. */
export function treeOfFixture(fixture: Fixture, side: Side): Tree {
  const tree = treeOf(filesOf(fixture, side));
  const kinds = side === 'bad' ? fixture.kinds ?? {} : {};
  return { ...tree, files: (under) => tree.files(under).map((file) => ({ ...file, kind: kinds[file.path] ?? file.kind })) };
}

/** Paths that the last commit had otherwise, with what it had. */
const beforeOf = ({ altered = [] }: Fixture): ReadonlyMap<string, string | Uint8Array> =>
  new Map(altered.map((one) => (typeof one === 'string' ? ([one, rightRepository()[one] ?? ''] as const) : one)));

export const lintFixture = (fixture: Fixture, side: Side, tree = treeOfFixture(fixture, side)): readonly Finding[] =>
  lintRepository(tree, { now: NOW, altered: new Map([...beforeOf(fixture)].map(([path, content]) => [path, () => Buffer.from(content)])) });
