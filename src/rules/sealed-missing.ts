import { isEvent, missingParts } from '../domain/case.ts';
import type { Rule } from './rule.ts';

export const sealedMissing: Rule = {
  id: 'sealed-missing',
  severity: 'error',
  summary: 'What was sealed when the report arrived is still there, as a plain file.',
  why: 'Without sealed/reporter.asc nobody can tell whether a text names a reporter who wants to stay unknown (guideline IV.2), and without the others the vendor does not get the report (policy E). A link in its place would be read as nothing.',
  fix: 'Bring the file back from where it was: git log -- FILE, then git checkout COMMIT -- FILE.',
  *checkCase({ record }) {
    const missing = missingParts(record);
    for (const { entry, path, where } of record.log.filter(isEvent('received'))) {
      for (const [index, name] of (entry.sealed ?? []).entries()) {
        if (missing.includes(name)) yield { file: path, ...where('sealed', index), message: `${record.folder}/sealed/${name}.asc is missing or no plain file` };
      }
    }
  },
};
