import { VccError } from '../domain/problem.ts';
import type { Report, Reporter } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

function readSealed(schema: 'reporter' | 'report', path: string, bytes: Uint8Array): unknown {
  const read = readYaml(path, bytes);
  const findings = read.ok ? checkShape(schema, read.value, read.where, path) : read.findings;
  if (read.ok && findings.length === 0) return read.value;
  throw new VccError({
    code: 'sealed-invalid',
    message: `${path}: what is sealed there is not a ${schema}`,
    hint: 'It was sealed by hand or by another version; open it with gpg --decrypt to see.',
    // The message of a finding may quote the plaintext, which must not reach a terminal or a CI log.
    findings: findings.map((finding) => ({ ...finding, message: 'sealed content does not have the right form here' })),
  });
}

/** The reporter's identity as it stands inside sealed/reporter.asc. */
export const readReporter = (path: string, bytes: Uint8Array): Reporter => readSealed('reporter', path, bytes) as Reporter;

/** The report without the reporter, as it stands inside sealed/report.asc. */
export const readSealedReport = (path: string, bytes: Uint8Array): Report => readSealed('report', path, bytes) as Report;
