import { wholeFile, type Rule } from './rule.ts';

export const symlink: Rule = {
  id: 'symlink',
  severity: 'error',
  safety: true,
  summary: 'No symbolic links and no submodules.',
  why: 'A link that someone commits would make vcc read or overwrite a file outside of the case repository on the machine of whoever checks it out. So vcc follows none, and what it does not follow it cannot check.',
  fix: 'Replace it by the file itself.',
  *checkFile(file) {
    if (file.kind === 'symlink') yield { ...wholeFile(file.path), message: 'is a symbolic link' };
    if (file.kind === 'submodule') yield { ...wholeFile(file.path), message: 'is a submodule' };
  },
};
