import { missingParts, sealedWith } from '../domain/case.ts';
import type { Rule } from './rule.ts';

export const sealedMissing: Rule = {
  id: 'sealed-missing',
  severity: 'error',
  safety: true,
  summary: 'What the log says was sealed is still there, as a plain file.',
  why: 'Without sealed/reporter.asc nobody can tell whether a text names a reporter who wants to stay unknown (guideline IV.2), and without the others the vendor does not get the report (policy E). A link in its place would be read as nothing.',
  fix: 'Bring the file back from where it was: git log -- FILE, then git checkout COMMIT -- FILE.',
  *checkCase({ record }) {
    const missing = missingParts(record);
    for (const { entry, path, where } of record.log) {
      for (const [index, name] of sealedWith(entry).entries()) {
        const place = entry.event === 'received' ? ['sealed', index] : 'sealed' in entry ? ['sealed'] : ['mail' in entry ? 'mail' : 'file', 'sealed'];
        if (missing.includes(name)) yield { file: path, ...where(...place), message: `${record.folder}/sealed/${name}.asc is missing or no plain file` };
      }
    }
  },
};
