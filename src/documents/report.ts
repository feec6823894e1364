import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { Report } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

export type ReadReport = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly findings: readonly Finding[] };

/** Bytes. A report with a long log in its proof of concept fits; a disk image does not. */
export const REPORT_LIMIT = 5_000_000;

/** What is wrong with a report. What stands in its confidential parts is not repeated: a finding may end up in the log of a script. */
export const checkReport = (value: unknown, where: Where, name: string): Finding[] =>
  checkShape('report', value, where, name).map((finding) => (/^(?:reporter|poc)\b/.test(finding.message) ? { ...finding, message: finding.message.replace(/, not ".*"$/s, '') } : finding));

/** Reads a report in YAML or JSON; JSON is YAML 1.2, so one reader and its refusals serve both. */
export function readReport(name: string, bytes: Uint8Array): ReadReport {
  const read = readYaml(name, bytes, { limit: REPORT_LIMIT });
  if (!read.ok) return read;
  const findings = checkReport(read.value, read.where, name);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, report: read.value as Report };
}
