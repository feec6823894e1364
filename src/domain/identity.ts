import type { Reporter } from '../generated/documents.ts';

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, ' ').trim();
const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
const BEYOND_LATIN = /[^\u0000-\u024f]/u;

export type IdentityPart = 'name' | 'e-mail address' | 'handle' | 'organisation';

/** Whether a text holds the words of a name, in this order or turned round: Yamada Hanako is Hanako Yamada. */
function holds(text: string, value: string | undefined): boolean {
  const name = fold(value ?? '');
  // One or two letters occur everywhere; in Japanese two characters are a family name already.
  if (name.length < (BEYOND_LATIN.test(name) ? 2 : 3)) return false;
  if (BEYOND_LATIN.test(name)) return text.replaceAll(' ', '').includes(name.replaceAll(' ', ''));
  const words = name.split(/[ ,]+/).map(literally);
  return [words, words.toReversed()].some((order) => new RegExp(`(?<![\\p{L}\\p{N}])${order.join('[ ,]+')}(?![\\p{L}\\p{N}])`, 'u').test(text));
}

/**
 * Which part of the reporter's identity a text gives away, or undefined. Compares without case, width and spacing;
 * half a name is not found, for most are words of the language too (guideline IV.2, policy B).
 */
export function identityIn(text: string, reporter: Reporter | undefined): IdentityPart | undefined {
  if (!reporter) return undefined;
  const folded = fold(text);
  if (holds(folded, reporter.email)) return 'e-mail address';
  if (holds(folded, reporter.name)) return 'name';
  if (holds(folded, reporter.handle)) return 'handle';
  if (holds(folded, reporter.organisation)) return 'organisation';
  return undefined;
}

/** The same for every text inside a value, such as a log entry. */
export function identityInside(value: unknown, reporter: Reporter | undefined): IdentityPart | undefined {
  if (typeof value === 'string') return identityIn(value, reporter);
  if (typeof value !== 'object' || value === null || reporter === undefined) return undefined;
  for (const part of Object.values(value)) {
    const found = identityInside(part, reporter);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The reporter without an organisation that is the vendor itself: one that reports on its own product is named as the vendor, which gives nobody away. */
export function withoutVendor(reporter: Reporter, products: readonly { readonly vendor: string }[]): Reporter {
  const { organisation, ...person } = reporter;
  if (organisation === undefined) return reporter;
  const plain = (name: string): string => fold(name).replaceAll(' ', '');
  const own = products.some(({ vendor }) => plain(vendor).includes(plain(organisation)) || plain(organisation).includes(plain(vendor)));
  return own ? person : reporter;
}
