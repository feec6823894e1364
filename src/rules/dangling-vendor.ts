import type { LoggedEntry } from '../domain/case.ts';
import { isSlug, stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const danglingVendor: Rule = {
  id: 'dangling-vendor',
  severity: 'error',
  summary: 'A vendor that a case names stands in vendors/.',
  why: 'Whether a vendor may be told, in which language and with which key is read from its file in the registry (policy E, handling overview). Without the file nobody can say to whom the report went.',
  fix: 'Correct the name, or add the vendor: vcc vendor add SLUG',
  *checkCase({ record }, { tree }) {
    const missing = (slug: string): boolean => !isSlug(slug) || !stands(tree, `vendors/${slug}.yaml`);
    const message = (slug: string): string => `vendors/${slug}.yaml does not exist`;
    for (const [index, product] of record.file.products.entries()) {
      if (product.registry !== undefined && missing(product.registry)) {
        yield { file: `${record.folder}/case.md`, ...record.where('products', index, 'registry'), message: message(product.registry) };
      }
    }
    for (const logged of record.log) {
      for (const { field, slug } of vendorsOf(logged)) {
        if (missing(slug)) yield { file: logged.path, ...logged.where(field), message: message(slug) };
      }
    }
  },
};

function vendorsOf({ entry }: LoggedEntry): { field: string; slug: string }[] {
  const named: { field: string; slug: string }[] = [];
  if ('vendor' in entry) named.push({ field: 'vendor', slug: entry.vendor });
  if ('party' in entry && entry.party.startsWith('vendor:')) named.push({ field: 'party', slug: entry.party.slice('vendor:'.length) });
  return named;
}
