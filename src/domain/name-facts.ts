import { LANGUAGES, readLines, titleLine, type Parting } from './advisory-lines.ts';
import type { CaseState } from './case-state.ts';
import type { CaseRecord } from './case.ts';
import { nameKey } from './name-folding.ts';
import { toldProducts } from './version-facts.ts';
import type { Bilingual, Product } from '../generated/documents.ts';

type Facts = Pick<CaseRecord, 'file' | 'advisories'>;

/** What a company is called beside its name, in which texts differ. */
const LEGAL_FORM = /\b(?:co|inc|ltd|llc|gmbh|corp|corporation|company|limited|incorporated|project|team|ag|kk)\b\.?|株式会社|有限会社|合同会社|プロジェクト|\(株\)|,/giu;
const core = (name: string): string => nameKey(name.normalize('NFKC').replaceAll(LEGAL_FORM, ' ')) || nameKey(name);

/** A name that ends here: Acme, and neither Acme Networks nor acme-parse. next: words that may follow it, such as those of a product. */
function standsAlone(text: string, name: string, next: readonly string[]): boolean {
  const words = name.normalize('NFKC').replaceAll(LEGAL_FORM, ' ').trim().split(/\s+/u).map((word) => word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const whole = new RegExp(`(?<![\\p{L}\\p{N}-])${words.join('\\s+')}(?![\\p{L}\\p{N}-])(?:[ ,]+(?<next>\\p{Lu}[\\p{L}\\p{N}]*))?`, 'giu');
  const mayFollow = new Set(next.flatMap((each) => each.normalize('NFKC').toLowerCase().split(/[^\p{L}\p{N}]+/u)));
  return [...text.matchAll(whole)].some(({ groups }) => {
    const following = groups?.['next'];
    // With i, \p{Lu} is any letter.
    return following === undefined || following[0] === following[0]?.toLowerCase() || mayFollow.has(following.toLowerCase()) || nameKey(following.replaceAll(LEGAL_FORM, '')) === '';
  });
}

const isJapanese = (name: string): boolean => /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(name);
/** The part that an English text can have: Aterm WF1200CR ファームウェア. */
const latinPart = (name: string): string => nameKey(name.normalize('NFKC').replaceAll(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]+/gu, ' '));

/** How a text of the language calls the product, where that can be told: by its own name, unless that is one of the other language. */
function calledBy({ name }: Product, language: 'en' | 'ja', title: string | undefined): string | undefined {
  const key = nameKey(name);
  if (language === 'en') return isJapanese(name) ? latinPart(name) : key;
  return isJapanese(name) || nameKey(title ?? '').includes(key) ? latinPart(name) || key : undefined;
}

/** Products, and vendors in whose own language the text is, that the text does not name. A vendor with a status stands in the table of the page. */
export function* namePartings(record: Facts, state: CaseState, vendorNames: (product: Product) => Bilingual): Iterable<Parting> {
  for (const language of LANGUAGES) {
    const advisory = record.advisories[language];
    const [affected] = advisory === undefined ? [] : readLines(advisory, 'affected');
    if (advisory === undefined || affected === undefined) continue;
    const text = [titleLine(advisory), ...readLines(advisory)].map((each) => each.text).join(' ').normalize('NFKC').replaceAll(/[*_`]/g, '');
    const said = nameKey(text);
    const at = { file: advisory.path, line: affected.line, column: affected.column, sure: false };
    const products = toldProducts(record, state);
    const unnamed = products.filter((product) => {
      const called = calledBy(product, language, record.file.title[language]);
      return called !== undefined && called.length > 1 && !said.includes(called);
    });
    for (const name of new Set(unnamed.map((product) => product.name))) yield { ...at, message: `the text does not name the product ${name}` };
    const [overview] = readLines(advisory, 'overview');
    if (overview === undefined) continue;
    const vendors = products.flatMap((product) => {
      const { en, ja } = vendorNames(product);
      const own = language === 'en' ? en : ja;
      const named = [en, ja, product.vendor].some((name) => name !== undefined && (said.includes(nameKey(name)) || (isJapanese(name) ? said.includes(core(name)) : standsAlone(text, name, products.map((each) => each.name)))));
      const listed = product.registry !== undefined && state.vendors.get(product.registry)?.status !== undefined;
      return own === undefined || named || listed ? [] : [own];
    });
    for (const vendor of new Set(vendors)) yield { ...at, line: overview.line, column: overview.column, message: `the text does not name the developer ${vendor}` };
  }
}
