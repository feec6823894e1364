import type { Cvss } from '../generated/documents.ts';

export type Severity = 'none' | 'low' | 'medium' | 'high' | 'critical';

/** The qualitative rating of FIRST; version 2.0 ends with high and has no none. */
export function severityOf(version: Cvss['version'], score: number): Severity {
  if (version === '2.0') return score >= 7 ? 'high' : score >= 4 ? 'medium' : 'low';
  return score >= 9 ? 'critical' : score >= 7 ? 'high' : score >= 4 ? 'medium' : score > 0 ? 'low' : 'none';
}

/** The score that stands for a case where there is room for one: that of the newest version of CVSS. */
export function leadingScore(scores: readonly Cvss[]): { readonly version: Cvss['version']; readonly score: number; readonly severity: Severity } | undefined {
  const [best] = scores.flatMap(({ version, score }) => (score === undefined ? [] : [{ version, score, severity: severityOf(version, score) }])).sort((a, b) => Number(b.version) - Number(a.version));
  return best;
}
