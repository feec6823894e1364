import { createHash } from 'node:crypto';
import type { FileWrite } from '../domain/plan.ts';
import type { Outputs, PublicAdvisory } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { csafDocument, csafPath } from './csaf.ts';
import { csafText } from './csaf-provider.ts';
import { publicFiles } from './public-files.ts';

/** Which day it will be is no part of what is approved: a date that moves must not end an approval. */
const NO_DATE = 0;

/** What the public would get of an advisory before it bears its date and its history. What is not of this advisory alone, such as lists and feeds, is left out. Refuses where a file cannot be made. */
export function filesToApprove(advisory: PublicAdvisory, configuration: Configuration): readonly FileWrite[] {
  const dates = { publishedAt: NO_DATE, updates: [] };
  const csaf = configuration.public?.csaf === true ? (['en', 'ja'] as const).flatMap((language) => csafDocument(advisory, language, dates, configuration) ?? []) : [];
  return [...publicFiles({ advisory, dates }, csaf.map(csafPath), configuration), ...csaf.map((document) => ({ path: csafPath(document), text: csafText(document) }))];
}

/** The same as `sha256:` and the digest of each file, by its name: an approval is bound to them. */
export function outputsOf(files: readonly FileWrite[]): Outputs {
  const named = files.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), `sha256:${createHash('sha256').update(text).digest('hex')}`] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const publicOutputs = (advisory: PublicAdvisory, configuration: Configuration): Outputs => outputsOf(filesToApprove(advisory, configuration));
