import { createHash } from 'node:crypto';
import { formatInstant, type Instant } from '../domain/instant.ts';
import type { FileWrite } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import { inKeyOrder } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { csafPath, publicBase, publisherOf, type CsafDocument } from './csaf.ts';

/** Files of the public repository that a publication adds to. */
export const CSAF_FEED = 'csaf/white/csaf-feed-tlp-white.json';
export const CSAF_KEYS = 'csaf/openpgp';
export const SECURITY_TXT = '.well-known/security.txt';

/** What the public repository holds of earlier publications. */
export interface EarlierCsaf {
  /** The ROLIE feed: it names every document with its dates, so that thousands of them need not be read again. */
  readonly feed?: string | undefined;
  readonly securityTxt?: string | undefined;
  /** Fingerprints of the keys that are there. */
  readonly keys: readonly string[];
}

/** A document that a feed lists. */
export interface PublishedCsaf {
  /** <year>/<name>.json, from csaf/white/ */
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly published: string;
  readonly updated: string;
}

export interface CsafPublication {
  readonly files: readonly FileWrite[];
  /** Of these, the ones that get a signature beside them. */
  readonly signed: readonly string[];
}

export const WHITE = 'csaf/white/';
/** Sorted, as the optional test 6.2.13 has it. */
export const csafText = (content: object): string => `${JSON.stringify(content, inKeyOrder, 2)}\n`;
const newestFirst = (a: PublishedCsaf, b: PublishedCsaf): number => (a.updated !== b.updated ? (a.updated < b.updated ? 1 : -1) : a.path < b.path ? -1 : 1);

/**
 * The documents with all that a CSAF trusted provider has around them (CSAF 2.0, 7.1 and 7.2.3): hashes, index, changes, ROLIE feed,
 * metadata and key. `at` is when this publication is made; `key` signs it.
 */
export function csafFiles(
  documents: readonly CsafDocument[],
  earlier: EarlierCsaf,
  { at, key }: { readonly at: Instant; readonly key: { readonly fingerprint: string; readonly armored: string } },
  configuration: Configuration,
): CsafPublication {
  const moment = formatInstant(at, 'UTC').replace('+00:00', 'Z');
  const written = documents.map((document) => ({ document, path: csafPath(document), text: csafText(document) }));
  const known = new Map(publishedCsaf(earlier.feed).map((entry) => [entry.path, entry]));
  for (const { document: { document: { title, tracking } }, path } of written) {
    const entry = { path: path.slice(WHITE.length), id: tracking.id, title, published: tracking.initial_release_date, updated: tracking.current_release_date };
    known.set(entry.path, entry);
  }
  const all = [...known.values()].sort(newestFirst);
  const metadata = csafText(providerMetadata(configuration, moment, [...new Set([...earlier.keys, key.fingerprint])].sort()));
  const files = [
    ...written.flatMap(({ path, text }) => [{ path, text }, ...(['sha256', 'sha512'] as const).map((hash) => ({ path: `${path}.${hash}`, text: csafHashFile(hash, path, text) }))]),
    { path: `${WHITE}index.txt`, text: all.map(({ path }) => `${path}\n`).sort().join('') },
    { path: `${WHITE}changes.csv`, text: all.map(({ path, updated }) => `"${path}","${updated}"\n`).join('') },
    { path: CSAF_FEED, text: csafText(rolieFeed(all, moment, configuration)) },
    { path: 'csaf/provider-metadata.json', text: metadata },
    { path: `${CSAF_KEYS}/${key.fingerprint}.asc`, text: key.armored },
    ...wellKnown(metadata, earlier, at, configuration),
  ];
  return { files, signed: written.map(({ path }) => path) };
}

/** As sha256sum writes it, so that sha256sum -c reads it beside the document. */
export const csafHashFile = (hash: 'sha256' | 'sha512', path: string, text: string): string => `${createHash(hash).update(text).digest('hex')}  ${path.slice(path.lastIndexOf('/') + 1)}\n`;

/** What the feed lists, if there is one; the address before <year>/<name>.json may be one that was left since. */
export function publishedCsaf(feed: string | undefined): PublishedCsaf[] {
  if (feed === undefined) return [];
  try {
    const { entry: entries } = (JSON.parse(feed) as { feed: { entry: readonly { id: string; title: string; published: string; updated: string; content: { src: string } }[] } }).feed;
    return entries.map(({ id, title, published, updated, content }) => {
      const [path] = /[0-9]{4}\/[+\-_a-z0-9]+\.json$/.exec(content.src) ?? [];
      if (path === undefined) throw new TypeError(`no document: ${content.src}`);
      return { path, id, title, published, updated };
    });
  } catch (cause) {
    // Of its own files vcc writes nothing else; it was changed or is half merged.
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
    throw refusal('csaf-feed', `${CSAF_FEED} of the public repository cannot be read: ${cause.message}`, 'Bring it back from its history (git log there), so that no earlier document is lost from the index.');
  }
}

/** RFC 8322, and CSAF 2.0, 7.1.15. */
function rolieFeed(all: readonly PublishedCsaf[], updated: string, configuration: Configuration): object {
  const white = `${publicBase(configuration)}/${WHITE}`;
  return {
    feed: {
      id: 'csaf-feed-tlp-white',
      title: `${inLanguage(configuration.organisation.name, 'en')}: CSAF, TLP:WHITE`,
      link: [{ rel: 'self', href: `${publicBase(configuration)}/${CSAF_FEED}` }],
      category: [{ scheme: 'urn:ietf:params:rolie:category:information-type', term: 'csaf' }],
      updated,
      entry: all.map((entry) => {
        const src = `${white}${entry.path}`;
        return {
          id: entry.id,
          title: entry.title,
          link: [
            { rel: 'self', href: src },
            { rel: 'hash', href: `${src}.sha256` },
            { rel: 'hash', href: `${src}.sha512` },
            { rel: 'signature', href: `${src}.asc` },
          ],
          published: entry.published,
          updated: entry.updated,
          content: { type: 'application/json', src },
          format: { schema: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json', version: '2.0' },
        };
      }),
    },
  };
}

function providerMetadata(configuration: Configuration, last_updated: string, keys: readonly string[]): object {
  const base = publicBase(configuration);
  return {
    canonical_url: `${base}/csaf/provider-metadata.json`,
    distributions: [{ directory_url: `${base}/${WHITE}` }, { rolie: { feeds: [{ summary: 'All advisories', tlp_label: 'WHITE', url: `${base}/${CSAF_FEED}` }] } }],
    last_updated,
    list_on_CSAF_aggregators: true,
    metadata_version: '2.0',
    mirror_on_CSAF_aggregators: true,
    public_openpgp_keys: keys.map((fingerprint) => ({ fingerprint, url: `${base}/${CSAF_KEYS}/${fingerprint}.asc` })),
    publisher: publisherOf('en', configuration),
    role: 'csaf_trusted_provider',
  };
}

/** Nobody looks for them below a path: where public.url has one, they are for whoever owns the root of the host to write. */
function wellKnown(metadata: string, { securityTxt }: EarlierCsaf, at: Instant, configuration: Configuration): FileWrite[] {
  if (new URL(publicBase(configuration)).pathname !== '/') return [];
  const text = securityText(securityTxt, at, configuration);
  return [{ path: '.well-known/csaf/provider-metadata.json', text: metadata }, ...(text === undefined ? [] : [{ path: SECURITY_TXT, text }])];
}

/** RFC 9116 recommends less than a year. */
const GOOD_FOR = 364 * 24 * 60 * 60_000;

/** RFC 9116: of a file that somebody wrote, all but the date stays; undefined where it is signed, for then nothing may change. */
function securityText(earlier: string | undefined, at: Instant, configuration: Configuration): string | undefined {
  const base = publicBase(configuration);
  const csaf = `CSAF: ${base}/csaf/provider-metadata.json`;
  const expires = `Expires: ${formatInstant(at + GOOD_FOR, 'UTC').replace('+00:00', 'Z')}`;
  if (earlier === undefined) {
    return [`Contact: mailto:${configuration.organisation.email}`, expires, 'Preferred-Languages: en, ja', `Canonical: ${base}/${SECURITY_TXT}`, csaf, ''].join('\n');
  }
  if (earlier.startsWith('-----BEGIN PGP SIGNED MESSAGE-----')) return undefined;
  const kept = earlier.split(/\r?\n/).filter((line) => line !== '' && line !== csaf && !/^Expires:/i.test(line));
  return [...kept, expires, csaf, ''].join('\n');
}
