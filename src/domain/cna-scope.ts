import type { CaseFile, Cna, Vendor } from '../generated/documents.ts';
import type { CaseState } from './case-state.ts';
import { nameKey } from './name-folding.ts';

/** Whoever only passes a product on is not whom its flaw is offered to first. */
const MAKERS: ReadonlySet<string> = new Set(['developer', 'upstream', 'service-provider', 'oem']);

/**
 * Why a CNA has the first word on an id for this case: the makers of its products that fall in the scope, by their registered short
 * name or by a name (CNA rules 4.2.1.1). Empty where none does.
 */
export function inScopeOf({ scope }: Pick<Cna, 'scope'>, { products }: Pick<CaseFile, 'products'>, state: Pick<CaseState, 'vendors'>, vendorOf: (slug: string) => Pick<Vendor, 'name'> | undefined): readonly string[] {
  const parties = [...state.vendors.values()].filter(({ role }) => MAKERS.has(role)).map(({ slug }) => slug);
  const slugs = new Set([...parties, ...products.flatMap(({ registry }) => registry ?? [])]);
  const registered = [...slugs].flatMap((slug) => [vendorOf(slug)?.name.en ?? [], vendorOf(slug)?.name.ja ?? []].flat());
  const names = [...registered, ...products.map(({ vendor }) => vendor)];
  const wanted = new Set((scope.names ?? []).map(nameKey));
  return [...new Set([...(scope.vendors ?? []).filter((slug) => slugs.has(slug)), ...names.filter((name) => wanted.has(nameKey(name)))])];
}

/** How a CNA is asked for an id, in one line. */
export const howToAsk = ({ contact: { email, url, note } }: Pick<Cna, 'contact'>): string => [email, url, note].filter((part) => part !== undefined).join(', ');
