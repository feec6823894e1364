import { legibleLine } from '../documents/legible.ts';
import { refusal } from '../domain/problem.ts';
import type { Plan } from '../domain/plan.ts';
import { uncommittedAt } from './git.ts';
import { underWay } from './under-way.ts';

/** What every decision rests on: it must be what the last commit says. */
const FOUNDATIONS = ['vcc.yaml', 'policy.yaml', 'vendors', 'keys'];

const CASE_FOLDER = /^cases\/[^/]+\/[^/]+/;

/** What the state of a case follows from. A text that is being drafted beside it is nobody's business but its author's. */
const FACTS = ['case.md', 'log', 'log.md', 'sealed'];

/** The paths whose state the plan rests on: its own files, the facts of the cases it writes to, configuration, vendors and keys. */
export function basisOf(plan: Plan): readonly string[] {
  const own = [...[...plan.writes, ...plan.seals].map(({ path }) => path), ...(plan.removes ?? [])];
  const folders = new Set(own.flatMap((path) => CASE_FOLDER.exec(path)?.[0] ?? []));
  return [...new Set([...FOUNDATIONS, ...(plan.rewraps ? ['cases'] : []), ...[...folders].flatMap((folder) => FACTS.map((name) => `${folder}/${name}`)), ...own])];
}

/** Refuses while something is staged, uncommitted below the paths, or half merged: a commit of ours would mix with it. */
export async function requireClean(root: string, paths: readonly string[]): Promise<void> {
  const begun = await underWay(root);
  if (begun !== undefined) throw refusal('under-way', `${begun.what} is under way in ${root}`, `Finish it first: ${begun.command} --continue or ${begun.command} --abort`);
  const dirty = await uncommittedAt(root, paths);
  if (dirty.length === 0) return;
  const shown = dirty.slice(0, 10).map((path) => `  ${legibleLine(path)}`);
  if (dirty.length > 10) shown.push(`  and ${dirty.length - 10} more`);
  throw refusal('uncommitted', `uncommitted changes in ${root}:\n${shown.join('\n')}`, 'Commit them (git add, git commit) or put them aside (git stash -u), then type the same command again.');
}
