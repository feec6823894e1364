import { publicId } from '../domain/case.ts';
import type { CatalogueEntry } from '../domain/catalogue.ts';
import { formatInstant, localDate, parseInstant } from '../domain/instant.ts';
import { refusal, type VccError } from '../domain/problem.ts';
import { inKeyOrder, type PublicAdvisory, type PublishedAdvisory } from '../domain/publication.ts';
import type { CatalogueFile, PublishedAdvisoryFile } from '../generated/documents.ts';
import { checkShape, type SchemaName } from './check-shape.ts';

/*
 * The two JSON files of the public repository that vcc reads again (docs/json.md). Whoever can push there can change them, so they are
 * read as strictly as a case file.
 */

const json = (content: object): string => `${JSON.stringify(content, inKeyOrder, 2)}\n`;

/** <year>/<number>/advisory.json */
export const publishedAdvisoryJson = ({ advisory, dates }: PublishedAdvisory, zone: string): string =>
  json({
    schemaVersion: 1,
    kind: 'published-advisory',
    advisory,
    dates: { publishedAt: formatInstant(dates.publishedAt, zone), updates: dates.updates.map((update) => ({ ...update, at: formatInstant(update.at, zone) })) },
  } satisfies Omit<PublishedAdvisoryFile, 'advisory'> & { advisory: PublicAdvisory });

/** Reads <year>/<number>/advisory.json; refuses with its path what vcc would not have written there. */
export function readPublishedAdvisory(path: string, bytes: Uint8Array, zone: string): PublishedAdvisory {
  const { advisory, dates } = read('published-advisory', path, bytes) as PublishedAdvisoryFile;
  const published: PublishedAdvisory = {
    advisory,
    dates: { publishedAt: parseInstant(dates.publishedAt), updates: dates.updates.map((update) => ({ ...update, at: parseInstant(update.at) })) },
  };
  const { number, series } = advisory;
  if (path !== `${localDate(published.dates.publishedAt, zone).slice(0, 4)}/${number}/advisory.json`) throw broken(path, `it is the advisory ${number} of ${dates.publishedAt}, which lies elsewhere`);
  if (advisory.publicId !== publicId({ series, id: number })) throw broken(path, `${advisory.publicId} is not the public id of ${series} ${number}`);
  return published;
}

/** <year>/index.json, in the order of the numbers: that of the publications would move every line behind a new one. */
export const catalogueJson = (year: string, entries: readonly CatalogueEntry[]): string =>
  json({ schemaVersion: 1, kind: 'advisory-catalogue', year, advisories: [...entries].sort((a, b) => (a.number < b.number ? -1 : 1)) } satisfies CatalogueFile);

/** Reads <year>/index.json; refuses with its path what vcc would not have written there. */
export function readCatalogue(path: string, bytes: Uint8Array, zone: string): readonly CatalogueEntry[] {
  const { year, advisories } = read('catalogue', path, bytes) as CatalogueFile;
  if (path !== `${year}/index.json`) throw broken(path, `it is the catalogue of ${year}`);
  const stray = advisories.find((entry) => localDate(parseInstant(entry.publishedAt), zone).slice(0, 4) !== year);
  if (stray) throw broken(path, `${stray.number} was published in another year`);
  // In the zone of today, for lists show the day that stands there.
  const inZone = (moment: string): string => formatInstant(parseInstant(moment), zone);
  return advisories.map((entry) => ({ ...entry, publishedAt: inZone(entry.publishedAt), ...(entry.updatedAt === undefined ? {} : { updatedAt: inZone(entry.updatedAt) }) }));
}

/** The types of what is read are generated from the schema that is checked here. */
function read(schema: SchemaName, path: string, bytes: Uint8Array): unknown {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (problem) {
    if (!(problem instanceof SyntaxError || problem instanceof TypeError)) throw problem;
    throw broken(path, 'it is no JSON in UTF-8');
  }
  const [wrong] = checkShape(schema, value, () => ({ line: 1, column: 1 }), path);
  if (wrong) throw broken(path, wrong.message);
  return value;
}

const broken = (path: string, why: string): VccError =>
  refusal('public-file', `${path} of the public repository cannot be used: ${why}`, `Bring it back from its history: git log -- ${path}, in the public repository. What lists say can be made anew: vcc site build`);
