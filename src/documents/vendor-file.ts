import type { FileWrite } from '../domain/plan.ts';
import type { Contact, Vendor } from '../generated/documents.ts';
import { editYaml, writeYaml, type YamlEdit } from './yaml-text.ts';

/** What a command changes on a known vendor; what is undefined stays. */
export type VendorChange = Partial<Omit<Vendor, 'schemaVersion' | 'contacts'>>;
/** A contact is known by its address. */
export type ContactChange = Pick<Contact, 'email'> & Partial<Contact>;

export const vendorPath = (slug: string): string => `vendors/${slug}.yaml`;

export const newVendorFile = (slug: string, vendor: Vendor): FileWrite => ({ path: vendorPath(slug), text: writeYaml(vendor, 'vendor', 'vendors') });

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const contactAt = (vendor: Vendor, email: string): number => vendor.contacts.findIndex((contact) => sameAddress(contact.email, email));

/** The edits that make a contact known, or bring a known one up to date. */
export function contactEdits(vendor: Vendor, change: ContactChange): YamlEdit[] {
  const known = contactAt(vendor, change.email);
  if (known === -1) return [{ path: ['contacts', vendor.contacts.length], value: change }];
  return Object.entries(change)
    .filter(([field]) => field !== 'email')
    .map(([field, value]) => ({ path: ['contacts', known, field], value }));
}

/** The vendor as it is after a change; keywords add up. */
export function vendorEdits(vendor: Vendor, change: VendorChange): YamlEdit[] {
  const { keywords, name, ...fields } = change;
  const added = (keywords ?? []).filter((keyword) => !(vendor.keywords ?? []).includes(keyword));
  return [
    ...(['en', 'ja'] as const).flatMap((language) => (name?.[language] === undefined ? [] : [{ path: ['name', language], value: name[language] }])),
    ...Object.entries<unknown>(fields).map(([field, value]) => ({ path: [field], value })),
    ...(added.length === 0 ? [] : [{ path: ['keywords'], value: [...(vendor.keywords ?? []), ...added] }]),
  ];
}

/** The file after the edits, with its comments. */
export const editedVendorFile = (slug: string, text: string, edits: readonly YamlEdit[]): FileWrite => ({ path: vendorPath(slug), text: editYaml(text, edits) });
