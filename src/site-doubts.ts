import { csafDocument, csafPath } from './documents/csaf.ts';
import { CSAF_FEED, csafHashFile, csafText, publishedCsaf, WHITE } from './documents/csaf-provider.ts';
import { rejectedRecord } from './documents/cve-rejection.ts';
import { readLedger } from './documents/cve-file.ts';
import { publicFiles } from './documents/public-files.ts';
import type { PublishedAdvisory } from './domain/publication.ts';
import type { Tree } from './domain/tree.ts';
import type { Configuration } from './generated/documents.ts';
import type { Session } from './session.ts';

/** A file of the public repository that is not what was published, and that no page is made of, so that to build the site cannot mend it. */
export interface SiteDoubt {
  readonly path: string;
  readonly what: string;
}

const HASHES = ['sha256', 'sha512'] as const;
const DOCUMENT = /^csaf\/white\/([0-9]{4}\/[+\-_a-z0-9]+\.json)$/;

const textOf = (tree: Tree, path: string): string | undefined => {
  const bytes = tree.read(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
};

/** The CSAF documents and CVE records of an advisory, as far as they are there: what they say must be what the advisory says. known gets their paths. */
export function* recordDoubts(tree: Tree, published: PublishedAdvisory, besides: readonly string[], configuration: Configuration, { rejected, known }: { readonly rejected: ReadonlyMap<string, string>; readonly known: Set<string> }): Generator<SiteDoubt> {
  const expected = new Map<string, string>();
  const { advisory, dates } = published;
  for (const document of configuration.public?.csaf === true ? (['en', 'ja'] as const).flatMap((language) => csafDocument(advisory, language, dates, configuration) ?? []) : []) expected.set(csafPath(document), csafText(document));
  for (const { path, text } of publicFiles(published, besides, configuration)) if (path.startsWith('cve/')) expected.set(path, text);
  for (const [path, text] of expected) {
    known.add(path);
    const there = textOf(tree, path);
    if (there !== undefined && there !== (rejected.get(path) ?? text)) yield { path, what: 'is not what the advisory says' };
  }
}

/** The records of ids that are rejected, by their paths. */
export function rejections({ repository: { tree, configuration: { cna } } }: Session): ReadonlyMap<string, string> {
  const { records } = readLedger(tree);
  return new Map(cna === undefined ? [] : records.filter(({ file }) => file.state === 'rejected').map(({ file }) => [`cve/${file.cve}.json`, rejectedText(file.cve, cna, file)]));
}

/** Records and documents of no advisory. known: the paths of those of the advisories. */
export function* strayRecords(tree: Tree, paths: readonly string[], { rejected, known }: { readonly rejected: ReadonlyMap<string, string>; readonly known: ReadonlySet<string> }): Generator<SiteDoubt> {
  for (const path of paths) {
    if (known.has(path) || !(path.startsWith('cve/') || DOCUMENT.test(path))) continue;
    const right = rejected.get(path);
    if (right === undefined) yield { path, what: 'is of no advisory' };
    else if (textOf(tree, path) !== right) yield { path, what: 'is not the rejection that the ledger has' };
  }
}

const rejectedText = (cve: string, cna: NonNullable<Configuration['cna']>, { reason = '', replacedBy }: { readonly reason?: string; readonly replacedBy?: readonly string[] }): string => `${JSON.stringify(rejectedRecord(cve, cna, { reason, replacedBy }), null, 2)}\n`;

/** What stands around the CSAF documents (CSAF 2.0, 7.1): hashes and signatures of each, and that the index, the changes and the feed name them all. */
export function* csafDoubts(tree: Tree, paths: readonly string[]): Generator<SiteDoubt> {
  const there = new Set(paths);
  const documents = paths.flatMap((path) => DOCUMENT.exec(path)?.[1] ?? []);
  for (const name of documents) {
    const path = `${WHITE}${name}`;
    const text = textOf(tree, path) ?? '';
    for (const hash of HASHES) if (textOf(tree, `${path}.${hash}`) !== csafHashFile(hash, path, text)) yield { path: `${path}.${hash}`, what: there.has(`${path}.${hash}`) ? 'is not the hash of the document' : 'is missing' };
    if (!there.has(`${path}.asc`)) yield { path: `${path}.asc`, what: 'is missing: nobody can tell that the document is ours' };
  }
  const listed = publishedCsaf(textOf(tree, CSAF_FEED)).map(({ path }) => path);
  const lists: readonly (readonly [path: string, names: readonly string[]])[] = [
    [CSAF_FEED, listed],
    [`${WHITE}index.txt`, (textOf(tree, `${WHITE}index.txt`) ?? '').split('\n').filter((line) => line !== '')],
    [`${WHITE}changes.csv`, [...(textOf(tree, `${WHITE}changes.csv`) ?? '').matchAll(/^"([^"]*)"/gm)].map(([, name = '']) => name)],
  ];
  for (const [path, names] of lists) {
    const known = new Set(names);
    const missing = documents.filter((name) => !known.has(name));
    const gone = names.filter((name) => !there.has(`${WHITE}${name}`));
    if (missing.length > 0) yield { path, what: `does not name ${missing.slice(0, 3).join(', ')}${missing.length > 3 ? ' ...' : ''}` };
    if (gone.length > 0) yield { path, what: `names ${gone.slice(0, 3).join(', ')}${gone.length > 3 ? ' ...' : ''}, which is not there` };
  }
}
