import type { Report } from '../generated/documents.ts';
import type { Language } from './advisory-words.ts';

const HEADINGS = {
  discovery: { en: 'How it was found:', ja: '発見の経緯:' },
  impact: { en: 'What an attacker may achieve:', ja: '想定される影響:' },
  poc: { en: 'Proof of concept or steps:', ja: '実証コード・再現手順:' },
} as const;

/** Longer, it is read better as a file; it is attached in any case. */
const LONGEST_PROOF = 4000;

/** The parts of a report that a vendor is meant to read, in the reporter's words, each below its heading; undefined where it has none. */
export function reportInWords(report: Pick<Partial<Report>, keyof typeof HEADINGS>, language: Language): string | undefined {
  const parts = (['discovery', 'impact', 'poc'] as const).flatMap((part) => {
    const text = report[part]?.trim() ?? '';
    return text === '' || (part === 'poc' && text.length > LONGEST_PROOF) ? [] : [`${HEADINGS[part][language]}\n\n${text}`];
  });
  return parts.length === 0 ? undefined : parts.join('\n\n');
}
