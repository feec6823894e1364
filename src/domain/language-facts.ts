import { LANGUAGES, numbersIn, readLines, titleLine, withoutIds, type Parting, type ReadLine } from './advisory-lines.ts';
import type { AdvisoryText, CaseRecord, SectionId } from './case.ts';
import { cvesIn, vectorsIn } from './id-facts.ts';

type Facts = Pick<CaseRecord, 'file' | 'advisories'>;

const versionsIn = (lines: readonly ReadLine[]): Set<string> => new Set(lines.flatMap(({ text }) => numbersIn(withoutIds(text))).filter((number) => number.includes('.')));

/** What both texts have to give alike, and in which sections. */
const SAME: readonly { readonly what: string; readonly sections: readonly SectionId[]; readonly of: (lines: readonly ReadLine[]) => Set<string> }[] = [
  { what: 'affected versions', sections: ['affected'], of: versionsIn },
  { what: 'versions in the solution', sections: ['solution'], of: versionsIn },
  { what: 'CVE ids', sections: [], of: cvesIn },
  { what: 'CVSS vectors', sections: [], of: vectorsIn },
];

const without = (some: ReadonlySet<string>, others: ReadonlySet<string>): string[] => [...some].filter((one) => !others.has(one));

/** What one language says and the other does not: where each has its own, they contradict each other; else one leaves something out. */
export function* translationPartings({ file, advisories: { en, ja } }: Facts): Iterable<Parting> {
  if (en === undefined || ja === undefined) return;
  for (const { what, sections, of } of SAME) {
    const lines = { en: readLines(en, ...sections), ja: readLines(ja, ...sections) };
    if (lines.en.length === 0 || lines.ja.length === 0) continue;
    const [inEnglish, inJapanese] = [of(lines.en), of(lines.ja)];
    const [english, japanese] = [without(inEnglish, inJapanese), without(inJapanese, inEnglish)];
    if (english.length + japanese.length === 0) continue;
    const only = (language: string, values: readonly string[]): string[] => (values.length === 0 ? [] : [`${values.join(', ')} in ${language} alone`]);
    // Shown where the one that has more has it.
    const text = japanese.length > 0 ? ja : en;
    const place = lines[text === ja ? 'ja' : 'en'].find((line) => [...of([line])].some((value) => english.includes(value) || japanese.includes(value)));
    yield { file: text.path, line: place?.line ?? 1, column: place?.column ?? 1, sure: english.length > 0 && japanese.length > 0, message: `the two texts differ in ${what}: ${[...only('English', english), ...only('Japanese', japanese)].join('; ')}` };
  }
  yield* linkPartings(file, en, ja);
}

const LINK = /https?:\/\/([A-Za-z0-9.-]+)[^\s<>)]*/g;

/** Links of one text to a site that the other does not mention. The pages themselves may differ: vendors have one for each language. */
function* linkPartings({ references = [] }: Facts['file'], en: AdvisoryText, ja: AdvisoryText): Iterable<Parting> {
  const hosts = (text: string): string[] => [...text.matchAll(LINK)].map(([, host = '']) => host.toLowerCase().replace(/^www\./, ''));
  const onEveryPage = references.flatMap(({ url }) => hosts(url));
  for (const [text, other] of [[en, ja], [ja, en]] as const) {
    const known = new Set([...onEveryPage, ...readLines(other).flatMap((line) => hosts(line.text))]);
    for (const line of readLines(text)) {
      for (const found of line.text.matchAll(LINK)) {
        const [host = ''] = hosts(found[0]);
        if (!known.has(host)) yield { file: text.path, line: line.line, column: found.index + 1, sure: false, message: `a link to ${host}, and the ${other === ja ? 'Japanese' : 'English'} text has none` };
        known.add(host);
      }
    }
  }
}

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu;
const lettersIn = (text: string): number => (text.match(/[A-Za-z]/g) ?? []).length;
const japaneseIn = (text: string): number => (text.match(JAPANESE) ?? []).join('').length;

/** Sections in sentences; the others hold names, titles of pages and people's own words. */
const PROSE: readonly SectionId[] = ['overview', 'affected', 'description', 'impact', 'solution'];
const SENTENCES = PROSE.filter((id) => id !== 'affected');
/** Fewer words may be a name. */
const FEWEST_WORDS = 5;

/** Words of one language on the page of the other, as far as they are no names and stand in no quotation marks. */
export function* scriptPartings({ file, advisories }: Facts, names: readonly string[]): Iterable<Parting> {
  const own = [...names, ...file.products.flatMap(({ vendor, name, versions }) => [vendor, name, ...versions]), ...(file.references ?? []).flatMap(({ title }) => title ?? [])].map((name) => name.normalize('NFKC'));
  for (const language of LANGUAGES) {
    const advisory = advisories[language];
    if (advisory === undefined) continue;
    for (const id of SENTENCES) {
      const lines = readLines(advisory, id);
      const [first] = lines;
      const text = lines.map((line) => line.text.replaceAll(LINK, ' ')).join('\n');
      const foreign = language === 'en' ? japaneseIn(text) > lettersIn(text) : japaneseIn(text) === 0 && (text.match(/[A-Za-z]{2,}/g) ?? []).length >= FEWEST_WORDS;
      if (first !== undefined && foreign) yield { file: advisory.path, line: first.line, column: first.column, sure: true, message: `${id} is still in ${language === 'en' ? 'Japanese' : 'English'}` };
    }
    if (language === 'ja') continue;
    for (const line of [titleLine(advisory), ...readLines(advisory, ...PROSE)]) {
      for (const { 0: words, index } of line.text.matchAll(JAPANESE)) {
        const quoted = /["'“‘「『(<[]/.test(line.text.charAt(index - 1));
        if (!quoted && !own.some((name) => name.includes(words))) yield { file: advisory.path, line: line.line, column: Math.max(index + 1, line.column), sure: false, message: `Japanese on the English page: ${words}` };
      }
    }
  }
}
