import { stands } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

/** The entry of the receipt is watched by sealed-rewritten. */
const ENTRY = /^(cases\/[0-9]{4}\/[0-9]{8})\/log\/(?![^/]*-received-)[^/]*\.md$/;

export const logRewritten: Rule = {
  id: 'log-rewritten',
  severity: 'error',
  safety: true,
  summary: 'An entry of a log is neither changed nor deleted.',
  why: 'Who was told what, and when, is proven by the log alone, and the state of a case is worked out from it: an entry that is changed later forges an approval, a date or an embargo.',
  fix: 'Leave it as it was: git checkout HEAD -- FILE. A mistake is corrected by an entry that names it: vcc record CASE corrected --entry NAME --reason TEXT',
  *check({ tree, altered }) {
    for (const [path, before] of altered) {
      const [, folder] = ENTRY.exec(path) ?? [];
      if (folder === undefined || !stands(tree, `${folder}/case.md`)) continue;
      const now = tree.read(path);
      if (now === undefined) yield { ...wholeFile(path), message: 'the entry is deleted' };
      else if (Buffer.compare(before(), now) !== 0) yield { ...wholeFile(path), message: 'the entry is changed' };
    }
  },
};
