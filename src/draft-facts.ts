import type { DraftFacts } from './documents/advisory-sentences.ts';
import type { Product } from './generated/documents.ts';
import type { CaseView, Session } from './session.ts';

/** What a draft may say of a case. Nothing that is sealed is in it but the name of a reporter who is handed in. */
export function draftFacts({ repository }: Session, { record, state }: Pick<CaseView, 'record' | 'state'>, { credit }: Pick<DraftFacts, 'credit'>): DraftFacts {
  const { title, products, weaknesses, cvss, route, source } = record.file;
  return {
    file: { title, products, route, ...(weaknesses && { weaknesses }), ...(cvss && { cvss }), ...(source && { source }) },
    remediations: state.remediations.map(({ entry }) => entry),
    cves: state.cves.length,
    vendorNames: ({ registry, vendor }: Product) => (registry === undefined ? undefined : repository.vendor(registry)?.vendor.name) ?? { en: vendor },
    registered: (slug) => repository.vendor(slug)?.vendor.name,
    organisation: repository.configuration.organisation,
    ...(credit && { credit }),
  };
}
