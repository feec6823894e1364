import { readCnas } from '../documents/cna-file.ts';
import { stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const cnaFile: Rule = {
  id: 'cna-file',
  severity: 'error',
  summary: 'The vendors in the scope of a CNA exist, and a CNA is in the registry once.',
  why: 'The CNA in whose scope a product lies is asked for the id first (CNA rules 4.2.1.1). A scope that names a vendor by a wrong short name is never found, and an id would be given past that CNA.',
  fix: 'Correct the short name, or name the developer under scope.names.',
  *check({ tree, touchedBelow }) {
    if (!touchedBelow('cnas') && !touchedBelow('vendors')) return;
    const known = new Map<string, string>();
    for (const { path, file, where } of readCnas(tree).records) {
      for (const [index, slug] of (file.scope.vendors ?? []).entries()) {
        if (!stands(tree, `vendors/${slug}.yaml`)) yield { file: path, ...where('scope', 'vendors', index), message: `vendors/${slug}.yaml does not exist` };
      }
      const other = known.get(file.shortName.toLowerCase());
      if (other !== undefined) yield { file: path, ...where('shortName'), message: `${other} is ${file.shortName} already`, fix: 'Keep one of the two files.' };
      known.set(file.shortName.toLowerCase(), path);
    }
  },
};
