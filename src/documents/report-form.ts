import type { Product, Report } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { legibleLine, storable } from './legible.ts';

type Label = 'title' | 'product' | 'versions' | 'vendor' | 'link' | 'impact' | 'poc' | 'discovery' | 'public' | 'cves' | 'weaknesses';

/** The labels of report forms and of people who write without one, lower case; to add a form, add its words. */
const WORDS: Readonly<Record<Label, readonly string[]>> = {
  title: ['title', 'vulnerability title', 'タイトル', '題名', '標題', '脆弱性の名称'],
  product: ['product', 'product name', 'affected product', 'software', '製品', '製品名', 'ソフトウェア', 'ソフトウェア名', 'ソフトウエア等の名称', 'ソフトウェア等の名称'],
  versions: ['version', 'versions', 'affected version', 'affected versions', 'バージョン', '影響を受けるバージョン', '対象バージョン'],
  vendor: ['vendor', 'developer', 'manufacturer', '製品開発者', '開発者', '開発元', 'ベンダ', 'ベンダー'],
  link: ['url', 'link', 'product page', 'product url', 'product link', '製品url', '製品ページ', 'リンク'],
  impact: ['impact', 'attack scenario', 'threat', '影響', '想定される影響', '脅威'],
  poc: ['poc', 'proof of concept', 'steps', 'steps to reproduce', 'reproduction', '再現手順', '再現方法', '検証コード', '実証コード', '検証方法'],
  discovery: ['discovery', 'how found', 'how it was found', 'found with', 'tools', '発見方法', '発見の経緯', '発見経緯'],
  public: ['public', 'publicly known', 'already public', '公開状況', '公知'],
  cves: ['cve', 'cves', 'cve id', 'cve-id', 'cve番号'],
  weaknesses: ['cwe', 'cwe id', 'weakness', '脆弱性の種類'],
};
const LABELS: ReadonlyMap<string, Label> = new Map(Object.entries(WORDS).flatMap(([label, words]) => words.map((word) => [word, label as Label] as const)));

/** These run on to the next label; the others end with their line. */
const PROSE: readonly ProsePart[] = ['impact', 'poc', 'discovery'];
const isProse = (label: Label): boolean => PROSE.some((part) => part === label);
/**
 * Opens a paragraph about the sender: a farewell, a wish about the own name, contact data, a key. It ends the part before
 * it, for a part runs on to the vendor. What is taken for one by mistake still stands in the original.
 */
const ABOUT_SENDER = [
  /^(?:(?:with |my )?(?:best|kind|warm|many) (?:regards|wishes|thanks)|regards|sincerely|yours (?:sincerely|faithfully|truly)|cheers|thanks|thank you|many thanks|respectfully)\b.{0,60}$/i,
  /^(?:以上(?:です|、|。|$)|敬具|草々|どうぞ?(?:よろしく|宜しく)|(?:よろしく|宜しく)お願い|何卒|署名)/,
  /^(?:your |my )?(?:(?:full |real )?name|phone|tel|telephone|mobile|fax|e-?mail|mail|contact|affiliation|organi[sz]ation|company|address|twitter|mastodon|linkedin|github|signal|(?:open)?pgp|gpg|key id|fingerprint)\b[^:：]{0,20}[:：]/i,
  /^(?:tel|fax|mobile)\b\.? ?[+(\d]/i,
  /^[■●・【\[]?(?:氏名|名前|お名前|報告者|電話|電話番号|所属|連絡先|メールアドレス|住所|公開鍵|匿名)/,
  /^(?:please |i |we ).{0,40}\b(?:anonymous|named|credited|my name|who i am)\b/i,
  /^my (?:(?:open)?pgp|gpg|public) key\b/i,
];

/** A line longer than this has no label in front. */
const LONGEST_LABEL = 40;
const MOST_VERSIONS = 200;

/** 'Product: x', '■製品名：x' and '[Version] : x' alike. */
function labelled(line: string): { label: Label; rest: string } | undefined {
  const colon = line.search(/[:：]/);
  if (colon === -1 || colon > LONGEST_LABEL) return undefined;
  const word = line.slice(0, colon).normalize('NFKC').toLowerCase().replaceAll(/^[\s\-*#•・■□●○◆◇▼【[(「]+|[\s】\])」*]+$/g, '').replaceAll(/\s+/g, ' ');
  const label = LABELS.get(word);
  return label && { label, rest: line.slice(colon + 1).trim() };
}

/** The values of a form by label; the first of a label counts, and a repeated one belongs to the text around it. */
function valuesOf(text: string): { readonly values: ReadonlyMap<Label, string>; readonly last: Label | undefined } {
  const values = new Map<Label, string[]>();
  let current: Label | undefined;
  let paragraph = true;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    // '-- ' starts a signature: what follows is about the sender.
    if (line === '-- ') {
      current = undefined;
      break;
    }
    const found = labelled(line);
    if (!found && paragraph && current !== undefined && hasText(values.get(current)) && isAboutSender(line)) current = undefined;
    paragraph = line.trim() === '';
    if (found && !values.has(found.label)) {
      current = found.label;
      values.set(current, found.rest === '' ? [] : [found.rest]);
    } else if (current !== undefined) {
      const lines = values.get(current) ?? [];
      // The value of a short field may stand on the line below its label, and no further.
      if (isProse(current) || (lines.length === 0 && line.trim() !== '')) lines.push(isProse(current) ? line : line.trim());
    }
  }
  return { values: new Map([...values].map(([label, lines]) => [label, lines.join('\n').trim()])), last: current };
}

const hasText = (lines: readonly string[] | undefined): boolean => lines?.some((line) => line.trim() !== '') === true;

// Some mail programs strip the space of '-- '.
const isAboutSender = (line: string): boolean => line.trim() === '--' || ABOUT_SENDER.some((sign) => sign.test(line.trim().slice(0, 200)));

const ANYWHERE = () => ({ line: 1, column: 1 });
const SMALLEST: Report = { title: { en: 'x' }, products: [{ vendor: 'x', name: 'x', versions: ['x'] }] };

/** Whether the schema of reports takes these fields: what a stranger wrote into a form may be anything. */
const fits = (fields: Partial<Report>): boolean => checkShape('report', { ...SMALLEST, ...fields }, ANYWHERE, '').length === 0;

/** The parts that a vendor gets word by word. */
export type ProsePart = 'impact' | 'poc' | 'discovery';

export interface ReadForm {
  /** Only what fits schemas/report.schema.json. */
  readonly fields: Partial<Report>;
  /** The product as far as the form names it, for what fields.products lacks. */
  readonly product: Partial<Product>;
  /** The part of several paragraphs that ran on to the end of the mail, where people write about themselves. */
  readonly openEnd?: ProsePart;
}

/** What the body of a mail says by its labels. What does not fit the schema is left to the coordinator who reads the mail. */
export function readForm(text: string): ReadForm {
  const { values, last } = valuesOf(text);
  const line = (label: Label): string | undefined => {
    const value = values.get(label);
    return value === undefined || value === '' ? undefined : legibleLine(value);
  };
  const prose = (label: Label): string | undefined => {
    const value = values.get(label);
    return value === undefined || value === '' ? undefined : storable(value);
  };
  const versions = line('versions')?.split(/[,、;]/).map((version) => version.trim()).filter((version) => version !== '').slice(0, MOST_VERSIONS);
  const candidates: Partial<Product>[] = [given('vendor', line('vendor')), given('name', line('product')), given('versions', versions), given('link', line('link'))];
  const product = joined(candidates.filter((part) => fits({ products: [{ vendor: 'x', name: 'x', versions: ['x'], ...part }] })));
  const { vendor, name, versions: known } = product;
  const title = line('title');
  const answer = /^(?:(yes|public|はい|公開済み?|既知)|(no|not public|いいえ|未公開))/i.exec(values.get('public') ?? '');
  const parts: Partial<Report>[] = [
    given('title', title === undefined ? undefined : /[\u3040-\u30ff\u3400-\u9fff]/u.test(title) ? { ja: title } : { en: title }),
    given('impact', prose('impact')),
    given('poc', prose('poc')),
    given('discovery', prose('discovery')),
    given('public', answer ? answer[1] !== undefined : undefined),
    given('cves', ids(values.get('cves'), /CVE-\d{4}-\d{4,19}/gi)),
    given('weaknesses', ids(values.get('weaknesses'), /CWE-[1-9]\d*/gi)),
    given('products', vendor !== undefined && name !== undefined && known !== undefined ? [{ ...product, vendor, name, versions: known }] : undefined),
  ];
  const fields = joined(parts.filter(fits));
  const openEnd = PROSE.find((part) => part === last && /\n[ \t]*\n/.test(fields[part] ?? ''));
  return { fields, product, ...given('openEnd', openEnd) };
}

const joined = <T extends object>(parts: readonly Partial<T>[]): Partial<T> => parts.reduce((whole, part) => ({ ...whole, ...part }), {});

function given<K extends string, V>(name: K, value: V | undefined): { [key in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [key in K]?: V });
}

function ids(text: string | undefined, form: RegExp): string[] | undefined {
  const found = [...new Set((text?.match(form) ?? []).map((id) => id.toUpperCase()))];
  return found.length > 0 ? found : undefined;
}
