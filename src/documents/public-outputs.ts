import { createHash } from 'node:crypto';
import type { Outputs, PublicAdvisory } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { csafDocument, csafPath } from './csaf.ts';
import { csafText } from './csaf-provider.ts';
import { publicFiles } from './public-files.ts';

/** Which day it will be is no part of what is approved: a date that moves must not end an approval. */
const NO_DATE = 0;

/**
 * What the public would get of an advisory, as `sha256:` and the digest of each file, before it bears its date and its history: an approval is bound
 * to them. What is not of this advisory alone, such as lists and feeds, is left out. Refuses where a file cannot be made.
 */
export function publicOutputs(advisory: PublicAdvisory, configuration: Configuration): Outputs {
  const dates = { publishedAt: NO_DATE, updates: [] };
  const csaf = configuration.public?.csaf === true ? (['en', 'ja'] as const).flatMap((language) => csafDocument(advisory, language, dates, configuration) ?? []) : [];
  const own = publicFiles({ advisory, dates }, csaf.map(csafPath), configuration);
  const files = [...own, ...csaf.map((document) => ({ path: csafPath(document), text: csafText(document) }))];
  const named = files.map(({ path, text }) => [path.slice(path.lastIndexOf('/') + 1), `sha256:${createHash('sha256').update(text).digest('hex')}`] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}
