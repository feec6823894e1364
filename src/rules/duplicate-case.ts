import { wholeFile, type Rule } from './rule.ts';

export const duplicateCase: Rule = {
  id: 'duplicate-case',
  severity: 'error',
  summary: 'A case number is used once.',
  why: 'The case number becomes the public number of the advisory (JVN# and the number). Two cases with one number could not both be published, and a message about one would be filed under the other.',
  fix: 'Find out which of the two was made second, and make it again with vcc intake.',
  *check({ repository, folders, touched, everything, altered }) {
    // A case that is there already gets a twin only by a new case.md.
    const examined = folders.filter(({ folder }) => touched(`${folder}/case.md`) && (everything || !altered.has(`${folder}/case.md`)));
    if (examined.length === 0) return;
    const byNumber = new Map<string, string[]>();
    for (const { number, folder } of repository.caseFolders()) byNumber.set(number, [...(byNumber.get(number) ?? []), folder]);
    for (const { number, folder } of examined) {
      const others = byNumber.get(number)?.filter((other) => other !== folder) ?? [];
      if (others.length > 0) yield { ...wholeFile(`${folder}/case.md`), message: `has the number of ${others.join(', ')}` };
    }
  },
};
