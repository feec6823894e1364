import { wrongWithTemplate } from '../documents/template.ts';
import { knownPath } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

export const letterTemplate: Rule = {
  id: 'letter-template',
  severity: 'error',
  summary: 'A template of your own is that of a letter, and can be filled in.',
  why: 'A template in templates/ replaces the one that ships with vcc. A mistake in it would show when the letter is due, perhaps in the minute of a publication; one with a misspelt name would never be used.',
  fix: 'Correct it, or delete it: then the one that ships with vcc is used.',
  *checkFile(file) {
    if (!file.path.startsWith('templates/') || !knownPath(file.path) || file.kind === 'symlink' || file.kind === 'submodule') return;
    const problem = wrongWithTemplate(file.path, file.bytes());
    if (problem === undefined) return;
    const [first] = problem.findings;
    if (first) yield { file: file.path, line: first.line, column: first.column, message: first.message, ...(first.fix === undefined ? {} : { fix: first.fix }) };
    else yield { ...wholeFile(file.path), message: problem.message.replace(`${file.path}: `, '').replace(`${file.path} `, ''), fix: problem.hint };
  },
};
