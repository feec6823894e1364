import { ownPath } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

export const executableFile: Rule = {
  id: 'executable-file',
  severity: 'error',
  summary: 'Case files are not programs.',
  why: 'Attack code that was attached to a report must not lie in a work tree ready to be started by a click. Nothing that vcc writes is executable.',
  fix: 'Take the mode away: git update-index --chmod=-x FILE',
  mend: { does: 'takes the mode away in the work tree', mended: (file) => file.bytes() },
  *checkFile(file) {
    if (file.kind === 'executable' && ownPath(file.path)) yield { ...wholeFile(file.path), message: 'is executable' };
  },
};
