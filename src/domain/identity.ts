import type { Reporter } from '../generated/documents.ts';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ');

/**
 * Which part of the reporter's identity a text gives away, or undefined. Compares without case, width and
 * spacing; parts of a name count where they are long enough not to be common words (guideline IV.2, policy B).
 */
export function identityIn(text: string, reporter: Reporter | undefined): 'name' | 'e-mail address' | 'handle' | 'organisation' | undefined {
  if (!reporter) return undefined;
  const haystack = fold(text);
  const compact = haystack.replaceAll(' ', '');
  const has = (value: string | undefined): boolean => {
    if (value === undefined) return false;
    const needle = fold(value).trim();
    // One or two letters occur everywhere; in Japanese two characters are a family name already.
    const enough = /[^\u0000-\u024f]/u.test(needle) ? 2 : 3;
    if (needle.length < enough) return false;
    if (/[^\u0000-\u024f]/u.test(needle)) return compact.includes(needle.replaceAll(' ', ''));
    return new RegExp(`(?<![\\p{L}\\p{N}])${needle.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}])`, 'u').test(haystack);
  };
  if (has(reporter.email)) return 'e-mail address';
  if (has(reporter.name)) return 'name';
  if (has(reporter.handle)) return 'handle';
  if (has(reporter.organisation)) return 'organisation';
  return undefined;
}
