import { scoreCvss } from '../domain/cvss.ts';
import { VccError } from '../domain/problem.ts';
import type { Rule } from './rule.ts';

export const cvssVector: Rule = {
  id: 'cvss-vector',
  severity: 'error',
  summary: 'A CVSS vector in case.md is complete and of its version, and its score is the one that the vector gives.',
  why: 'The base score decides the priority and stands in the advisory and the CVE record. A vector with a metric too few or a score typed by hand is public before anybody computes it again.',
  fix: 'Correct the vector, or let vcc triage CASE --cvss VECTOR write it with its score.',
  *checkCase({ record }) {
    const file = `${record.folder}/case.md`;
    for (const [index, { version, vector, score }] of (record.file.cvss ?? []).entries()) {
      const at = (field: string): { file: string; line: number; column: number } => ({ file, ...record.where('cvss', index, field) });
      const scored = scoreOf(vector);
      if (typeof scored === 'string') yield { ...at('vector'), message: scored };
      else if (scored.version !== version) yield { ...at('version'), message: `the vector is one of version ${scored.version}, not ${version}` };
      else if (score !== undefined && score !== scored.score) yield { ...at('score'), message: `the vector gives ${scored.score.toFixed(1)}, not ${score}` };
    }
  },
};

function scoreOf(vector: string): ReturnType<typeof scoreCvss> | string {
  try {
    return scoreCvss(vector);
  } catch (problem) {
    if (problem instanceof VccError) return problem.message;
    throw problem;
  }
}
