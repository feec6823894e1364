import type { ErrorObject, ValidateFunction } from 'ajv';
import type { Where } from '../domain/case.ts';
import type { Finding, Place } from '../domain/finding.ts';
import { FIELDS } from '../generated/fields.ts';
import validateAdvisory from '../generated/validate-advisory.js';
import validateCase from '../generated/validate-case.js';
import validateCatalogue from '../generated/validate-catalogue.js';
import validateCna from '../generated/validate-cna.js';
import validateCveId from '../generated/validate-cve-id.js';
import validateDuty from '../generated/validate-duty.js';
import validateGuard from '../generated/validate-guard.js';
import validateLogEntry from '../generated/validate-log-entry.js';
import validatePartner from '../generated/validate-partner.js';
import validatePolicy from '../generated/validate-policy.js';
import validatePublishedAdvisory from '../generated/validate-published-advisory.js';
import validateReport from '../generated/validate-report.js';
import validateReporter from '../generated/validate-reporter.js';
import validateTranslation from '../generated/validate-translation.js';
import validateUnreachable from '../generated/validate-unreachable.js';
import validateVcc from '../generated/validate-vcc.js';
import validateVendor from '../generated/validate-vendor.js';
import { explainError } from './shape-message.ts';

const VALIDATORS = {
  advisory: validateAdvisory,
  case: validateCase,
  catalogue: validateCatalogue,
  cna: validateCna,
  'cve-id': validateCveId,
  duty: validateDuty,
  guard: validateGuard,
  'log-entry': validateLogEntry,
  partner: validatePartner,
  policy: validatePolicy,
  'published-advisory': validatePublishedAdvisory,
  report: validateReport,
  reporter: validateReporter,
  translation: validateTranslation,
  unreachable: validateUnreachable,
  vcc: validateVcc,
  vendor: validateVendor,
} as const satisfies Record<string, ValidateFunction>;

/** A file of schemas/, without its ending. */
export type SchemaName = keyof typeof VALIDATORS;

/** A hostile file can break a rule a hundred thousand times; nobody reads past these. */
const MOST = 30;

/** Keywords that speak of the fields of a mapping, of which several can be wrong; the others speak of one value. */
const ABOUT_FIELDS: ReadonlySet<string> = new Set(['required', 'additionalProperties', 'discriminator']);

type Step = string | number;

/** /products/0/name as a path; numbers stay text where they name a field of a mapping. */
function pathOf(pointer: string, value: unknown): { path: Step[]; at: unknown } {
  const path: Step[] = [];
  let at = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    path.push(Array.isArray(at) ? Number(name) : name);
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[name] : undefined;
  }
  return { path, at };
}

/** Errors that only say that another one occurred. */
const isEcho = (error: ErrorObject): boolean => ['oneOf', 'anyOf', 'if', 'propertyNames'].includes(error.keyword);

function place(error: ErrorObject, path: readonly Step[], where: Where): Place {
  if (error.keyword === 'additionalProperties') return where(...path, String((error.params as { additionalProperty: unknown }).additionalProperty));
  if (error.keyword === 'discriminator') return where(...path, String((error.params as { tag: unknown }).tag));
  return where(...path);
}

/** Checks data against a schema of schemas/; every deviation is a finding of the rule 'schema' at the field that is meant. */
export function checkShape(schema: SchemaName, value: unknown, where: Where, file: string): Finding[] {
  const validate: ValidateFunction = VALIDATORS[schema];
  if (validate(value)) return [];
  const errors = validate.errors ?? [];
  const telling = errors.filter((error) => !isEcho(error));
  const findings: Finding[] = [];
  const seen = new Set<string>();
  for (const error of telling.length > 0 ? telling : errors) {
    const { path, at } = pathOf(error.instancePath, value);
    const { message, fix } = explainError(error, path, at, FIELDS[schema] ?? []);
    // A value that breaks both its pattern and its format is wrong once.
    const about = ABOUT_FIELDS.has(error.keyword) ? message : error.instancePath;
    if (seen.has(about)) continue;
    seen.add(about);
    findings.push({ rule: 'schema', severity: 'error', file, ...place(error, path, where), message, ...(fix === undefined ? {} : { fix }) });
    if (findings.length === MOST) break;
  }
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** The path of a field with its value, as a document that has nothing else. */
const around = (path: readonly Step[], value: unknown): unknown =>
  path.reduceRight<unknown>((inner, step) => (typeof step === 'number' ? [inner] : { [step]: inner }), value);

/**
 * What a schema has against one value at the place of a field (a list at its first element), as a sentence about name; undefined where it may
 * stand there. What else the document needs is not asked; beside holds what decides on the shape, such as the event of a log entry.
 */
export function fieldProblem(schema: SchemaName, path: readonly Step[], value: unknown, name: string, beside: object = {}): string | undefined {
  const validate: ValidateFunction = VALIDATORS[schema];
  if (validate({ ...beside, ...(around(path, value) as object) })) return undefined;
  const pointer = path.map((step) => `/${step}`).join('');
  const error = (validate.errors ?? []).find(({ instancePath }) => instancePath === pointer || instancePath.startsWith(`${pointer}/`));
  return error && explainError(error, path, value, [], name).message;
}
