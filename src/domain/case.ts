import type { AdvisoryHeader, CaseFile, Configuration, LogEntry } from '../generated/documents.ts';
import type { Finding, Place } from './finding.ts';
import type { Instant } from './instant.ts';

/** Finds the line and column of a field: where('vendor'), where('products', 0, 'name'); without a path, the first line. */
export type Where = (...path: readonly (string | number)[]) => Place;

/** One entry of the log: what happened, once. */
export interface LoggedEntry<E extends LogEntry = LogEntry> {
  /** Its file in log/, or log.md. */
  readonly path: string;
  /** File name, by which other entries name this one. */
  readonly name: string;
  readonly entry: E;
  /** The free text below the front matter. */
  readonly text: string;
  readonly at: Instant;
  readonly where: Where;
}

/** The file of log/ as which the entry was added, be it folded since or not: what Git says of that file it says of the entry. */
export const addedAs = ({ path, name }: Pick<LoggedEntry, 'path' | 'name'>): string => path.replace(/\/log\.md$/, () => `/log/${name}`);

export type EventName = LogEntry['event'];
export type EntryOf<N extends EventName> = Extract<LogEntry, { event: N }>;

export const isEvent =
  <N extends EventName>(...names: readonly N[]) =>
  (logged: LoggedEntry): logged is LoggedEntry<EntryOf<N>> =>
    (names as readonly string[]).includes(logged.entry.event);

/** advisory.en.md or advisory.ja.md, its text by section. */
export interface AdvisoryText {
  readonly path: string;
  readonly header: AdvisoryHeader;
  readonly sections: readonly AdvisorySection[];
  readonly where: Where;
}

export interface AdvisorySection {
  /** Which of the twelve; undefined for a heading that JVN does not know. */
  readonly id: SectionId | undefined;
  readonly heading: string;
  /** Markdown. */
  readonly text: string;
  /** Of the heading. */
  readonly line: number;
  /** Of the first line of the text, where it is not the one below the heading. */
  readonly textLine?: number;
}

/** The twelve sections of a JVN advisory, in their order (domain: advisory sections); … stands for the organisation that publishes it. */
export const SECTIONS = [
  { id: 'overview', en: 'Overview', ja: '概要', required: true },
  { id: 'affected', en: 'Products Affected', ja: '影響を受けるシステム', required: true },
  { id: 'description', en: 'Description', ja: '詳細情報', required: true },
  { id: 'impact', en: 'Impact', ja: '想定される影響', required: true },
  { id: 'solution', en: 'Solution', ja: '対策方法', required: true },
  { id: 'vendor-status', en: 'Vendor Status', ja: 'ベンダ情報', required: false },
  { id: 'references', en: 'References', ja: '参考情報', required: false },
  { id: 'addendum', en: '… Addendum', ja: '…からの補足情報', required: false },
  { id: 'analysis', en: 'Vulnerability Analysis', ja: '…による脆弱性分析結果', required: false },
  { id: 'credit', en: 'Credit', ja: '謝辞', required: false },
  { id: 'other', en: 'Other Information', ja: '関連文書', required: false },
  { id: 'history', en: 'Update History', ja: '更新履歴', required: false },
] as const;
export type SectionId = (typeof SECTIONS)[number]['id'];

/** The heading of a section in the advisories of an organisation: JPCERT/CCによる脆弱性分析結果. */
export const sectionHeading = (section: (typeof SECTIONS)[number], language: 'en' | 'ja', { name }: Configuration['organisation']): string =>
  section[language].replace('…', () => name[language] ?? name.en ?? name.ja ?? '').trim();

/** A case as its files say it, before replay. */
export interface CaseRecord {
  readonly number: string;
  /** cases/<year>/<id> */
  readonly folder: string;
  readonly file: CaseFile;
  /** The Markdown below the front matter of case.md. */
  readonly narrative: string;
  readonly where: Where;
  /** In file order; replay puts them in order of time. */
  readonly log: readonly LoggedEntry[];
  readonly advisories: { readonly en?: AdvisoryText; readonly ja?: AdvisoryText };
  /** Names in sealed/, without the ending: reporter, report, poc, original. */
  readonly sealed: readonly string[];
  /** What is wrong with files of the case; files with an error are left out above. */
  readonly findings: readonly Finding[];
}

/** Parts that were sealed with an entry. */
export const sealedWith = (entry: LogEntry): readonly string[] => ('sealed' in entry ? [entry.sealed].flat() : 'mail' in entry ? [entry.mail.sealed] : 'file' in entry ? [entry.file.sealed] : []);

/** Parts that were sealed when the report, a translation, a mail or a file came in and are not there as plain files. Every such entry counts, also a corrected one. */
export const missingParts = (record: Pick<CaseRecord, 'log' | 'sealed'>): string[] => [
  ...new Set(record.log.flatMap(({ entry }) => sealedWith(entry)).filter((name) => !record.sealed.includes(name))),
];

/** Whether somebody's identity is sealed, or was and is missing. */
export const hasReporter = (record: Pick<CaseRecord, 'log' | 'sealed'>): boolean => record.sealed.includes('reporter') || missingParts(record).includes('reporter');

/** Whether it belongs to this CVE id: to all ids of the case, where it names none. Without an id, it belongs to the case. */
export const isAbout = ({ cves }: { readonly cves?: readonly string[] | undefined }, cve: string | undefined): boolean => cve === undefined || cves === undefined || cves.includes(cve);

/** The CWE ids of a case. */
export const weaknessIds = ({ weaknesses = [] }: Pick<CaseFile, 'weaknesses'>): string[] => weaknesses.map((weakness) => (typeof weakness === 'string' ? weakness : weakness.id));

/** JVN#61247051 */
export const publicId = (file: Pick<CaseFile, 'series' | 'id'>): string => `${file.series}#${file.id}`;
