import { stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const danglingKey: Rule = {
  id: 'dangling-key',
  severity: 'error',
  summary: "The key of a vendor's contact stands in keys/.",
  why: 'Every message to a vendor is encrypted to the key that its contact names (policy E). A fingerprint without its key stops the first notification on the day it is urgent.',
  fix: 'Import the key: vcc key import FILE',
  *check({ tree, repository, touched, touchedBelow }) {
    if (!touchedBelow('vendors') && !touchedBelow('keys')) return;
    for (const { path, vendor, where } of repository.vendors().values()) {
      for (const [index, { key }] of vendor.contacts.entries()) {
        if (key === undefined || !(touched(path) || touched(`keys/${key}.asc`))) continue;
        if (!stands(tree, `keys/${key}.asc`)) yield { file: path, ...where('contacts', index, 'key'), message: `keys/${key}.asc does not exist` };
      }
    }
  },
};
