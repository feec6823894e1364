import type { Rule } from './rule.ts';

export const advisoryHeader: Rule = {
  id: 'advisory-header',
  severity: 'error',
  summary: 'An advisory says the case and the language of its file name.',
  why: 'A text that was copied from another case and kept its head would be published under the wrong number, or as the wrong language of the right one (publication gate: both texts complete).',
  fix: 'Correct the front matter of the advisory.',
  *checkCase({ record }) {
    for (const language of ['en', 'ja'] as const) {
      const advisory = record.advisories[language];
      if (!advisory) continue;
      const { header, path, where } = advisory;
      if (header.case !== record.number) yield { file: path, ...where('case'), message: `says case ${header.case} and lies in the folder of ${record.number}` };
      if (header.language !== language) yield { file: path, ...where('language'), message: `says language ${header.language} in the file for ${language}` };
    }
  },
};
