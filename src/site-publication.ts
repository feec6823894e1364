import { publicFiles } from './documents/public-files.ts';
import { readCatalogue, readPublishedAdvisory } from './documents/published-advisory.ts';
import { publishedByLog } from './documents/case-folder.ts';
import { isMade, isTouched, newestFirst, numberIn, siteLists, touchedBy, touchedPaths } from './documents/site-files.ts';
import { csafDoubts, recordDoubts, rejections, strayRecords, type SiteDoubt } from './site-doubts.ts';
import { unreachableSitePage } from './documents/unreachable-page.ts';
import { catalogueEntry, yearOf, type CatalogueEntry } from './domain/catalogue.ts';
import { localDate } from './domain/instant.ts';
import type { FileWrite, Publication } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import { contentHash, inKeyOrder, stringsIn, type PublishedAdvisory } from './domain/publication.ts';
import type { Tree } from './domain/tree.ts';
import type { PublicListing } from './domain/unreachable.ts';
import type { Environment, SiteSince } from './environment.ts';
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

/** The lines that a text has and what is there has not, each with its neighbours, for a name may go on in the next line. What is there is public. */
function newLines(there: Uint8Array | undefined, text: string): string {
  const known = new Set(there === undefined ? [] : new TextDecoder().decode(there).split('\n'));
  const lines = text.split('\n');
  const isNew = lines.map((line) => !known.has(line));
  return lines.filter((_, index) => isNew[index - 1] === true || isNew[index] === true || isNew[index + 1] === true).join('\n');
}

const UNREACHABLE = (language: 'en' | 'ja'): string => `unreachable/${language}.html`;

/**
 * What a publication of one advisory writes and removes in the public repository: the advisory, and the lists that it was or will be on.
 * It reads the catalogues alone, however many advisories there are. besides: paths of what else is published of the advisory.
 */
export function sitePublication(env: Environment, session: Session, published: PublishedAdvisory, besides: readonly string[]): Required<Pick<Publication, 'files' | 'removed' | 'sources'>> {
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
  const changed = lists.filter((file) => differs(tree, file));
  return {
    files: [...publicFiles(published, besides, configuration), ...changed],
    sources: { texts: changed.map(({ path, text }) => ({ path, text: newLines(tree.read(path), text) })), of: new Set(changed.map(({ path }) => path)) },
    removed: touchedPaths(touched).filter((path) => !made.has(path) && tree.read(path) !== undefined),
  };
}

/** What is to be done at one path so that the site is what the advisories say; without a text, the file goes. */
export interface SiteChange {
  readonly path: string;
  readonly text?: string;
  /** It is made of the sources alone, and of words that ship with vcc. */
  readonly derived?: true;
}

/** A text that files are made of. */
export interface SiteSource {
  readonly source: FileWrite;
}

/** Something there that to build the site does not mend. */
export interface SiteDoubtful {
  readonly doubt: SiteDoubt;
  /** Pages are made of it, so that to go on would spread it. */
  readonly spreads: boolean;
}

/** A site as it stands, and how it gets to what it should be. */
export interface SiteBuild {
  readonly advisories: number;
  /** <year>/<number> of advisories that an earlier vcc published: they have no advisory.json, so their pages stay as they are and no list has them. */
  readonly withoutSource: readonly string[];
  /** One after the other, so that a site of any size fits into the memory. A source comes before what is made of it. */
  readonly changes: Iterable<SiteChange | SiteSource | SiteDoubtful>;
}

/** Names of the CSAF documents of an advisory: csaf/white/2014/jvn-61247051-ja.json */
const CSAF = /^csaf\/white\/[0-9]{4}\/[a-z0-9]+-([0-9]{8})(?:-ja)?\.json$/;
const CVE = /^cve\/(CVE-[0-9]{4}-[0-9]{4,19})\.json$/;
const CATALOGUE = /^[0-9]{4}\/index\.json$/;

/** What the pages show besides the advisories, where a change asks for all of them: the whole of vcc.yaml, for it changes seldom. */
export const siteInputs = ({ repository: { configuration } }: Session): string => JSON.stringify(configuration);

const folderIn = (path: string): string => path.slice(0, '2014/61247051'.length);

/**
 * Everything that differs between the public repository and what its advisory.json files and the list of unreachable developers make of
 * it. since: what changed since all of it was looked through, so that only that is looked at, and the lists that show it.
 */
export function buildSite(env: Environment, session: Session, listed: readonly PublicListing[] | undefined, { since, check = false }: { readonly since?: SiteSince | undefined; readonly check?: boolean } = {}): SiteBuild {
  const { tree } = publicTreeOf(env, session);
  // A list that never had anybody on it is not shown; one that nobody is on any more is.
  const listings = listed?.length === 0 && tree.read(UNREACHABLE('en')) === undefined ? undefined : listed;
  const paths = tree.files('').filter(({ kind }) => kind !== 'submodule').map(({ path }) => path);
  const known = new Set(paths);
  const besides = new Map<string, string[]>();
  for (const path of paths) {
    const [, number] = CSAF.exec(path) ?? [];
    if (number !== undefined) besides.set(number, [...(besides.get(number) ?? []), path]);
  }
  const folders = [...new Set(paths.flatMap((path) => (numberIn(path) === undefined ? [] : [folderIn(path)])))];
  const sources = folders.map((folder) => `${folder}/advisory.json`).filter((path) => known.has(path));
  const withoutSource = folders.filter((folder) => !known.has(`${folder}/advisory.json`));
  return { advisories: sources.length, withoutSource, changes: changesOf(env, session, { tree, paths, known, sources, besides, kept: new Set(withoutSource) }, listings, { since, check }) };
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

/** The catalogue as it was when all was looked through, by number, and the numbers of the advisories that something changed about since. */
function changedSince({ paths: changed, read }: SiteSince, paths: readonly string[], zone: string): { readonly before: ReadonlyMap<string, CatalogueEntry>; readonly due: ReadonlySet<string> } {
  const before = new Map<string, CatalogueEntry>();
  for (const path of new Set([...paths, ...changed].filter((each) => CATALOGUE.test(each)))) {
    const bytes = read(path);
    if (bytes !== undefined) for (const entry of readCatalogue(path, bytes, zone)) before.set(entry.number, entry);
  }
  const due = new Set(changed.flatMap((path) => numberIn(path) ?? CSAF.exec(path)?.[1] ?? []));
  const records = new Set(changed.flatMap((path) => CVE.exec(path)?.[1] ?? []));
  if (records.size > 0) for (const { number, cves } of before.values()) if (cves.some((cve) => records.has(cve))) due.add(number);
  return { before, due };
}

function* changesOf(env: Environment, session: Session, { tree, paths, known, sources, besides, kept }: Standing, listings: readonly PublicListing[] | undefined, { since, check }: { readonly since: SiteSince | undefined; readonly check: boolean }): Generator<SiteChange | SiteSource | SiteDoubtful> {
  const records = { known: new Set<string>(), rejected: check ? rejections(session) : new Map<string, string>() };
  const { zone, repository: { configuration } } = session;
  const { before, due } = since ? changedSince(since, paths, zone) : { before: new Map<string, CatalogueEntry>(), due: undefined };
  const made = new Set<string>();
  const years = new Map<string, CatalogueEntry[]>();
  const changed = function* (files: Iterable<FileWrite>, derived?: true): Generator<SiteChange> {
    for (const file of files) {
      made.add(file.path);
      if (differs(tree, file)) yield derived === undefined ? file : { ...file, derived };
    }
  };
  const toCompare = textsToCompare(session);
  yield { source: { path: 'vcc.yaml', text: strings([configuration.organisation, configuration.cna, configuration.public]) } };
  const looked: CatalogueEntry[] = [];
  for (const path of sources) {
    const number = numberIn(path) ?? '';
    const standing = due?.has(number) === false ? before.get(number) : undefined;
    let entry = standing;
    if (entry === undefined) {
      const published = readPublishedAdvisory(path, tree.read(path) ?? new Uint8Array(), zone);
      entry = catalogueEntry(published, zone);
      looked.push(entry, ...(before.has(number) ? [before.get(number) as CatalogueEntry] : []));
      const { isOurs, text } = toCompare(published);
      if (isOurs === false) yield { doubt: { path, what: `is not what ${number} was published with: its log names another text, or other updates` }, spreads: true };
      if (isOurs === undefined && check) yield { doubt: { path, what: `is of no case: there is no ${number} here` }, spreads: false };
      yield { source: { path, text } };
      if (check) for (const doubt of recordDoubts(tree, published, besides.get(number) ?? [], configuration, records)) yield { doubt, spreads: false };
      // A record in cve/ that is there may have been rejected since: it is not made of the advisory alone.
      yield* changed(publicFiles(published, besides.get(entry.number) ?? [], configuration).filter((file) => !file.path.startsWith('cve/') || !known.has(file.path)), true);
    }
    const ofYear = years.get(yearOf(entry)) ?? [];
    ofYear.push(entry);
    years.set(yearOf(entry), ofYear);
  }
  const gone = [...before.values()].filter(({ number }) => due?.has(number) === true);
  const touched = since && touchedBy([...looked, ...gone], since.paths);
  yield* changed(siteLists(newestFirst(years), { hasUnreachable: listings !== undefined, shipped: (path) => env.shipped(path) }, configuration, touched), true);
  if (listings !== undefined) yield* changed((['en', 'ja'] as const).map((language) => ({ path: UNREACHABLE(language), text: unreachableSitePage(listings, language, UNREACHABLE(language), configuration) })));
  if (check) for (const doubt of [...csafDoubts(tree, paths), ...strayRecords(tree, paths, records)]) yield { doubt, spreads: false };
  for (const path of paths) {
    const number = numberIn(path);
    const inScope = number === undefined ? touched === undefined || isTouched(path, touched) : due?.has(number) !== false;
    if (inScope && isMade(path) && !made.has(path) && !kept.has(folderIn(path))) yield { path };
  }
}

/** Every piece of text in it, each on a line of its own: the words of two that stand beside each other are found as well. */
const strings = (value: unknown): string => stringsIn(value).join('\n');

/**
 * What of an advisory.json is compared with what is sealed. Its content was compared when it was published, and people approved it: where
 * the log of its case names the hash of the very same content, and the same dates and updates, nothing is left. All else is compared, for
 * it came by another way. isOurs is missing where there is no such case.
 */
function textsToCompare({ repository }: Session): (published: PublishedAdvisory) => { readonly text: string; readonly isOurs?: boolean } {
  const folders = new Map(repository.caseFolders().map(({ number, folder }) => [number, folder]));
  return ({ advisory, dates }) => {
    const folder = folders.get(advisory.number);
    const said = folder === undefined ? undefined : publishedByLog(repository.tree, folder);
    const isOurs = folder === undefined ? undefined : said?.text === contentHash(advisory) && JSON.stringify(said.dates, inKeyOrder) === JSON.stringify(dates, inKeyOrder);
    return { text: isOurs === true ? '' : strings([advisory, dates.updates.map(({ summary }) => summary)]), ...(isOurs === undefined ? {} : { isOurs }) };
  };
}
