import type { VendorRecord } from '../documents/repository.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal } from '../domain/problem.ts';
import type { Session } from '../session.ts';

/** The vendor's file, or a refusal that says how to add it. */
export function knownVendor(session: Session, slug: string): VendorRecord {
  const vendor = session.repository.vendors().get(slug);
  if (!vendor) throw refusal('unknown-vendor', `There is no vendor ${JSON.stringify(slug)} in the registry`, `${didYouMean(slug, session.repository.vendors().keys())}vcc vendor list, or add it: vcc vendor add ${slug}`);
  return vendor;
}

/** The vendor's name in the language of a letter. */
export const vendorName = (vendor: VendorRecord, language: 'en' | 'ja'): string => vendor.vendor.name[language] ?? vendor.vendor.name.en ?? vendor.vendor.name.ja ?? vendor.slug;
