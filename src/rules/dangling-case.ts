import type { Rule } from './rule.ts';

export const danglingCase: Rule = {
  id: 'dangling-case',
  severity: 'error',
  summary: 'A related case exists.',
  why: 'Siblings with one title are kept apart and linked, not merged. A link to a number that does not exist hides the sibling from whoever decides on both.',
  fix: 'Correct the number under related in case.md, or take it away.',
  *checkCase({ record }, { repository, touched }) {
    const related = record.file.related ?? [];
    if (related.length === 0 || !touched(`${record.folder}/case.md`)) return;
    const numbers = new Set(repository.caseFolders().map(({ number }) => number));
    for (const [index, number] of related.entries()) {
      const place = { file: `${record.folder}/case.md`, ...record.where('related', index) };
      if (number === record.number) yield { ...place, message: 'the case is related to itself' };
      else if (!numbers.has(number)) yield { ...place, message: `there is no case ${number}` };
    }
  },
};
