import { stands } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

/** What was promised to somebody, or was given away, and must be found again. */
const RECORDS = [
  { path: /^cases\/[0-9]{4}\/[0-9]{8}\/case\.md$/, what: 'the case' },
  { path: /^cves\/[0-9]{4}\/CVE-[0-9-]+\.yaml$/, what: 'the CVE id' },
  { path: /^unreachable\/[^/]+\.yaml$/, what: 'the developer on the list of unreachable ones' },
  { path: /^duties\/[^/]+\.yaml$/, what: 'the record of the duty' },
] as const;

export const recordRemoved: Rule = {
  id: 'record-removed',
  severity: 'error',
  safety: true,
  summary: 'Cases, CVE ids and records of duties stay.',
  why: 'A report that is deleted is answered by nobody (policy A), and an id that is forgotten is given away a second time (CNA rules 4.1).',
  fix: 'Bring it back: git checkout HEAD -- FILE, or, where it is committed already, git checkout COMMIT~1 -- FILE. A case that comes to nothing ends: vcc record CASE withdrawn, or vcc triage CASE --decline',
  *check({ tree, altered }) {
    for (const path of altered.keys()) {
      const record = RECORDS.find((one) => one.path.test(path));
      if (record !== undefined && !stands(tree, path)) yield { ...wholeFile(path), message: `${record.what} is deleted` };
    }
  },
};
