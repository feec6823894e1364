export type Severity = 'error' | 'warning';

/** A place in a file of the case repository; line and column count from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** A mistake in someone's file, as data; formatting happens once, in the lint command. */
export interface Finding extends Place {
  readonly rule: string;
  readonly severity: Severity;
  /** Path from the root of the case repository, or the name of the input as it was given. */
  readonly file: string;
  readonly message: string;
  /** What the person does about it. */
  readonly fix?: string;
}

export const isError = (finding: Finding): boolean => finding.severity === 'error';

/** The one-line form that editors and CI understand: file:line:col severity rule message. */
export const showFinding = (finding: Finding): string =>
  `${finding.file}:${finding.line}:${finding.column} ${finding.severity} ${finding.rule} ${finding.message}${finding.fix === undefined ? '' : ` (${finding.fix})`}`;
