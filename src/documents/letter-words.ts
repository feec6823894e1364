import type { Bilingual, FixAvailableEntry, VendorRepliedEntry, VerifiedEntry } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

interface LetterWords {
  readonly progress: Readonly<Record<NonNullable<VendorRepliedEntry['progress']>, string>>;
  readonly results: Readonly<Record<VerifiedEntry['result'], string>>;
  readonly remediations: Readonly<Record<FixAvailableEntry['remediation'], string>>;
  readonly partial: string;
  readonly answered: string;
  readonly noDate: string;
  /** Of the advisory, before the words of the credit in it. */
  readonly versions: Readonly<Record<Language, string>>;
}

/** What the log says in a word, as a letter says it. */
export const LETTER_WORDS: Readonly<Record<Language, LetterWords>> = {
  en: {
    progress: { acknowledged: 'it has received the report', validating: 'it is looking into the report', accepted: 'it accepts that there is a vulnerability', deferred: 'it puts the matter off', rejected: 'it does not regard it as a vulnerability' },
    results: { confirmed: 'confirmed', partly: 'confirmed in part', 'not-confirmed': 'not confirmed' },
    remediations: { fix: 'fix', workaround: 'workaround', 'stop-using': 'stop using the product' },
    partial: 'partial',
    answered: 'it has answered',
    noDate: 'no time agreed yet',
    versions: { en: 'In English: ', ja: 'In Japanese: ' },
  },
  ja: {
    progress: { acknowledged: '受領した', validating: '検証中である', accepted: '脆弱性であると認めている', deferred: '対応を見合わせている', rejected: '脆弱性に該当しないとしている' },
    results: { confirmed: '再現を確認', partly: '一部の再現を確認', 'not-confirmed': '再現せず' },
    remediations: { fix: '修正版', workaround: '回避策', 'stop-using': '使用の停止' },
    partial: '一部のみ',
    answered: '回答があった',
    noDate: '日時は未合意',
    versions: { en: '英語版: ', ja: '日本語版: ' },
  },
};

/** The words of the credit as they will stand in each language, for the reporter to check; below each other where they differ, indented like the first. */
export function creditWords(credit: Bilingual | undefined, language: Language): string | undefined {
  const { en, ja } = credit ?? {};
  if (en === ja) return en;
  const { versions } = LETTER_WORDS[language];
  return [en === undefined ? [] : [versions.en + en], ja === undefined ? [] : [versions.ja + ja]].flat().join('\n  ');
}
