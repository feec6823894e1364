import type { CaseStatus } from '../domain/case-state.ts';
import { publicId, type CaseRecord } from '../domain/case.ts';
import { localDate, type Instant } from '../domain/instant.ts';
import { PURPOSES } from '../domain/partner-permission.ts';
import { legible, legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import type { PartnerRecord } from './repository.ts';
import { sheet } from './sheet.ts';
import { table } from './table.ts';
import { bothLanguages, contactLines } from './vendor-sheet.ts';

export interface PartnerSheet {
  readonly record: PartnerRecord;
  /** Until when each key is good, or why it is not, by fingerprint. */
  readonly keys: ReadonlyMap<string, string>;
  /** Cases in which it was told of something, and when last. */
  readonly cases: readonly { readonly record: CaseRecord; readonly status: CaseStatus; readonly purposes: readonly string[]; readonly last: Instant }[];
  readonly zone: string;
}

/** One partner in one screen. */
export function partnerSheet({ record, keys, cases, zone }: PartnerSheet, width: number, colours: Paint): string {
  const { slug, partner } = record;
  const rows = cases.map(({ record: { file }, status, purposes, last }) => [publicId(file), status, purposes.join(', '), localDate(last, zone)]);
  const columns = [{ title: 'CASE' }, { title: 'STATE' }, { title: 'TOLD', flexible: true }, { title: 'LAST' }];
  return [
    `${colours.strong(slug)}  ${bothLanguages(partner.name)}`,
    '',
    sheet(
      [
        ['Kind', partner.kind.replaceAll('-', ' ')],
        ['Is told', PURPOSES[partner.kind].join(', ')],
        ['NDA', partner.nda === undefined ? 'none' : legibleLine([`signed ${partner.nda.signed}`, partner.nda.note].filter((part) => part !== undefined).join(', '))],
        ['Page', partner.url && legibleLine(partner.url)],
        ...contactLines('partner', slug, partner.contacts, keys),
        ['Note', partner.note && legible(partner.note)],
      ],
      width,
      colours,
    ),
    ...(rows.length === 0 ? [] : ['', colours.strong(`Cases (days in ${zone})`), table(columns, rows, { width, title: colours.quiet })]),
  ].join('\n');
}

export const partnerAsData = ({ slug, path, partner }: PartnerRecord): object => ({ slug, path, file: partner, purposes: PURPOSES[partner.kind] });
