import { lostEntries } from '../documents/folded-log.ts';
import { entryEvent } from '../documents/log-entry.ts';
import { stands } from './layout.ts';
import type { Rule } from './rule.ts';

export const logRewritten: Rule = {
  id: 'log-rewritten',
  severity: 'error',
  safety: true,
  summary: 'An entry of a log is neither changed nor deleted.',
  why: 'Who was told what, and when, is proven by the log alone, and the state of a case is worked out from it: an entry that is changed later forges an approval, a date or an embargo. An entry that moves between log/ and log.md keeps every byte.',
  fix: 'Leave it as it was: git checkout HEAD -- FILE, or, where it is committed already, git checkout COMMIT~1 -- FILE. A mistake is corrected by an entry that names it: vcc record CASE corrected --entry NAME --reason TEXT',
  *check({ tree, altered }) {
    for (const { folder, name, file, place, what } of lostEntries(tree, altered)) {
      // The entry of the receipt is watched by sealed-rewritten.
      if (entryEvent(name) === 'received' || !stands(tree, `${folder}/case.md`)) continue;
      yield { file, ...place, message: `the entry is ${what}${file.endsWith('/log.md') ? `: ${name}` : ''}` };
    }
  },
};
