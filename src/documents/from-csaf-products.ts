import type { Part } from './document-part.ts';
import { purlIn } from './foreign-document.ts';
import { mayFix, NOT_STATED, notKnown, oneVersion, rangesOf, type ForeignProduct, type ForeignVersion } from './foreign-versions.ts';

/** A product by its id: the branches that lead to it. */
export interface CsafTreeProduct {
  readonly vendor?: string;
  readonly name?: string;
  /** At the end of its branch. */
  readonly version?: { readonly text: string; readonly isRange: boolean };
  /** For a person, with all of it. */
  readonly fullName: string;
  readonly purl?: string;
}

/** Branches beside vendor, name and version that tell products apart; their names are told with that of the product. */
const DETAILS: ReadonlySet<string> = new Set(['architecture', 'host_name', 'language', 'legacy', 'patch_level', 'platform', 'product_family', 'service_pack', 'specification']);
/** No product is made of more parts in parts. */
const DEEPEST = 10;
// Of schemas/common.schema.json.
const LONGEST_LINE = 500;
const MOST_VERSIONS = 200;
const MOST_RELEASES = 50;

/** Every product that the tree defines. An id that is defined twice, or stands for itself, is a finding. */
export function csafTree(tree: Part | undefined): ReadonlyMap<string, CsafTreeProduct> {
  const products = new Map<string, CsafTreeProduct>();
  if (tree === undefined) return products;
  const define = (at: Part, about: Omit<CsafTreeProduct, 'fullName' | 'purl'>): void => {
    const id = at.needed('product_id');
    const helper = at.part('product_identification_helper');
    const purl = helper && (helper.has('purls') ? firstPurl(helper) : purlIn(helper, 'purl'));
    // CSAF 2.0, mandatory test 6.1.2.
    if (products.has(id)) at.object('product_id', 'is the id of another product too');
    products.set(id, { ...about, fullName: at.line('name') ?? id, ...(purl === undefined ? {} : { purl }) });
  };
  const walk = (branch: Part, above: Omit<CsafTreeProduct, 'fullName' | 'purl'>, details: readonly string[]): void => {
    const category = branch.needed('category');
    const name = branch.line('name') ?? '';
    const here = { ...above };
    let below = details;
    if (category === 'vendor') Object.assign(here, { vendor: name });
    else if (category === 'product_name') Object.assign(here, { name });
    else if (category === 'product_version' || category === 'product_version_range') Object.assign(here, { version: { text: name, isRange: category === 'product_version_range' } });
    else if (DETAILS.has(category)) below = [...details, name];
    else branch.leave('category', 'no category of CSAF');
    const product = branch.part('product');
    if (product) define(product, { ...here, ...(here.name === undefined || below.length === 0 ? {} : { name: fitting(`${here.name} (${below.join(', ')})`, here.name) }) });
    for (const inner of branch.parts('branches')) walk(inner, here, below);
  };
  for (const branch of tree.parts('branches')) walk(branch, {}, []);
  for (const product of tree.parts('full_product_names')) define(product, {});
  related(tree, products);
  return products;
}

const fitting = (long: string, short: string): string => (long.length <= LONGEST_LINE ? long : short);

function firstPurl(helper: Part): string | undefined {
  const [purl, ...others] = helper.lines('purls');
  if (others.length > 0) helper.leave('purls', 'more than one package URL');
  return purl === undefined ? undefined : /^(pkg:[a-z][a-z0-9.+-]*\/[^?#@]+)/.exec(purl)?.[1];
}

/** A product with another one: it is the component that has the flaw, in or on the other. */
function related(tree: Part, products: Map<string, CsafTreeProduct>): void {
  interface Pair { readonly at: Part; readonly of: string; readonly on: string; readonly how: string; readonly whole: Part | undefined }
  const pairs = new Map<string, Pair>();
  for (const at of tree.parts('relationships')) {
    const whole = at.part('full_product_name');
    const id = whole?.needed('product_id') ?? '';
    if (whole === undefined) at.object('full_product_name', 'is missing');
    if (products.has(id) || pairs.has(id)) at.object('full_product_name', 'has the id of another product');
    pairs.set(id, { at, of: at.needed('product_reference'), on: at.needed('relates_to_product_reference'), how: (at.line('category') ?? 'with').replaceAll('_', ' '), whole });
  }
  const failed = new Set<string>();
  const resolve = (id: string, depth: number): CsafTreeProduct | undefined => {
    const known = products.get(id);
    const pair = known === undefined && !failed.has(id) ? pairs.get(id) : undefined;
    if (pair === undefined) return known;
    const [of, on] = depth < DEEPEST ? [resolve(pair.of, depth + 1), resolve(pair.on, depth + 1)] : [];
    if (of === undefined || on === undefined) {
      failed.add(id);
      return undefined;
    }
    const fullName = pair.whole?.line('name') ?? id;
    const product: CsafTreeProduct = { ...of, name: fitting(`${of.name ?? of.fullName} (${pair.how} ${on.fullName})`, fullName), fullName };
    products.set(id, product);
    return product;
  };
  // Mandatory test 6.1.3: none is made of itself.
  for (const [id, { at }] of pairs) if (resolve(id, 0) === undefined) at.object('product_reference', 'leads to no product, or back to itself');
}

/** What the status lists of all vulnerabilities say of a product together. */
export interface CsafStatuses {
  /** Whether they say anything; if not, the document speaks of every product of its tree. */
  readonly any: boolean;
  readonly affected: ReadonlySet<string>;
  readonly notKnown: ReadonlySet<string>;
  readonly fixed: ReadonlySet<string>;
  /** Words of the vendor's fixes, by product. */
  readonly fixes: ReadonlyMap<string, readonly string[]>;
  /** The CVE ids of which each is said, by product; undefined for all of the document. */
  readonly cves: Readonly<Record<'affected' | 'notKnown', ReadonlyMap<string, string[] | undefined>>>;
}

/** The products of the case: what is affected, with the release that fixes it, and what may be. */
export function csafProductsOf(tree: ReadonlyMap<string, CsafTreeProduct>, statuses: CsafStatuses): ForeignProduct[] {
  const keyOf = ({ vendor, name }: CsafTreeProduct): string => JSON.stringify([vendor, name]);
  const releases = new Map<string, string[]>();
  const affectedOf = new Map<string, number>();
  const looked = new Map<string, number>();
  for (const [id, product] of tree) {
    const key = keyOf(product);
    if (statuses.fixed.has(id) && product.version?.isRange === false && !statuses.affected.has(id)) {
      const known = releases.get(key) ?? [];
      known.push(product.version.text);
      releases.set(key, known);
    }
    if (statuses.affected.has(id)) affectedOf.set(key, (affectedOf.get(key) ?? 0) + 1);
  }
  return [...tree].flatMap(([id, product]): ForeignProduct[] => {
    const { vendor, name, version, fullName, purl } = product;
    const isAffected = statuses.affected.has(id) || !statuses.any;
    if (!isAffected && !statuses.notKnown.has(id)) return [];
    // A vendor without a product stands for its statement.
    if (vendor !== undefined && name === undefined && version === undefined) return [];
    const found: ForeignVersion[] = version === undefined ? [NOT_STATED] : version.isRange ? rangesOf(version.text) : [oneVersion(version.text, undefined)];
    const key = keyOf(product);
    const count = (looked.get(key) ?? 0) + 1;
    looked.set(key, count);
    // A hostile tree has as many of both as fit into it, and would be compared for hours.
    const known = count > MOST_VERSIONS ? [] : (releases.get(key) ?? []).slice(0, MOST_RELEASES);
    const versions = isAffected ? found.map((one) => withFix(one, known, statuses.fixes.get(id) ?? [], affectedOf.get(key) === 1)) : found.map(({ words }) => notKnown(words));
    const cves = statuses.cves[isAffected ? 'affected' : 'notKnown'].get(id);
    return [{ vendor, name: name ?? fullName, versions, ...(cves === undefined ? {} : { cves }), ...(purl === undefined ? {} : { purl }) }];
  });
}

/** The release that the vendor's fix names, else the one with which the range ends, else the only one there is. */
function withFix(version: ForeignVersion, releases: readonly string[], fixes: readonly string[], alone: boolean): ForeignVersion {
  const { range } = version;
  if (range === undefined) return version;
  const named = releases.filter((release) => fixes.some((text) => names(text, release)));
  const likely = releases.find((release) => release === range.before) ?? (alone && releases.length === 1 ? releases[0] : undefined);
  const fixed = named.length === 1 ? named[0] : likely !== undefined && mayFix(range, likely) ? likely : undefined;
  return fixed === undefined ? version : { ...version, range: { ...range, fixed } };
}

/** Whether a text has the version for itself, and not as a part of another one. */
function names(text: string, version: string): boolean {
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    if (!/[\w.-]$/.test(text.slice(Math.max(0, at - 1), at)) && !/^(?:[\w-]|[.+~]\w)/.test(text.slice(at + version.length))) return true;
  }
  return false;
}
