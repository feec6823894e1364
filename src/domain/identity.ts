import type { Reporter } from '../generated/documents.ts';
import { isOfTheField } from './field-words.ts';
import { holdsAddress, holdsName, searchable } from './name-spelling.ts';
import { openpgpBlocks } from './openpgp-block.ts';

export type IdentityPart = 'name' | 'e-mail address' | 'handle' | 'organisation' | 'OpenPGP key' | 'OpenPGP signature';

/**
 * Which part of the reporter's identity a text gives away, or undefined. A name is found in any ordinary spelling;
 * half a name is not, for most are words of the language too (guideline IV.2, policy B). A key or a signature names its
 * owner, whoever that is: it counts also where nothing else is known of the reporter ({}). undefined: nobody to keep out.
 */
export function identityIn(text: string, reporter: Reporter | undefined): IdentityPart | undefined {
  if (!reporter) return undefined;
  const blocks = openpgpBlocks(text).map(({ kind }) => kind);
  if (blocks.some((kind) => kind.includes('KEY'))) return 'OpenPGP key';
  if (blocks.some((kind) => kind.includes('SIGN'))) return 'OpenPGP signature';
  const { email } = reporter;
  const [name, handle, organisation] = [reporter.name, reporter.handle, reporter.organisation].map((value) => (value === undefined || isOfTheField(value) ? undefined : value));
  if (email === undefined && name === undefined && handle === undefined && organisation === undefined) return undefined;
  const ready = searchable(text);
  if (email !== undefined && holdsAddress(ready, email)) return 'e-mail address';
  if (name !== undefined && holdsName(ready, name)) return 'name';
  if (handle !== undefined && holdsName(ready, handle)) return 'handle';
  if (organisation !== undefined && holdsName(ready, organisation)) return 'organisation';
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

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s/gu, '');

/** The reporter without an organisation that is the vendor itself: one that reports on its own product is named as the vendor, which gives nobody away. */
export function withoutVendor(reporter: Reporter, products: readonly { readonly vendor: string }[]): Reporter {
  const { organisation, ...person } = reporter;
  if (organisation === undefined) return reporter;
  const own = products.some(({ vendor }) => fold(vendor).includes(fold(organisation)) || fold(organisation).includes(fold(vendor)));
  return own ? person : reporter;
}
