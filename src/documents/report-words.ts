import { createHash } from 'node:crypto';
import type { Report } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

/** The texts of a report that a vendor reads in somebody's words. */
const TEXTS = ['discovery', 'impact', 'poc'] as const;
export type Wording = Partial<Pick<Report, (typeof TEXTS)[number]>>;

/** Those texts of a report, whose proof of concept is sealed for itself. */
export function wordingOf(report: Wording, poc: Uint8Array | undefined): Wording {
  const whole = { ...report, ...(poc === undefined ? {} : { poc: new TextDecoder().decode(poc) }) };
  return Object.fromEntries(TEXTS.flatMap((text) => (whole[text] === undefined || whole[text].trim() === '' ? [] : [[text, whole[text]]])));
}

/** By this a translation knows what it translates: the SHA-256 of [discovery, impact, poc] as JSON without blanks, null for what is not there. */
export const wordingHash = (wording: Wording): `sha256:${string}` => `sha256:${createHash('sha256').update(JSON.stringify(TEXTS.map((text) => wording[text] ?? null))).digest('hex')}`;

const HEADINGS = {
  discovery: { en: 'How it was found:', ja: '発見の経緯:' },
  impact: { en: 'What an attacker may achieve:', ja: '想定される影響:' },
  poc: { en: 'Proof of concept or steps:', ja: '実証コード・再現手順:' },
} as const;

/** Longer, it is read better as a file; it is attached in any case. */
const LONGEST_PROOF = 4000;

/** The parts of a report that a vendor is meant to read, in the reporter's words, each below its heading; undefined where it has none. */
export function reportInWords(report: Wording, language: Language): string | undefined {
  const parts = TEXTS.flatMap((part) => {
    const text = report[part]?.trim() ?? '';
    return text === '' || (part === 'poc' && text.length > LONGEST_PROOF) ? [] : [`${HEADINGS[part][language]}\n\n${text}`];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
