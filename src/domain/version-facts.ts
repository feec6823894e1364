import type { CaseState } from './case-state.ts';
import type { AdvisoryText, CaseRecord } from './case.ts';
import { LANGUAGES, numbersIn, readLines, titleLine, withoutIds, type Parting, type ReadLine } from './advisory-lines.ts';
import type { Product, VersionRange } from '../generated/documents.ts';

type Facts = Pick<CaseRecord, 'file' | 'advisories'>;

/**
 * Products of which the text itself has to speak. Those downstream stand in the table of vendors, and one of a vendor that says
 * that it is not affected stays in case.md as what was reported.
 */
export const toldProducts = ({ file }: Facts, { vendors }: CaseState): Product[] =>
  file.products.filter(({ registry }) => {
    const vendor = registry === undefined ? undefined : vendors.get(registry);
    return vendor?.role !== 'downstream' && vendor?.status?.entry.status !== 'not-affected';
  });

const bounds = ({ exact, from, before, through, fixed }: VersionRange): string[] => [exact, from, before, through, fixed].filter((version) => version !== undefined);
/** Without a fix beyond the end that is said: the affected versions can be told without it. */
const ends = ({ exact, from, before, through, fixed }: VersionRange): string[] => [exact, from, before, through, before === undefined && through === undefined ? fixed : undefined].filter((version) => version !== undefined);

/** A number beside a word that makes it the bound of a range, in both languages. */
const NUMBER = String.raw`(?<![\d.])\d+(?:\.\d+)*(?:[a-z]{1,2}(?![a-z0-9]))?`;
const LEAD = String.raw`(?:versions? |ver\.? ?|v\.? ?|バージョン ?)?`;
const BOUNDS = [
  String.raw`(?<a>${NUMBER}),? (?:and|or) (?:earlier|prior|older|below|later|newer)\b`,
  String.raw`\b(?:prior to|earlier than|older than|up to) ${LEAD}(?<a>${NUMBER})`,
  String.raw`(?<a>${NUMBER}) (?:to|through) ${LEAD}(?<b>${NUMBER})`,
  String.raw`(?<a>${NUMBER}) ?(?:(?:および|及び)? ?それ以前|以前|より前|未満|以降|まで)`,
  String.raw`(?<a>${NUMBER}) ?から ?${LEAD}(?<b>${NUMBER})`,
].map((form) => new RegExp(form, 'g'));

const boundsIn = (text: string): string[] => BOUNDS.flatMap((form) => [...text.matchAll(form)].flatMap(({ groups }) => [groups?.['a'], groups?.['b']].filter((found) => found !== undefined)));

/** The first version behind the name of a product on a line. */
function versionOf(text: string, products: readonly Product[]): string | undefined {
  const lower = text.toLowerCase();
  const named = products.map(({ name }) => name.normalize('NFKC').toLowerCase()).filter((name) => lower.includes(name)).sort((a, b) => b.length - a.length)[0];
  if (named === undefined) return undefined;
  return numbersIn(withoutIds(lower.slice(lower.indexOf(named) + named.length)))[0];
}

/** Versions of the case that a text leaves out, versions that a text gives and the case does not know, and words of the case that its ranges contradict. */
export function* versionPartings(record: Facts & Pick<CaseRecord, 'folder' | 'where'>, state: CaseState): Iterable<Parting> {
  yield* wordsAndRanges(record);
  const { products } = record.file;
  const known = new Set([
    ...products.flatMap(({ name, versions, ranges = [] }) => [name, ...versions, ...ranges.flatMap(bounds)].flatMap(numbersIn)),
    ...state.remediations.flatMap(({ entry }) => (entry.versions ?? []).flatMap(numbersIn)),
  ]);
  if (record.advisories.en !== undefined) yield* inDescriptions(record.advisories.en, known);
  for (const language of LANGUAGES) {
    const advisory = record.advisories[language];
    const affected = advisory === undefined ? [] : readLines(advisory, 'affected');
    if (advisory === undefined || affected.length === 0) continue;
    yield* unknown(advisory, affected, products, known);
    yield* leftOut(advisory, affected[0], toldProducts(record, state));
  }
}

/** The page has the words of the vendor and the CVE record the ranges: where the words have a bound that no range has, they tell two flaws. */
function* wordsAndRanges({ file, folder, where }: Pick<CaseRecord, 'file' | 'folder' | 'where'>): Iterable<Parting> {
  for (const [index, { name, versions, ranges = [] }] of file.products.entries()) {
    const ranged = new Set(ranges.flatMap(bounds).flatMap(numbersIn));
    const said = [...new Set(versions.flatMap((version) => boundsIn(withoutIds(version).toLowerCase())))];
    // A number without a dot may count builds, which ranges do not have to.
    const strange = said.filter((version) => version.includes('.') && !ranged.has(version));
    if (ranges.length > 0 && strange.length > 0) yield { file: `${folder}/case.md`, ...where('products', index, 'versions'), sure: true, message: `${name}: the words say ${strange.join(', ')}, and no range has it` };
  }
}

/** What the CVE records say is written beside the text, and is as easily left behind. */
function* inDescriptions({ path, header, where }: AdvisoryText, known: ReadonlySet<string>): Iterable<Parting> {
  const descriptions = [...(header.cveDescription === undefined ? [] : [[['cveDescription'], header.cveDescription] as const]), ...Object.entries(header.cveDescriptions ?? {}).map(([cve, text]) => [['cveDescriptions', cve], text] as const)];
  for (const [place, text] of descriptions) {
    const strange = [...new Set(boundsIn(withoutIds(text).toLowerCase()))].filter((version) => !known.has(version));
    for (const version of strange) yield { file: path, ...where(...place), sure: true, message: `${place.join(' ')} gives ${version} as an affected version, and no product in case.md has it` };
  }
}

function* unknown({ path }: AdvisoryText, affected: readonly ReadLine[], products: readonly Product[], known: ReadonlySet<string>): Iterable<Parting> {
  for (const { text, line, column } of affected) {
    const words = withoutIds(text).toLowerCase();
    // A line may begin with the series and go on with the version: 1.0.1 系列のうち 1.0.1g.
    const said = numbersIn(words).some((number) => number.includes('.') && known.has(number)) ? undefined : versionOf(text, products);
    const strange = [...new Set([...boundsIn(words), ...(said?.includes('.') === true ? [said] : [])])].filter((version) => !known.has(version));
    for (const version of strange) yield { file: path, line, column: Math.max(text.toLowerCase().indexOf(version) + 1, column), sure: true, message: `${version} stands here as an affected version, and no product in case.md has it` };
  }
}

/** More would hide the rest. */
const MOST_NAMED = 3;

function* leftOut(advisory: AdvisoryText, at: ReadLine | undefined, products: readonly Product[]): Iterable<Parting> {
  const said = new Set([titleLine(advisory), ...readLines(advisory)].flatMap(({ text }) => numbersIn(withoutIds(text))));
  const lacks = (version: string): boolean => numbersIn(withoutIds(version)).some((number) => !said.has(number));
  const missing = products.flatMap(({ name, versions, ranges }) => {
    const words = versions.filter(lacks);
    // The text may give the versions in the vendor's words or as the ranges have them.
    return words.length === 0 || (ranges !== undefined && !ranges.flatMap(ends).some(lacks)) ? [] : words.map((version) => `${name} ${version}`);
  });
  const place = { file: advisory.path, line: at?.line ?? 1, column: at?.column ?? 1, sure: false };
  if (missing.length > 0) yield { ...place, message: `the text leaves out what case.md has: ${missing.slice(0, MOST_NAMED).join('; ')}${missing.length > MOST_NAMED ? `; and ${missing.length - MOST_NAMED} more` : ''}` };
  const [solution] = readLines(advisory, 'solution');
  const fixes = [...new Set(products.flatMap(({ ranges = [] }) => ranges.flatMap(({ fixed }) => fixed ?? [])))].filter(lacks);
  if (solution !== undefined && fixes.length > 0) yield { ...place, line: solution.line, column: solution.column, message: `the text leaves out where it is fixed, as case.md has it: ${fixes.slice(0, MOST_NAMED).join(', ')}` };
}
