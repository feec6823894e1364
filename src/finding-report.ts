import { FINDING_FORMATS, githubCommands, gitlabReport, sarif, type FindingFormat, type FindingReport } from './documents/finding-formats.ts';
import { legibleLine } from './documents/legible.ts';
import type { FileMend } from './domain/file-mend.ts';
import { isError, showFinding, type Finding } from './domain/finding.ts';
import { usage } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import { oneOf } from './questions/triage.ts';
import { RULES } from './rules/index.ts';

/** What vcc lint was asked for. */
export interface LintCommandOptions {
  /** Files or folders, from where the command was started. */
  readonly paths?: readonly string[];
  readonly staged?: boolean;
  readonly rule?: readonly string[];
  /** A file that holds the message of a commit; '-' for standard input. */
  readonly message?: string;
  /** Commits whose messages are checked, as git log takes them. */
  readonly commits?: string;
  /** A commit with which the log and what must stay are compared. */
  readonly base?: string;
  readonly format?: string;
  /** More warnings than that fail the run. */
  readonly maxWarnings?: string;
  /** Mend what is mechanical first. */
  readonly fix?: boolean;
  /** Only say what would be mended. */
  readonly dryRun?: boolean;
  /** Only what stops is shown; what is late is told by vcc due. */
  readonly quiet?: boolean;
}

/** How findings are to be printed. */
export interface Output {
  readonly format: FindingFormat;
  readonly maxWarnings: number;
  readonly quiet: boolean;
}

/** Reads --format and --max-warnings. */
export function outputOf({ out }: Environment, { format = 'text', maxWarnings, quiet = false }: Pick<LintCommandOptions, 'format' | 'maxWarnings' | 'quiet'>): Output {
  const [chosen = 'text'] = oneOf('--format', [format], FINDING_FORMATS);
  if (maxWarnings !== undefined && !/^[0-9]{1,9}$/.test(maxWarnings)) throw usage(`--max-warnings takes a number, and ${JSON.stringify(maxWarnings)} is none`, 'vcc lint --max-warnings 0');
  return { format: out.json ? 'json' : chosen, maxWarnings: maxWarnings === undefined ? Infinity : Number(maxWarnings), quiet };
}

interface Result {
  readonly inFiles: readonly Finding[];
  /** About a commit, or the name of a branch. */
  readonly elsewhere: readonly Finding[];
  readonly files: number;
  readonly cases: number;
  readonly suppressed: number;
  /** What was mended before, or would be; missing where nobody asked for it. */
  readonly mended?: readonly FileMend[] | undefined;
}

/** Prints the findings as they were asked for, and how many there are. */
export async function reportFindings({ out }: Environment, { format, maxWarnings, quiet }: Output, { inFiles, elsewhere, files, cases, suppressed, mended }: Result, what: 'files' | 'messages' | 'message' = 'files'): Promise<{ readonly errors: number; readonly failed: boolean }> {
  const all = [...inFiles.map((finding) => ({ finding, inFile: true })), ...elsewhere.map((finding) => ({ finding, inFile: false }))];
  const errors = all.filter(({ finding }) => isError(finding)).length;
  const warnings = all.length - errors;
  const tooMany = warnings > maxWarnings;
  // What fails the run is shown.
  const shown = quiet && !tooMany ? all.filter(({ finding }) => isError(finding)) : all;
  const findings = shown.map(({ finding }) => finding);
  const envelope = { findings, errors, warnings, files, cases, suppressed, ...(mended === undefined ? {} : { mended: mended.map(({ path, rules }) => ({ file: path, rules })) }) };
  const asReport: FindingReport = { findings: shown, rules: RULES, ...(tooMany ? { tooMany: `${counted(warnings, 'warning')}, and --max-warnings allows ${maxWarnings}` } : {}) };
  if (out.json) out.envelope('lint', envelope);
  else if (format === 'json') out.print(JSON.stringify({ schemaVersion: 1, kind: 'lint', ...envelope }, null, 2));
  else if (format === 'sarif') out.print(sarif(asReport));
  else if (format === 'gitlab') out.print(gitlabReport(asReport));
  else if (format === 'junit') out.print((await import('./documents/finding-junit.ts')).junitReport(asReport));
  else if (format === 'github') for (const command of githubCommands(asReport)) out.print(command);
  else for (const finding of fixOnce(findings)) out.print(legibleLine(showFinding(finding)));
  const left = suppressed === 0 ? '' : `; ${counted(suppressed, 'finding')} left out by vcc.yaml`;
  // The one message of a commit that is all right is nothing to talk about.
  if (what === 'files') out.say(`${counted(errors, 'error')}, ${counted(warnings, 'warning')} in ${counted(files, 'file')}, ${counted(cases, 'case')}${left}`);
  else if (errors > 0 || what === 'messages') out.say(`${counted(errors, 'error')} in ${counted(files, 'message')}`);
  if (tooMany) out.say(`More than ${counted(maxWarnings, 'warning')}: that fails this run (--max-warnings).`);
  return { errors, failed: errors > 0 || tooMany };
}

/** Whoever reads a hundred findings of one rule has read what to do by the second. */
function fixOnce(findings: readonly Finding[]): Finding[] {
  const said = new Set<string>();
  return findings.map(({ fix, ...finding }) => {
    if (fix === undefined || said.has(`${finding.rule} ${fix}`)) return finding;
    said.add(`${finding.rule} ${fix}`);
    return { ...finding, fix };
  });
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;
