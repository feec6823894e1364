import { createHash } from 'node:crypto';
import type { Finding } from '../domain/finding.ts';
import { legibleLine } from './legible.ts';

/** Forms in which findings are printed for another program. */
export const FINDING_FORMATS = ['text', 'json', 'sarif', 'github', 'gitlab', 'junit'] as const;
export type FindingFormat = (typeof FINDING_FORMATS)[number];

/** What a report says of a rule that found something. */
interface ReportedRule {
  readonly id: string;
  readonly severity: Finding['severity'];
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
}

/** A finding, and whether it is about a file; some are about a commit or the name of a branch. */
export interface ReportedFinding {
  readonly finding: Finding;
  readonly inFile: boolean;
}

export interface FindingReport {
  readonly findings: readonly ReportedFinding[];
  /** Every rule that there is. */
  readonly rules: readonly ReportedRule[];
  /** Why the run fails where no single finding does it. */
  readonly tooMany?: string;
}

/** A finding in one line, without its place in a file. */
export const told = ({ finding: { file, message, fix }, inFile }: ReportedFinding): string => legibleLine(`${inFile ? '' : `${file}: `}${message}${fix === undefined ? '' : ` (${fix})`}`);
const uriOf = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Code scanning refuses a result without a place: what is about a commit or a branch stands at the file that every case repository has, and its text says what it is about. */
const NOWHERE = { artifactLocation: { uri: 'vcc.yaml' }, region: { startLine: 1 } } as const;

/** SARIF 2.1.0, for code scanning. */
export function sarif({ findings, rules }: FindingReport): string {
  const named = rules.filter(({ id }) => findings.some(({ finding }) => finding.rule === id));
  return JSON.stringify(
    {
      $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'vcc',
              rules: named.map(({ id, severity, summary, why, fix }) => ({ id, shortDescription: { text: summary }, fullDescription: { text: why }, help: { text: fix }, defaultConfiguration: { level: severity } })),
            },
          },
          columnKind: 'utf16CodeUnits',
          results: findings.map((reported) => {
            const { rule, severity, file, line, column } = reported.finding;
            const ruleIndex = named.findIndex(({ id }) => id === rule);
            return {
              ruleId: rule,
              ...(ruleIndex === -1 ? {} : { ruleIndex }),
              level: severity,
              message: { text: told(reported) },
              locations: [{ physicalLocation: reported.inFile ? { artifactLocation: { uri: uriOf(file) }, region: { startLine: line, startColumn: column } } : NOWHERE }],
            };
          }),
        },
      ],
    },
    null,
    2,
  );
}

/** What a property and the text of a workflow command may hold as they are. */
const escapeText = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text: string): string => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** Workflow commands of GitHub Actions, which shows them at the line of a pull request. */
export const githubCommands = ({ findings }: FindingReport): string[] =>
  findings.map((reported) => {
      const { rule, severity, file, line, column } = reported.finding;
      const place = reported.inFile ? `file=${escapeProperty(legibleLine(file))},line=${line},col=${column},` : '';
      return `::${severity} ${place}title=${escapeProperty(rule)}::${escapeText(told(reported))}`;
  });

/** A Code Quality report of GitLab. A fingerprint stays the same while lines are added above. */
export function gitlabReport({ findings }: FindingReport): string {
  const seen = new Map<string, number>();
  const report = findings.map((reported) => {
    const { rule, severity, file, line, message } = reported.finding;
    const what = JSON.stringify([rule, file, message]);
    const nth = seen.get(what) ?? 0;
    seen.set(what, nth + 1);
    return {
      description: told(reported),
      check_name: rule,
      fingerprint: createHash('sha256').update(JSON.stringify([what, nth])).digest('hex'),
      severity: severity === 'error' ? 'critical' : 'minor',
      location: { path: legibleLine(file), lines: { begin: line } },
    };
  });
  return JSON.stringify(report, null, 2);
}
