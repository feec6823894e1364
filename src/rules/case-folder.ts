import { isEvent } from '../domain/case.ts';
import { localDate } from '../domain/instant.ts';
import type { Rule } from './rule.ts';

export const caseFolder: Rule = {
  id: 'case-folder',
  severity: 'error',
  summary: 'A case lies in cases/<year of its receipt>/<its number>/ and has a case.md.',
  why: 'Commands, links and the published number find a case by its folder. A folder that says another number or year than the case shows two people two different cases.',
  fix: 'Move the folder to cases/<year>/<id>/ with git mv.',
  *checkCase({ record }, { repository }) {
    const [, year, number] = record.folder.split('/');
    if (record.file.id !== number) {
      yield { file: `${record.folder}/case.md`, ...record.where('id'), message: `says id ${record.file.id} and lies in the folder of ${number ?? '?'}` };
    }
    const received = record.log.find(isEvent('received'));
    if (received && localDate(received.at, repository.zone).slice(0, 4) !== year) {
      yield { file: received.path, ...received.where('at'), message: `the report was received in ${localDate(received.at, repository.zone).slice(0, 4)} and the case lies in the folder of ${year ?? '?'}` };
    }
  },
};
