import type { Finding } from '../domain/finding.ts';
import type { Report } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

export type ReadReport = { readonly ok: true; readonly report: Report } | { readonly ok: false; readonly findings: readonly Finding[] };

/** Bytes. A report with a long log in its proof of concept fits; a disk image does not. */
export const REPORT_LIMIT = 5_000_000;

/** Reads a report in YAML or JSON; JSON is YAML 1.2, so one reader and its refusals serve both. */
export function readReport(name: string, bytes: Uint8Array): ReadReport {
  const read = readYaml(name, bytes, { limit: REPORT_LIMIT });
  if (!read.ok) return read;
  const findings = checkShape('report', read.value, read.where, name);
  return findings.length > 0 ? { ok: false, findings } : { ok: true, report: read.value as Report };
}
