import { weaknessIds, type SectionId } from '../domain/case.ts';
import { isNamed } from '../domain/publication.ts';
import { weaknessPhrase } from '../domain/weakness-phrases.ts';
import type { Bilingual, CaseFile, Configuration, FixAvailableEntry, Product, Reporter } from '../generated/documents.ts';
import { inLanguage } from './advisory-sections.ts';
import { WORDS, type Language } from './advisory-words.ts';
import { gap } from './draft-marks.ts';
import { capital, effectsOfAll, impactOf } from './impact-phrases.ts';
import { escapeMarkdown, visibleText } from './public-text.ts';
import { fixedVersions, versionPhrases } from './version-phrases.ts';

/** What a first draft is made from: facts that may become public, and the name of a reporter who agreed to it. */
export interface DraftFacts {
  readonly file: Pick<CaseFile, 'title' | 'products' | 'weaknesses' | 'cvss' | 'route' | 'source'>;
  readonly remediations: readonly FixAvailableEntry[];
  /** How many CVE ids the case has. */
  readonly cves: number;
  /** The names of a product's vendor, from the registry where it stands there. */
  readonly vendorNames: (product: Product) => Bilingual;
  /** The names of a vendor of the registry. */
  readonly registered: (slug: string) => Bilingual | undefined;
  readonly organisation: Configuration['organisation'];
  /** Whom to credit, or the gap that is left instead; nobody where there is no consent (guideline IV.2). */
  readonly credit?: Reporter | { readonly gap: string };
}

/** More than this is no list that a sentence can hold. */
const MOST_IN_SENTENCE = 3;
/** Of products with their versions in the description of a CVE record, which takes 4,096 characters. */
const MOST_IN_DESCRIPTION = 12;

const unique = (values: readonly string[]): string[] => [...new Set(values)];

function listed(names: readonly string[], language: Language): string {
  if (language === 'ja') return names.join('、');
  return names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1) ?? ''}`;
}

interface Subject {
  readonly products: string;
  /** The developer; undefined where there are several. */
  readonly by?: string;
  readonly several: boolean;
}

function subjectOf({ file: { products }, vendorNames }: DraftFacts, language: Language): Subject {
  const names = unique(products.map(({ name }) => visibleText(name)));
  const vendors = unique(products.map((product) => visibleText(inLanguage(vendorNames(product), language))));
  const [by, another] = vendors;
  if (by === undefined || another !== undefined) return { products: language === 'en' ? 'multiple products' : '複数の製品', several: true };
  if (names.length <= MOST_IN_SENTENCE) return { products: listed(names, language), by, several: names.length > 1 };
  return { products: language === 'en' ? 'multiple products' : '複数の製品', by, several: true };
}

const severalProducts = ({ file: { products } }: DraftFacts): boolean => unique(products.map(({ name }) => name)).length > 1;
const severalVendors = ({ file: { products }, vendorNames }: DraftFacts): boolean => unique(products.map((product) => inLanguage(vendorNames(product), 'en'))).length > 1;

/** The subject as a title has it: by its name, or as products of somebody. */
function inTitle({ products, by, several }: Subject, facts: DraftFacts, language: Language): string {
  const named = facts.file.products.some(({ name }) => products.includes(visibleText(name)));
  if (!several || named || by === undefined) return products;
  return language === 'en' ? `multiple ${by} products` : `複数の${by}製品`;
}

/** As it is spoken: an SQL injection, a use after free. */
const article = (words: string): string => (/^(?:[aeio]|un|OS\b|SQL\b|XML\b|LDAP\b|HTTP\b)/.test(words) ? 'an' : 'a');

interface Flaw {
  /** Undefined where there are several, or where it has no name yet. */
  readonly cwe?: string;
  readonly name?: string;
  readonly several: boolean;
}

function flawOf({ file, cves }: DraftFacts, language: Language): Flaw {
  const weaknesses = weaknessIds(file);
  const [cwe, another] = unique(weaknesses);
  if (another !== undefined) return { several: true };
  const name = cwe === undefined ? undefined : weaknessPhrase(cwe)?.[language];
  return { several: cves > 1, ...(cwe === undefined ? {} : { cwe }), ...(name === undefined ? {} : { name }) };
}

/** What kind of flaw it is, with a gap where nothing says it. */
function flawWords({ cwe, name, several }: Flaw, language: Language): string {
  if (several) return language === 'en' ? `multiple ${name === undefined ? '' : `${name} `}vulnerabilities` : `複数の${name === undefined ? '' : `${name}の`}脆弱性`;
  if (name !== undefined) return language === 'en' ? `${article(name)} ${name} vulnerability` : `${name}の脆弱性`;
  const missing = gap(cwe === undefined ? 'which kind of vulnerability' : `what ${cwe} is called in ${language === 'en' ? 'English' : 'Japanese'}`);
  return language === 'en' ? `a ${missing} vulnerability` : `${missing} の脆弱性`;
}

function overview(facts: DraftFacts, language: Language): string {
  const { products, by, several } = subjectOf(facts, language);
  const flaw = flawWords(flawOf(facts, language), language);
  const [what, who] = [products, by].map((words) => (words === undefined ? undefined : escapeMarkdown(words)));
  if (language === 'ja') return `${who === undefined ? '' : `${who}が提供する`}${what ?? ''}には、${flaw}が存在します。`;
  return `${capital(what ?? '')}${who === undefined ? '' : ` provided by ${who}`} ${several ? 'contain' : 'contains'} ${flaw}.`;
}

const lines = (product: Product, language: Language): string[] => versionPhrases(product, language).map((phrase) => `${product.name} ${phrase}`);

function affected({ file: { products }, vendorNames }: DraftFacts, language: Language): string {
  const byVendor = new Map<string, Product[]>();
  for (const product of products) {
    const vendor = inLanguage(vendorNames(product), language);
    byVendor.set(vendor, [...(byVendor.get(vendor) ?? []), product]);
  }
  const list = (some: readonly Product[]): string => some.flatMap((product) => lines(product, language)).map((line) => `- ${escapeMarkdown(line)}`).join('\n');
  return byVendor.size === 1 ? list(products) : [...byVendor].map(([vendor, some]) => `**${escapeMarkdown(vendor)}**\n\n${list(some)}`).join('\n\n');
}

const DETAILS = 'where in the product the flaw lies and what goes wrong; no proof of concept and no steps';

function description(facts: DraftFacts, language: Language): string {
  const flaw = flawOf(facts, language);
  const weaknesses = weaknessIds(facts.file);
  if (weaknesses.length === 0) return gap(`what the flaw is, with its CWE; ${DETAILS}`);
  const named = (cwe: string): string => weaknessPhrase(cwe)?.[language] ?? gap(`what ${cwe} is called in ${language === 'en' ? 'English' : 'Japanese'}`);
  if (!flaw.several && flaw.cwe !== undefined) {
    const { name, cwe } = flaw;
    const sentence = language === 'en' ? `The ${severalProducts(facts) ? 'products contain' : 'product contains'} ${flawWords(flaw, language)} (${cwe}).` : `当該製品には、${name ?? named(cwe)}（${cwe}）の脆弱性が存在します。`;
    return `${sentence}\n\n${gap(DETAILS)}`;
  }
  const ties = new Map(unique(weaknesses).map((cwe) => [cwe, (facts.file.weaknesses ?? []).flatMap((one) => (typeof one !== 'string' && one.id === cwe ? one.cves : []))]));
  const rows = [...ties].map(([cwe, cves]) => `${language === 'en' ? `- ${capital(named(cwe))} (${cwe})` : `- ${named(cwe)}（${cwe}）`}${cves.length === 0 ? '' : `${language === 'en' ? ': ' : '：'}${unique(cves).join(WORDS[language].comma)}`}`);
  const known = [...ties.values()].every((cves) => cves.length > 0);
  return [language === 'en' ? `The ${severalProducts(facts) ? 'products contain' : 'product contains'} the following vulnerabilities.` : '当該製品には、次の脆弱性が存在します。', rows.join('\n'), gap(`of each, ${known ? '' : 'its CVE id, and '}${DETAILS}`)].join('\n\n');
}

function impact(facts: DraftFacts, language: Language): string {
  const { cvss = [] } = facts.file;
  const weaknesses = weaknessIds(facts.file);
  const { several, cwe } = flawOf(facts, language);
  if (several) return [effectsOfAll(weaknesses, language).map((effect) => `- ${effect}`).join('\n'), gap('of each flaw, what an attacker can do, and who that attacker has to be')].filter((part) => part !== '').join('\n\n');
  const { sentence, vague } = impactOf(cwe, cvss, language);
  return [...(sentence === undefined ? [] : [sentence]), ...(vague ? [gap('what exactly an attacker can do, and who that attacker has to be')] : [])].join('\n\n');
}

const REMEDIES = ['fix', 'workaround', 'stop-using'] as const;

/** Releases with the fix, from the ranges and from the log; whose they are where there are several products. */
function releases(facts: DraftFacts, language: Language): string[] {
  const { file: { products }, remediations, registered } = facts;
  const several = severalProducts(facts) || severalVendors(facts);
  const labelled = (label: string | undefined, version: string): string => (several && label !== undefined ? `${label} ${version}` : version);
  const inRanges = products.flatMap((product) => fixedVersions(product).map((version) => ({ product, version })));
  const inLog = remediations.flatMap(({ vendor, versions = [] }) => {
    const names = vendor === undefined ? undefined : registered(vendor);
    const own = products.filter((product) => vendor === undefined || product.registry === vendor || (names !== undefined && isNamed(names, product.vendor)));
    const [only, another] = unique(own.map(({ name }) => name));
    const label = another === undefined ? only : names && inLanguage(names, language);
    return versions.filter((version) => !inRanges.some((one) => one.version === version && own.includes(one.product))).map((version) => labelled(label, version));
  });
  return unique([...inLog, ...inRanges.map(({ product, version }) => labelled(product.name, version))]);
}

function solution(facts: DraftFacts, language: Language): string {
  const { file: { products }, remediations } = facts;
  if (remediations.length === 0) return gap('update, patch or workaround as the developer tells it; or to stop using the product. Say so where a fix is partial');
  const firmware = products.every(({ kind }) => kind === 'firmware');
  const versions = releases(facts, language);
  const fixed = flawOf(facts, language).several ? 'vulnerabilities are' : 'vulnerability is';
  const list = versions.length === 0 ? '' : `\n\n${language === 'en' ? `The ${fixed} fixed in:` : '次のバージョンで修正されています。'}\n\n${versions.map((version) => `- ${escapeMarkdown(version)}`).join('\n')}`;
  const texts = {
    fix: language === 'en'
      ? `**Update the ${firmware ? 'firmware' : 'software'}**\n\nUpdate to the latest version according to the information provided by the ${severalVendors(facts) ? 'developers' : 'developer'}.${list}`
      : `**${firmware ? 'ファームウェアを' : ''}アップデートする**\n\n開発者が提供する情報をもとに、最新版へアップデートしてください。${list}`,
    workaround: `**${language === 'en' ? 'Apply a workaround' : 'ワークアラウンドを実施する'}**\n\n${gap('the workaround, as the developer tells it')}`,
    'stop-using': `**${language === 'en' ? `Stop using the ${severalProducts(facts) ? 'products' : 'product'}` : '当該製品の使用を停止する'}**\n\n${gap('why: its support has ended, or nobody can be reached who would mend it')}`,
  };
  const known = REMEDIES.filter((remedy) => remediations.some(({ remediation }) => remediation === remedy));
  const open = remediations.every(({ partial }) => partial === true) ? [gap('the fix is partial: which part of the flaw or of the products stays open')] : [];
  return [...known.map((remedy) => texts[remedy]), ...open].join('\n\n');
}

function credit(facts: DraftFacts, language: Language): string | undefined {
  const { credit: whom, file: { route, source }, organisation } = facts;
  if (whom === undefined) return undefined;
  if ('gap' in whom) return gap(whom.gap);
  const name = whom.credit?.[language] ?? whom.credit?.en ?? whom.credit?.ja ?? whom.name ?? whom.handle;
  if (name === undefined) return gap('the reporter wants to be credited and gave no name: ask by which');
  const centre = escapeMarkdown(inLanguage(organisation.name, language));
  const partnership = route === 'partnership';
  const to = partnership && source?.name !== undefined ? escapeMarkdown(source.name) : centre;
  if (language === 'en') return `${escapeMarkdown(name)} reported ${flawOf(facts, language).several ? 'these vulnerabilities' : 'this vulnerability'} to ${to}. ${centre} coordinated with the ${severalVendors(facts) ? 'developers' : 'developer'}${partnership ? ' under Information Security Early Warning Partnership' : ''}.`;
  return `この脆弱性情報は、${partnership ? '情報セキュリティ早期警戒パートナーシップに基づき' : ''}下記の方が${to}に報告し、${centre}が開発者との調整を行いました。\n\n報告者：${escapeMarkdown(name)}${/(?:氏|様|さん)$/.test(name.trim()) ? '' : ' 氏'}`;
}

/** The sections of which the case knows something; what the public page adds by itself, as vectors, references and statuses, is left to it. */
export function draftedSections(facts: DraftFacts, language: Language): Partial<Record<SectionId, string>> {
  const credited = credit(facts, language);
  return {
    overview: overview(facts, language),
    affected: affected(facts, language),
    description: description(facts, language),
    impact: impact(facts, language),
    solution: solution(facts, language),
    ...(credited === undefined ? {} : { credit: credited }),
  };
}

/** A title where the case has none in the language; undefined where the flaw has no name. */
export function draftedTitle(facts: DraftFacts, language: Language): string | undefined {
  const flaw = flawOf(facts, language);
  const subject = inTitle(subjectOf(facts, language), facts, language);
  const several = flaw.several && flaw.name === undefined;
  if (flaw.name === undefined && !several) return undefined;
  if (language === 'ja') return `${subject}における${flaw.several ? '複数の' : ''}${flaw.name === undefined ? '' : `${flaw.name}の`}脆弱性`;
  return several ? `Multiple vulnerabilities in ${subject}` : capital(`${subject} vulnerable to ${flaw.several ? 'multiple ' : ''}${flaw.name ?? ''}`);
}

/** The description of the CVE record, in English; it credits nobody. Undefined where the flaw has no name. */
export function draftedDescription(facts: DraftFacts): string | undefined {
  const flaw = flawOf(facts, 'en');
  if (flaw.name === undefined && !flaw.several) return undefined;
  const { products, cvss = [] } = facts.file;
  const weaknesses = weaknessIds(facts.file);
  const named = products.flatMap((product) => lines(product, 'en')).map(visibleText);
  const where = named.length <= MOST_IN_DESCRIPTION ? listed(named, 'en') : inTitle(subjectOf(facts, 'en'), facts, 'en');
  const what = flaw.several ? `${capital(flawWords(flaw, 'en'))} exist in ${where}.` : `${capital(flaw.name ?? '')} vulnerability exists in ${where}.`;
  const then = flaw.several ? undefined : impactOf(weaknesses[0], cvss, 'en').sentence;
  return [what, ...(then === undefined ? [] : [then])].join(' ');
}
