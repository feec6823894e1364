import { readPurl } from '../domain/package-url.ts';

/** A package in the words of the place that hands it out. */
interface CollectedPackage {
  /** What OSV calls the ecosystem (OSV schema, affected[].package). */
  readonly ecosystem: string;
  /** What CVE records call it (CVE JSON 5.1, collectionURL). */
  readonly collection: string;
  readonly name: string;
}

/**
 * Where packages of a type come from: its name for OSV, its address for CVE records. Types of which OSV wants the release of a
 * distribution or an address of the source, which no package URL without qualifiers says, are not here (ecosystems of OSV, 2025).
 */
const COLLECTIONS: Readonly<Partial<Record<string, Omit<CollectedPackage, 'name'> & { readonly between?: string; readonly namespace?: string }>>> = {
  cargo: { ecosystem: 'crates.io', collection: 'https://crates.io' },
  composer: { ecosystem: 'Packagist', collection: 'https://packagist.org' },
  deb: { ecosystem: 'Debian', collection: 'https://packages.debian.org', namespace: 'debian' },
  gem: { ecosystem: 'RubyGems', collection: 'https://rubygems.org' },
  golang: { ecosystem: 'Go', collection: 'https://pkg.go.dev' },
  hackage: { ecosystem: 'Hackage', collection: 'https://hackage.haskell.org' },
  hex: { ecosystem: 'Hex', collection: 'https://repo.hex.pm' },
  maven: { ecosystem: 'Maven', collection: 'https://repo.maven.apache.org/maven2', between: ':' },
  npm: { ecosystem: 'npm', collection: 'https://registry.npmjs.org' },
  nuget: { ecosystem: 'NuGet', collection: 'https://nuget.org/packages' },
  pub: { ecosystem: 'Pub', collection: 'https://pub.dev' },
  pypi: { ecosystem: 'PyPI', collection: 'https://pypi.python.org' },
};

/** The package of a package URL in its collection; undefined where it has none that is known here. */
export function collectedPackage(purl: string | undefined): CollectedPackage | undefined {
  const named = purl === undefined ? '' : readPurl(purl);
  if (typeof named === 'string') return undefined;
  const known = Object.hasOwn(COLLECTIONS, named.type) ? COLLECTIONS[named.type] : undefined;
  if (known === undefined) return undefined;
  const { ecosystem, collection, between = '/', namespace } = known;
  // A distribution is no part of the name.
  if (namespace !== undefined) return named.namespace === namespace ? { ecosystem, collection, name: named.name } : undefined;
  return { ecosystem, collection, name: named.namespace === '' ? named.name : `${named.namespace}${between}${named.name}` };
}
