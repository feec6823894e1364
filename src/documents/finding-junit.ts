import type { Finding } from '../domain/finding.ts';
import { told, type FindingReport, type ReportedFinding } from './finding-formats.ts';
import { legibleLine } from './legible.ts';
import { xmlDocument } from './xml.ts';

/** JUnit XML: each rule is a test, which fails by what it found as an error; warnings are told beside, and fail a test of their own where they are too many. */
export function junitReport({ findings, rules, tooMany }: FindingReport): string {
  const ids = [...new Set([...rules.map(({ id }) => id), ...findings.map(({ finding }) => finding.rule)])].sort();
  const line = (reported: ReportedFinding): string => `${reported.inFile ? `${legibleLine(reported.finding.file)}:${reported.finding.line}:${reported.finding.column}: ` : ''}${told(reported)}`;
  const ofRules = ids.map((id) => {
    const ofRule = (severity: Finding['severity']): ReportedFinding[] => findings.filter(({ finding }) => finding.rule === id && finding.severity === severity);
    const [errors, warnings] = [ofRule('error'), ofRule('warning')];
    return {
      '@name': id,
      '@classname': 'vcc.lint',
      failure: errors.length === 0 ? undefined : { '@message': `${errors.length} found`, '@type': id, '#text': errors.map(line).join('\n') },
      'system-out': warnings.length === 0 ? undefined : warnings.map(line).join('\n'),
    };
  });
  const cases = [...ofRules, ...(tooMany === undefined ? [] : [{ '@name': '--max-warnings', '@classname': 'vcc.lint', failure: { '@message': tooMany, '@type': '--max-warnings' } }])];
  const failures = String(cases.filter(({ failure }) => failure !== undefined).length);
  return xmlDocument('testsuites', { '@tests': String(cases.length), '@failures': failures, testsuite: { '@name': 'vcc lint', '@tests': String(cases.length), '@failures': failures, testcase: cases } });
}
