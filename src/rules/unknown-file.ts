import { knownPath, meantName, ownPath } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

export const unknownFile: Rule = {
  id: 'unknown-file',
  severity: 'error',
  summary: 'In the folders of vcc lie only files that vcc knows.',
  why: 'A proof of concept or an original mail that is dropped into the folder of a case would be readable for everyone who can read the repository; confidential material belongs into sealed/ (policy E, handling overview). A misspelt name would not be read, so the case would miss what it says.',
  fix: 'Encrypt confidential material into sealed/, and move or delete the rest.',
  *checkFile(file) {
    if (ownPath(file.path)) {
      if (!knownPath(file.path)) yield { ...wholeFile(file.path), message: 'is not a file that a case repository has here' };
      return;
    }
    const meant = meantName(file.path);
    if (meant !== undefined) {
      yield { ...wholeFile(file.path), message: `is not read: the name that vcc reads is ${meant}`, fix: `Rename it to ${meant}, or to something that cannot be taken for it.` };
    }
  },
};
