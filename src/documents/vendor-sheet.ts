import { publicId, type CaseRecord } from '../domain/case.ts';
import type { CaseStatus, VendorState } from '../domain/case-state.ts';
import { eligible } from '../domain/eligibility.ts';
import { localDate } from '../domain/instant.ts';
import type { Bilingual, Contact, Vendor } from '../generated/documents.ts';
import { legible, legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import type { VendorRecord } from './repository.ts';
import { sheet, type SheetLine } from './sheet.ts';
import { table } from './table.ts';

/** Both names where there are two. */
export const bothLanguages = ({ en, ja }: Bilingual): string => legibleLine([ja, en].filter((name) => name !== undefined).join(' / '));

export const vendorName = ({ name }: Vendor): string => bothLanguages(name);

/** The contacts of somebody in a registry, each with its key and until when that is good. */
export const contactLines = (register: 'vendor' | 'partner', slug: string, contacts: readonly Contact[], keys: ReadonlyMap<string, string>): SheetLine[] =>
  contacts.map(({ name, email, language, key, phone }) => {
    const parts = [name, `<${email}>`, language === 'ja' ? 'in Japanese' : 'in English', phone].filter((part) => part !== undefined);
    return ['Contact', `${legibleLine(parts.join(', '))}\n${key === undefined ? `no key: vcc key import FILE --${register} ${slug}` : `key ${key}\ngood until: ${keys.get(key) ?? ''}`}`];
  });

export interface VendorSheet {
  readonly record: VendorRecord;
  /** Until when each key is good, or why it is not, by fingerprint. */
  readonly keys: ReadonlyMap<string, string>;
  readonly cases: readonly { readonly record: CaseRecord; readonly status: CaseStatus; readonly party: VendorState }[];
  readonly zone: string;
  readonly today: string;
}

/** One vendor in one screen. */
export function vendorSheet({ record, keys, cases, zone, today }: VendorSheet, width: number, colours: Paint): string {
  const { slug, vendor } = record;
  const { ok, why, hint } = eligible(vendor, today, slug);
  const lines: SheetLine[] = [
    ['Kind', vendor.kind],
    ['May be told', ok ? `yes: ${why}` : `no: ${why}. ${hint}`],
    ['Agreement', vendor.agreement && legibleLine([`signed ${vendor.agreement.signed}`, vendor.agreement.note].filter((part) => part !== undefined).join(', '))],
    ['Keywords', vendor.keywords && legibleLine(vendor.keywords.join(', '))],
    ['Makes', vendor.packages && legibleLine(vendor.packages.join(', '))],
    ['Contains', vendor.dependsOn && legibleLine(vendor.dependsOn.join(', '))],
    ['Page', vendor.url && legibleLine(vendor.url)],
    ...contactLines('vendor', slug, vendor.contacts, keys),
    ['Note', vendor.note && legible(vendor.note)],
  ];
  const rows = cases.map(({ record: { file }, status, party }) => [
    publicId(file),
    status,
    party.role,
    party.progress,
    party.status?.entry.status ?? '-',
    party.lastContact === undefined ? '-' : localDate(party.lastContact, zone),
  ]);
  const columns = [{ title: 'CASE' }, { title: 'STATE' }, { title: 'ROLE' }, { title: 'PROGRESS' }, { title: 'PUBLIC STATUS', flexible: true }, { title: 'CONTACTED' }];
  return [
    `${colours.strong(slug)}  ${vendorName(vendor)}`,
    '',
    sheet(lines, width, colours),
    ...(rows.length === 0 ? [] : ['', colours.strong(`Cases (days in ${zone})`), table(columns, rows, { width, title: colours.quiet })]),
  ].join('\n');
}

export const vendorAsData = ({ slug, path, vendor }: VendorRecord, today: string): object => {
  const { ok, why } = eligible(vendor, today);
  return { slug, path, file: vendor, eligible: { ok, why } };
};
