import { publicFiles } from './documents/public-files.ts';
import { readCatalogue, readPublishedAdvisory } from './documents/published-advisory.ts';
import { isMade, newestFirst, numberIn, siteLists, touchedBy, touchedPaths } from './documents/site-files.ts';
import { unreachableSitePage } from './documents/unreachable-page.ts';
import { catalogueEntry, yearOf, type CatalogueEntry } from './domain/catalogue.ts';
import { localDate } from './domain/instant.ts';
import type { FileWrite, Publication } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import type { PublishedAdvisory } from './domain/publication.ts';
import type { Tree } from './domain/tree.ts';
import type { PublicListing } from './domain/unreachable.ts';
import type { Environment } from './environment.ts';
import type { Session } from './session.ts';

const NO_PUBLIC = 'Add to vcc.yaml:\npublic:\n  repository: ../public\n  url: https://advisories.example.org';

/** The files of the public repository. Refuses where vcc.yaml has none. */
export function publicTreeOf(env: Environment, { repository: { configuration } }: Session): { readonly folder: string; readonly tree: Tree } {
  if (!configuration.public) throw refusal('no-public-repository', 'vcc.yaml does not say where the public repository is', NO_PUBLIC);
  const folder = configuration.public.repository;
  return { folder, tree: env.publicTree(folder) };
}

const differs = (tree: Tree, { path, text }: FileWrite): boolean => {
  const there = tree.read(path);
  return there === undefined || !Buffer.from(text).equals(there);
};

const UNREACHABLE = (language: 'en' | 'ja'): string => `unreachable/${language}.html`;

/**
 * What a publication of one advisory writes and removes in the public repository: the advisory, and the lists that it was or will be on.
 * It reads the catalogues alone, however many advisories there are. besides: paths of what else is published of the advisory.
 */
export function sitePublication(env: Environment, session: Session, published: PublishedAdvisory, besides: readonly string[]): Required<Pick<Publication, 'files' | 'removed'>> {
  const { configuration } = session.repository;
  const { tree } = publicTreeOf(env, session);
  const { zone } = session;
  const entry = catalogueEntry(published, zone);
  const years = new Map<string, readonly CatalogueEntry[]>();
  // Without a list of the folder: it would name each of ten thousand advisories.
  for (let year = 1970; year <= Number(localDate(session.now, zone).slice(0, 4)); year += 1) {
    const path = `${year}/index.json`;
    const bytes = tree.read(path);
    if (bytes !== undefined) years.set(String(year), readCatalogue(path, bytes, zone));
  }
  const own = years.get(yearOf(entry)) ?? [];
  years.set(yearOf(entry), [...own.filter(({ number }) => number !== entry.number), entry]);
  const touched = touchedBy([...own.filter(({ number }) => number === entry.number), entry]);
  const site = { hasUnreachable: tree.read(UNREACHABLE('en')) !== undefined, shipped: (path: string) => env.shipped(path) };
  const lists = [...siteLists(newestFirst(years), site, configuration, touched)];
  const made = new Set(lists.map(({ path }) => path));
  return {
    files: [...publicFiles(published, besides, configuration), ...lists.filter((file) => differs(tree, file))],
    removed: touchedPaths(touched).filter((path) => !made.has(path) && tree.read(path) !== undefined),
  };
}

/** What is to be done at one path so that the site is what the advisories say; without a text, the file goes. */
export interface SiteChange {
  readonly path: string;
  readonly text?: string;
}

/** A site as it stands, and how it gets to what it should be. */
export interface SiteBuild {
  readonly advisories: number;
  /** <year>/<number> of advisories that an earlier vcc published: they have no advisory.json, so their pages stay as they are and no list has them. */
  readonly withoutSource: readonly string[];
  /** One after the other, so that a site of any size fits into the memory. */
  readonly changes: Iterable<SiteChange>;
}

/** Names of the CSAF documents of an advisory: csaf/white/2014/jvn-61247051-ja.json */
const CSAF = /^csaf\/white\/[0-9]{4}\/[a-z0-9]+-([0-9]{8})(?:-ja)?\.json$/;

/** Everything that differs between the public repository and what its advisory.json files and the list of unreachable developers make of it. */
export function buildSite(env: Environment, session: Session, listings: readonly PublicListing[] | undefined): SiteBuild {
  const { tree } = publicTreeOf(env, session);
  const paths = tree.files('').filter(({ kind }) => kind !== 'submodule').map(({ path }) => path);
  const known = new Set(paths);
  const besides = new Map<string, string[]>();
  for (const path of paths) {
    const [, number] = CSAF.exec(path) ?? [];
    if (number !== undefined) besides.set(number, [...(besides.get(number) ?? []), path]);
  }
  const folders = [...new Set(paths.flatMap((path) => (numberIn(path) === undefined ? [] : [path.slice(0, '2014/61247051'.length)])))];
  const sources = folders.map((folder) => `${folder}/advisory.json`).filter((path) => known.has(path));
  const withoutSource = folders.filter((folder) => !known.has(`${folder}/advisory.json`));
  return { advisories: sources.length, withoutSource, changes: changesOf(env, session, { tree, paths, known, sources, besides, kept: new Set(withoutSource) }, listings) };
}

interface Standing {
  readonly tree: Tree;
  readonly paths: readonly string[];
  readonly known: ReadonlySet<string>;
  readonly sources: readonly string[];
  readonly besides: ReadonlyMap<string, readonly string[]>;
  /** Folders that nothing is removed from. */
  readonly kept: ReadonlySet<string>;
}

function* changesOf(env: Environment, { zone, repository: { configuration } }: Session, { tree, paths, known, sources, besides, kept }: Standing, listings: readonly PublicListing[] | undefined): Generator<SiteChange> {
  const made = new Set<string>();
  const years = new Map<string, CatalogueEntry[]>();
  const changed = function* (files: Iterable<FileWrite>): Generator<SiteChange> {
    for (const file of files) {
      made.add(file.path);
      if (differs(tree, file)) yield file;
    }
  };
  for (const path of sources) {
    const published = readPublishedAdvisory(path, tree.read(path) ?? new Uint8Array(), zone);
    const entry = catalogueEntry(published, zone);
    const ofYear = years.get(yearOf(entry)) ?? [];
    ofYear.push(entry);
    years.set(yearOf(entry), ofYear);
    // A record in cve/ that is there may have been rejected since: it is not made of the advisory alone.
    yield* changed(publicFiles(published, besides.get(entry.number) ?? [], configuration).filter((file) => !file.path.startsWith('cve/') || !known.has(file.path)));
  }
  yield* changed(siteLists(newestFirst(years), { hasUnreachable: listings !== undefined, shipped: (path) => env.shipped(path) }, configuration));
  if (listings !== undefined) yield* changed((['en', 'ja'] as const).map((language) => ({ path: UNREACHABLE(language), text: unreachableSitePage(listings, language, UNREACHABLE(language), configuration) })));
  for (const path of paths) if (isMade(path) && !made.has(path) && !kept.has(path.slice(0, '2014/61247051'.length))) yield { path };
}
