import { reportInWords, wordingHash, wordingOf, type Wording } from '../documents/report-words.ts';
import { readSealedReport, readSealedTranslation } from '../documents/sealed-parts.ts';
import type { VendorRecord } from '../documents/repository.ts';
import { isOpen, type CaseState } from '../domain/case-state.ts';
import { isEvent, type CaseRecord, type EntryOf, type LoggedEntry } from '../domain/case.ts';
import { once } from '../domain/once.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { CaseFile, Report } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { contactOf, openSealed } from './correspondence.ts';

export type Language = EntryOf<'translated'>['language'];
type Translated = LoggedEntry<EntryOf<'translated'>>;

/** The language of the report, without its region: ja of ja-JP. */
export const reportLanguage = (file: Pick<CaseFile, 'language'>): string => file.language.split('-')[0] ?? file.language;

const names = once(() => ({ en: new Intl.DisplayNames('en', { type: 'language' }), ja: new Intl.DisplayNames('ja', { type: 'language' }) }));

/** A language as a letter in that other one names it. */
export const languageName = (tag: string, inLanguage: Language): string => names()[inLanguage].of(tag) ?? tag;

/** What a report says in somebody's words, opened with the coordinator's own key. */
export async function openReport(env: Environment, session: Session, record: CaseRecord): Promise<{ readonly report: Report; readonly poc: Uint8Array | undefined; readonly wording: Wording }> {
  const bytes = await openSealed(env, session, record, 'report');
  if (!bytes) throw refusal('not-sealed', `${record.number} has no sealed report`, `vcc show ${record.number} lists what is sealed.`);
  const report = readSealedReport(`${record.folder}/sealed/report.asc`, bytes);
  const poc = await openSealed(env, session, record, 'poc');
  return { report, poc, wording: wordingOf(report, poc) };
}

/** The last translation into a language that was not taken back. */
export const lastTranslation = (state: CaseState, language: Language): Translated | undefined => state.entries.filter(isEvent('translated')).findLast(({ entry }) => entry.language === language);

/** What is sealed of a translation, whatever it translates; undefined where it is another's. */
export async function openTranslation(env: Environment, session: Session, record: CaseRecord, { entry }: Translated): Promise<Wording | undefined> {
  const bytes = await openSealed(env, session, record, entry.sealed);
  if (bytes === undefined) return undefined;
  const { language, original, ...wording } = readSealedTranslation(`${record.folder}/sealed/${entry.sealed}.asc`, bytes);
  return language === entry.language && original === entry.original ? wording : undefined;
}

/** The translation that a vendor gets of exactly this report. Refuses where there is none, or one of what the report said before. */
export async function translationFor(env: Environment, session: Session, { record, state }: CaseView, reader: { readonly slug: string; readonly language: Language }, original: Wording): Promise<Wording> {
  const { number, file } = record;
  const { slug, language } = reader;
  const known = lastTranslation(state, language);
  const hint = `vcc translate ${number} --to ${language}\nOr send the report as it is written, and the letter says so: --as-written`;
  if (!known) throw refusal('no-translation', `${slug} reads ${languageName(language, 'en')}, and the report is in ${languageName(reportLanguage(file), 'en')}: nobody has translated it`, hint);
  const wording = await openTranslation(env, session, record, known);
  if (wording === undefined || known.entry.original !== wordingHash(original)) {
    throw refusal('translation-outdated', `sealed/${known.entry.sealed}.asc is no translation of the report as it is now, so ${slug} does not get it`, hint);
  }
  return wording;
}

/** The language of the contact that letters to a vendor go to. */
export const languageRead = ({ slug, vendor }: VendorRecord): Language => contactOf({ register: 'vendor', slug, contacts: vendor.contacts }).language;

/** Whether a vendor that reads this language can do without a translation. */
export const isReadable = (file: CaseFile, language: Language, original: Wording): boolean => reportLanguage(file) === language || reportInWords(original, language) === undefined;

/** Translations of a case, and those that a vendor without the details will need. Whether one is outdated shows when it is opened. */
export interface Translations {
  readonly made: readonly Translated[];
  readonly missing: readonly { readonly language: Language; readonly vendors: readonly string[] }[];
}

export function translationsOf({ repository }: Session, { record, state }: CaseView): Translations {
  const made = (['en', 'ja'] as const).flatMap((language) => lastTranslation(state, language) ?? []);
  const waiting = isOpen(state.status) ? [...state.vendors.values()].filter(({ gotDetails }) => !gotDetails) : [];
  const missing = (['en', 'ja'] as const).flatMap((language) => {
    if (language === reportLanguage(record.file) || made.some(({ entry }) => entry.language === language)) return [];
    const vendors = waiting.flatMap(({ slug }) => {
      const vendor = repository.vendor(slug);
      return vendor && vendor.vendor.contacts.length > 0 && languageRead(vendor) === language ? [slug] : [];
    });
    return vendors.length > 0 ? [{ language, vendors }] : [];
  });
  return { made, missing };
}
