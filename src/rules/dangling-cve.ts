import type { Rule } from './rule.ts';

export const danglingCve: Rule = {
  id: 'dangling-cve',
  severity: 'error',
  summary: 'What cves: in case.md and cveDescriptions: in advisory.en.md name are CVE ids of the case.',
  why: 'A product, score or weakness that is tied to an id which the case does not have stands in no CVE record: nobody is told, and the record of the right id lacks it (CNA rules 5.1).',
  fix: 'Correct the id, or note it: vcc cve assign CASE --id CVE-YYYY-NNNN --assigner NAME',
  *checkCase({ record, state }) {
    const known = new Set(state.cves.map(({ id }) => id));
    const { products, cvss = [], references = [], weaknesses = [] } = record.file;
    for (const [field, list] of Object.entries({ products, cvss, references, weaknesses })) {
      for (const [index, one] of list.entries()) {
        for (const [place, id] of ((typeof one === 'string' ? undefined : one.cves) ?? []).entries()) {
          if (!known.has(id)) yield { file: `${record.folder}/case.md`, ...record.where(field, index, 'cves', place), message: `${id} is no CVE id of this case` };
        }
      }
    }
    const { en } = record.advisories;
    for (const id of Object.keys(en?.header.cveDescriptions ?? {})) {
      if (en !== undefined && !known.has(id)) yield { file: en.path, ...en.where('cveDescriptions', id), message: `${id} is no CVE id of this case` };
    }
  },
};
