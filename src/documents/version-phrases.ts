import { rangeText } from '../domain/version-range.ts';
import type { VersionRange } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

/** Also of a published advisory. */
interface Affected {
  readonly versions: readonly string[];
  readonly ranges?: readonly VersionRange[];
}

/** The ways in which affected versions are said, in both languages. */
const PHRASES = {
  en: {
    through: (end: string) => `${end} and earlier`,
    before: (end: string) => `versions prior to ${end}`,
    between: (start: string, end: string) => `${start} to ${end}`,
    since: (start: string) => `${start} and later`,
    sinceBefore: (start: string, end: string) => `${start} and later, prior to ${end}`,
    all: () => 'all versions',
  },
  ja: {
    through: (end: string) => `${end}およびそれ以前`,
    before: (end: string) => `${end}より前のバージョン`,
    between: (start: string, end: string) => `${start}から${end}まで`,
    since: (start: string) => `${start}以降`,
    sinceBefore: (start: string, end: string) => `${start}以降、${end}より前のバージョン`,
    all: () => 'すべてのバージョン',
  },
} as const;

type Way = keyof (typeof PHRASES)['en'];

/** How vendors write the same; what is none of these stays in their words. */
const SPOKEN: Readonly<Record<Language, readonly (readonly [way: Way, form: RegExp])[]>> = {
  en: [
    ['through', /^(\S.*?),? (?:and|or) (?:earlier|prior|older|below)(?: versions?)?$/i],
    ['before', /^(?:versions? )?(?:prior to|before|earlier than) (\S.*)$/i],
    ['since', /^(\S.*?),? (?:and|or) (?:later|newer|above)(?: versions?)?$/i],
    ['all', /^all (?:versions|releases)$/i],
    ['between', /^(?:from )?(\S*\d\S*) (?:to|through) (\S*\d\S*)$/i],
  ],
  ja: [
    ['before', /^(\S.*?) ?(?:より前|未満)(?:のバージョン)?$/],
    ['through', /^(\S.*?) ?(?:(?:および|及び)それ)?以前(?:のバージョン)?$/],
    ['since', /^(\S.*?) ?以降(?:のバージョン)?$/],
    ['all', /^(?:すべて|全て|全)の?バージョン$/],
    ['between', /^(\S*\d\S*?) ?から ?(\S*\d\S*?)(?: ?まで)?$/],
  ],
};

/** What stands before a number and has the same meaning wherever it does. */
const LEADING: Readonly<Record<Language, readonly (readonly [RegExp, string])[]>> = {
  en: [[/^ファームウェア ?(?:バージョン ?)?/, 'firmware '], [/^バージョン ?/, 'version ']],
  ja: [[/^firmware (?:versions? )?/i, 'ファームウェア '], [/^versions? (?=\d)/i, 'バージョン ']],
};

const say = (way: Way, [first = '', second = '']: readonly string[], language: Language): string => PHRASES[language][way](first, second);

const led = (words: string, language: Language): string => LEADING[language].reduce((text, [form, other]) => text.replace(form, other), words);

/** The vendor's words in the language, where they are one of the common ways to say it. */
function inWords(words: string, language: Language): string {
  const from: Language = language === 'en' ? 'ja' : 'en';
  for (const [way, form] of SPOKEN[from]) {
    const found = form.exec(words);
    if (found) return say(way, found.slice(1).map((part) => led(part, language)), language);
  }
  return led(words, language);
}

function inPhrase({ exact, from, before, through, fixed }: VersionRange, language: Language): string {
  if (exact !== undefined) return exact;
  const end = before ?? (through === undefined ? fixed : undefined);
  if (from !== undefined && through !== undefined) return say('between', [from, through], language);
  if (from !== undefined && end !== undefined) return say('sinceBefore', [from, end], language);
  if (through !== undefined) return say('through', [through], language);
  if (end !== undefined) return say('before', [end], language);
  return from === undefined ? '' : say('since', [from], language);
}

/** What nobody said in words, but a document had for programs: it reads better as a phrase. */
const isMadeOf = (ranges: readonly VersionRange[], versions: readonly string[]): boolean => ranges.length === versions.length && ranges.every((range, index) => rangeText(range) === versions[index]);

/** The affected versions of a product as an advisory says them: in the vendor's words, for readers; ranges are for programs. */
export const versionPhrases = ({ versions, ranges }: Affected, language: Language): string[] =>
  (ranges !== undefined && isMadeOf(ranges, versions) ? ranges.map((range) => inPhrase(range, language)) : versions.map((words) => inWords(words, language))).filter((phrase) => phrase !== '');

/** Versions in which the flaw is fixed, as the ranges say. */
export const fixedVersions = ({ ranges = [] }: Affected): string[] => [...new Set(ranges.flatMap(({ fixed, before }) => fixed ?? before ?? []))];
