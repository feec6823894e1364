// The only import of ae-cvss-calculator. It scores incomplete vectors, lets a repeated metric win silently and takes
// values that the specification does not have (SC:S in 4.0), so the vector is checked here before it is scored.
// Loading it takes 40 ms: import this file lazily where a command may not need it.
import calculator from 'ae-cvss-calculator';
import type { Cvss } from '../generated/documents.ts';
import { usage, VccError } from './problem.ts';
import { severityOf, type Severity } from './severity.ts';

export interface CvssScore {
  readonly version: Cvss['version'];
  readonly vector: string;
  /** The base score: it is what the matrix of the guideline takes, whatever else the vector says. */
  readonly score: number;
  readonly severity: Severity;
}

interface Metrics {
  readonly base: Readonly<Record<string, string>>;
  readonly optional: Readonly<Record<string, string>>;
}

/** Metrics of each version and their values, as FIRST specifies them. */
const V2: Metrics = {
  base: { AV: 'L A N', AC: 'H M L', Au: 'M S N', C: 'N P C', I: 'N P C', A: 'N P C' },
  optional: { E: 'U POC F H ND', RL: 'OF TF W U ND', RC: 'UC UR C ND', CDP: 'N L LM MH H ND', TD: 'N L M H ND', CR: 'L M H ND', IR: 'L M H ND', AR: 'L M H ND' },
};
const V3: Metrics = {
  base: { AV: 'N A L P', AC: 'L H', PR: 'N L H', UI: 'N R', S: 'U C', C: 'N L H', I: 'N L H', A: 'N L H' },
  optional: {
    E: 'X U P F H', RL: 'X O T W U', RC: 'X U R C', CR: 'X L M H', IR: 'X L M H', AR: 'X L M H',
    MAV: 'X N A L P', MAC: 'X L H', MPR: 'X N L H', MUI: 'X N R', MS: 'X U C', MC: 'X N L H', MI: 'X N L H', MA: 'X N L H',
  },
};
const V4: Metrics = {
  base: { AV: 'N A L P', AC: 'L H', AT: 'N P', PR: 'N L H', UI: 'N P A', VC: 'H L N', VI: 'H L N', VA: 'H L N', SC: 'H L N', SI: 'H L N', SA: 'H L N' },
  optional: {
    E: 'X A P U', CR: 'X H M L', IR: 'X H M L', AR: 'X H M L',
    MAV: 'X N A L P', MAC: 'X L H', MAT: 'X N P', MPR: 'X N L H', MUI: 'X N P A', MVC: 'X H L N', MVI: 'X H L N', MVA: 'X H L N', MSC: 'X H L N', MSI: 'X S H L N', MSA: 'X S H L N',
    S: 'X N P', AU: 'X N Y', R: 'X A U I', V: 'X D C', RE: 'X L M H', U: 'X Clear Green Amber Red',
  },
};

const VERSIONS: readonly { readonly version: Cvss['version']; readonly prefix: string; readonly metrics: Metrics; readonly base: (vector: string) => number | undefined }[] = [
  { version: '4.0', prefix: 'CVSS:4.0/', metrics: V4, base: (vector) => new calculator.Cvss4P0(vector).calculateScores().baseMetricsOnly },
  { version: '3.1', prefix: 'CVSS:3.1/', metrics: V3, base: (vector) => new calculator.Cvss3P1(vector).calculateScores().base },
  { version: '3.0', prefix: 'CVSS:3.0/', metrics: V3, base: (vector) => new calculator.Cvss3P0(vector).calculateScores().base },
  { version: '2.0', prefix: '', metrics: V2, base: (vector) => new calculator.Cvss2(vector).calculateScores().base },
];

const HINT = 'For example CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H, or for version 2.0 AV:N/AC:H/Au:N/C:P/I:P/A:N';

/** The base score of a CVSS vector of version 2.0, 3.0, 3.1 or 4.0. Throws a usage error that names the metric that is wrong. */
export function scoreCvss(vector: string): CvssScore {
  const wrong = (what: string): VccError => usage(`CVSS vector: ${what}`, HINT);
  const found = VERSIONS.find(({ prefix }) => vector.startsWith(prefix));
  if (!found || (found.prefix === '' && vector.startsWith('CVSS:'))) throw wrong(`there is no version ${JSON.stringify(vector.split('/')[0])}`);
  const { base, optional } = found.metrics;
  const seen = new Set<string>();
  for (const part of vector.slice(found.prefix.length).split('/')) {
    const [metric = '', value = '', ...rest] = part.split(':');
    const values = Object.hasOwn(base, metric) ? base[metric] : Object.hasOwn(optional, metric) ? optional[metric] : undefined;
    if (values === undefined) throw wrong(`version ${found.version} has no metric ${JSON.stringify(metric)}`);
    if (rest.length > 0 || !values.split(' ').includes(value)) throw wrong(`${metric} is one of ${values.split(' ').join(', ')}, not ${JSON.stringify([value, ...rest].join(':'))}`);
    if (seen.has(metric)) throw wrong(`${metric} stands in it twice`);
    seen.add(metric);
  }
  const missing = Object.keys(base).filter((metric) => !seen.has(metric));
  if (missing.length > 0) throw wrong(`${missing.join(', ')} is missing`);
  const score = found.base(vector);
  if (score === undefined) throw new Error(`no base score for the complete vector ${vector}`);
  return { version: found.version, vector, score, severity: severityOf(found.version, score) };
}

type Scored = readonly Cvss[];

/** The highest base score of a case, or undefined where nobody has scored it. */
export function bestScore(known: Scored): number | undefined {
  const scores = known.map(({ score, vector }) => score ?? scoreCvss(vector).score);
  return scores.length === 0 ? undefined : Math.max(...scores);
}

/** The scores of a case with a new one, which takes the place of the one of its version. */
export const withScore = (known: Scored, { version, vector, score }: CvssScore): Cvss[] => [...known.filter((one) => one.version !== version), { version, vector, score }];

/** The vectors of a report, each with the score that it gives, and what is wrong with the others: a stranger's slip must not keep the report out. */
export function soundScores(reported: Scored): { readonly sound: Cvss[]; readonly wrong: readonly string[] } {
  const sound: Cvss[] = [];
  const wrong: string[] = [];
  for (const one of reported) {
    try {
      const { version, vector, score } = scoreCvss(one.vector);
      sound.push({ ...one, version, vector, score });
      if (one.score !== undefined && one.score !== score) wrong.push(`${vector} gives ${score.toFixed(1)}, not ${one.score}`);
    } catch (problem) {
      if (!(problem instanceof VccError)) throw problem;
      wrong.push(`${JSON.stringify(one.vector)}: ${problem.message}`);
    }
  }
  return { sound, wrong };
}
