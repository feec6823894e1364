import { isSlug, stands } from './layout.ts';
import type { Rule } from './rule.ts';

const PARTNER = 'partner:';

export const danglingPartner: Rule = {
  id: 'dangling-partner',
  severity: 'error',
  summary: 'A partner that a case names stands in partners/.',
  why: 'Whether a partner may be told, under which agreement and with which key is read from its file in the registry (policy E, handling overview). Without the file nobody can say who heard of the flaw, or whose consent to a date is kept.',
  fix: 'Correct the name, or add the partner: vcc partner add SLUG',
  *checkCase({ record }, { tree }) {
    for (const { path, entry, where } of record.log) {
      if (!('party' in entry) || !entry.party.startsWith(PARTNER)) continue;
      const slug = entry.party.slice(PARTNER.length);
      if (!isSlug(slug) || !stands(tree, `partners/${slug}.yaml`)) yield { file: path, ...where('party'), message: `partners/${slug}.yaml does not exist` };
    }
  },
};
