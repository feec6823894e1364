import { stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const danglingKey: Rule = {
  id: 'dangling-key',
  severity: 'error',
  summary: "The key of a contact of a vendor or a partner stands in keys/.",
  why: 'Every message to a vendor or a partner is encrypted to the key that its contact names (policy E). A fingerprint without its key stops the first notification on the day it is urgent.',
  fix: 'Import the key: vcc key import FILE',
  *check({ tree, repository, touched, touchedBelow }) {
    if (!touchedBelow('vendors') && !touchedBelow('partners') && !touchedBelow('keys')) return;
    const vendors = [...repository.vendors().values()].map(({ path, where, vendor }) => ({ path, where, contacts: vendor.contacts }));
    const partners = [...repository.partners().values()].map(({ path, where, partner }) => ({ path, where, contacts: partner.contacts }));
    for (const { path, contacts, where } of [...vendors, ...partners]) {
      for (const [index, { key }] of contacts.entries()) {
        if (key === undefined || !(touched(path) || touched(`keys/${key}.asc`))) continue;
        if (!stands(tree, `keys/${key}.asc`)) yield { file: path, ...where('contacts', index, 'key'), message: `keys/${key}.asc does not exist` };
      }
    }
  },
};
