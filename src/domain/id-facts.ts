import { LANGUAGES, readLines, type Parting, type ReadLine } from './advisory-lines.ts';
import type { CaseState } from './case-state.ts';
import { weaknessIds, type CaseRecord, type SectionId } from './case.ts';

type Facts = Pick<CaseRecord, 'file' | 'advisories'>;

const CVE = /\bCVE-\d{4}-\d{4,19}\b/gi;
const CWE = /\bCWE-\d{1,5}\b/gi;
const VECTOR = /(?<![A-Za-z:/])(?:CVSS:\d\.\d\/)?AV:[LANP](?:\/[A-Za-z]{1,3}:[A-Za-z]{1,5}){5,30}/g;
const SCORE = /(?<![\d.])(?:10\.0|\d\.\d)(?![\d.])/;

/** Sections that speak of other flaws and other advisories by their nature. */
const ELSEWHERE: readonly (SectionId | undefined)[] = ['references', 'addendum', 'other', 'vendor-status', 'history'];

const matches = (line: ReadLine, form: RegExp): { readonly id: string; readonly line: number; readonly column: number }[] =>
  [...line.text.matchAll(form)].map(({ 0: id, index }) => ({ id, line: line.line, column: index + 1 }));

export const cvesIn = (lines: readonly ReadLine[]): Set<string> => new Set(lines.flatMap((line) => matches(line, CVE).map(({ id }) => id.toUpperCase())));
export const vectorsIn = (lines: readonly ReadLine[]): Set<string> => new Set(lines.flatMap((line) => matches(line, VECTOR).map(({ id }) => id)));

/** CVE ids that are not the case's, and ids of the case that a text leaves out which names others. */
export function* cvePartings({ advisories }: Facts, { cves }: CaseState): Iterable<Parting> {
  const own = new Set(cves.map(({ id }) => id));
  for (const language of LANGUAGES) {
    const advisory = advisories[language];
    if (advisory === undefined) continue;
    const lines = readLines(advisory);
    const said = cvesIn(lines);
    const missing = [...own].filter((id) => !said.has(id));
    for (const { section, ...place } of lines.flatMap((line) => matches(line, CVE).map((found) => ({ ...found, section: line.section })))) {
      const id = place.id.toUpperCase();
      if (own.has(id) || (ELSEWHERE.includes(section) && missing.length === 0)) continue;
      const sure = missing.length > 0;
      yield { file: advisory.path, line: place.line, column: place.column, sure, message: `${id} is no CVE id of the case${sure ? `, and ${missing.join(', ')} stands nowhere in the text` : own.size === 0 ? ', which has none yet' : ''}` };
    }
    const first = lines.find((line) => cvesIn([line]).size > 0);
    if (first !== undefined && missing.length > 0 && [...said].every((id) => own.has(id))) yield { file: advisory.path, line: first.line, column: first.column, sure: false, message: `the text names ${[...said].join(', ')} and leaves out ${missing.join(', ')}` };
  }
}

/** Vectors, base scores and weaknesses that are not those of case.md. */
export function* scorePartings({ file, advisories }: Facts): Iterable<Parting> {
  const { cvss = [] } = file;
  const weaknesses = weaknessIds(file);
  const withoutPrefix = (vector: string): string => vector.replace(/^CVSS:\d\.\d\//, '');
  const scoreOf = (vector: string): number | undefined => cvss.find((one) => one.vector === vector || withoutPrefix(one.vector) === vector)?.score;
  const isOwn = (vector: string): boolean => cvss.some((one) => one.vector === vector || (!vector.startsWith('CVSS:') && withoutPrefix(one.vector) === vector));
  const scores = cvss.every(({ score }) => score !== undefined) ? cvss.map(({ score }) => score ?? 0) : undefined;
  for (const language of LANGUAGES) {
    const advisory = advisories[language];
    if (advisory === undefined) continue;
    for (const line of readLines(advisory)) {
      const at = (column: number): Pick<Parting, 'file' | 'line' | 'column' | 'sure'> => ({ file: advisory.path, line: line.line, column, sure: true });
      const vectors = matches(line, VECTOR);
      for (const [index, { id, column }] of vectors.entries()) {
        if (!isOwn(id)) yield { ...at(column), message: `case.md does not have the vector ${id}` };
        const behind = line.text.slice(column - 1 + id.length, vectors[index + 1]?.column);
        const said = SCORE.exec(behind);
        const score = scoreOf(id);
        if (said !== null && score !== undefined && Number(said[0]) !== score) yield { ...at(column + id.length + said.index), message: `case.md gives this vector ${score.toFixed(1)}, not ${said[0]}` };
      }
      const named = vectors.length > 0 ? null : /(?:base score|基本値)[^\d]{0,20}(?<score>10\.0|\d\.\d)(?![\d.])/i.exec(line.text);
      const score = named?.groups?.['score'];
      if (named !== null && score !== undefined && scores !== undefined && scores.length > 0 && !scores.includes(Number(score))) yield { ...at(named.index + 1), message: `no vector of case.md has the base score ${score}` };
      if (ELSEWHERE.includes(line.section)) continue;
      for (const { id, column } of matches(line, CWE)) {
        if (!weaknesses.includes(id.toUpperCase())) yield { ...at(column), sure: weaknesses.length > 0, message: `${id.toUpperCase()} is none of the weaknesses in case.md${weaknesses.length > 0 ? `, which has ${weaknesses.join(', ')}` : ', which has none yet'}` };
      }
    }
  }
}
