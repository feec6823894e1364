// The only import of packageurl-js. It reads what is no canonical form without a word (Foo_Bar for foo-bar of PyPI), and scanners
// compare package URLs letter by letter: so the form is checked here too.
import { PackageURL } from 'packageurl-js';
import type { VersionRange } from '../generated/documents.ts';

/** A package of some ecosystem, with what was percent-encoded spelt out. */
export interface PackageName {
  readonly type: string;
  /** Of Maven the group, of Go the path before the name, of Debian packages the distribution; empty where the type has none. */
  readonly namespace: string;
  readonly name: string;
}

/** The canonical form of a package URL, letter for letter what scanners look for; undefined for what names no package of all versions. */
export function canonicalPurl(purl: string): string | undefined {
  try {
    const read = PackageURL.fromString(purl);
    const canonical = read.toString();
    return typeof readPurl(canonical) === 'string' ? undefined : canonical;
  } catch {
    // No package URL: readPurl says why.
    return undefined;
  }
}

/** The package that a package URL names, or what is wrong with it, as a phrase (package URL specification). */
export function readPurl(purl: string): PackageName | string {
  try {
    const read = PackageURL.fromString(purl);
    const canonical = read.toString();
    if ((read.version ?? read.qualifiers ?? read.subpath ?? undefined) !== undefined) return 'a package URL here names a package of all versions, without @, ? and #';
    return canonical === purl ? { type: read.type, namespace: read.namespace ?? '', name: read.name } : `${JSON.stringify(purl)} is written ${canonical}`;
  } catch (problem) {
    return `${JSON.stringify(purl)} is no package URL: ${problem instanceof Error ? problem.message : String(problem)}`;
  }
}

/** Types whose versions have an order of their own; those of every other one are at best semantic versions. */
const SCHEMES: Readonly<Partial<Record<string, readonly VersionRange['scheme'][]>>> = { deb: ['deb'], maven: ['maven'], npm: ['npm', 'semver'], pypi: ['pypi'], rpm: ['rpm'] };

/** Whether versions of this type of package can be in the order of the scheme; custom fits every type. */
export const fitsScheme = ({ type }: PackageName, scheme: VersionRange['scheme']): boolean => scheme === 'custom' || (SCHEMES[type] ?? ['semver']).includes(scheme);

/** The schemes that fit the type, as a phrase. */
export const schemesOf = ({ type }: PackageName): string => [...(SCHEMES[type] ?? ['semver']), 'custom'].join(' or ');
