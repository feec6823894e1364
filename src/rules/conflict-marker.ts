import { ownPath } from './layout.ts';
import type { Rule } from './rule.ts';

const MARKER = /^(?:<{7}|>{7}|\|{7}) /m;

export const conflictMarker: Rule = {
  id: 'conflict-marker',
  severity: 'error',
  safety: true,
  summary: 'No file has the marks that Git leaves where a merge needs a decision.',
  why: 'Between the marks stand two truths, and a text with both would go out to a vendor or to the public.',
  fix: 'Decide which lines hold, take the marks out, and git add the file.',
  *checkFile(file) {
    if (file.kind !== 'file' || !ownPath(file.path)) return;
    const at = MARKER.exec(file.latin1())?.index;
    if (at !== undefined) yield { file: file.path, line: file.latin1().slice(0, at).split('\n').length, column: 1, message: 'has the mark of an unfinished merge' };
  },
};
