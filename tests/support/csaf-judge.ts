import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Judges of CSAF that we did not write: the schemas of OASIS, and the validator of the BSI and its partners. */

const formats = fileURLToPath(new URL('../../../shared/formats/', import.meta.url));

/** Where it is not, whoever uses schemaErrors skips. */
export const hasSchemas = existsSync(`${formats}csaf`);

const read = (path: string): Record<string, unknown> => JSON.parse(readFileSync(`${formats}${path}`, 'utf8')) as Record<string, unknown>;

/** The schemas of CVSS are of older drafts; what differs there are these two fields. */
const plain = ({ $schema, $id, id, ...schema }: Record<string, unknown>): object => ($schema ?? $id ?? id) === undefined ? schema : schema;

let ajv: Ajv2020 | undefined;

function schemas(): Ajv2020 {
  if (ajv) return ajv;
  ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const version of ['2.0', '3.0', '3.1']) ajv.addSchema(plain(read(`cvss/cvss-v${version}.json`)), `https://www.first.org/cvss/cvss-v${version}.json`);
  for (const name of ['csaf', 'provider']) ajv.addSchema(read(`csaf/csaf_2.0_${name}_json_schema.json`));
  return ajv;
}

/** What the official schema has against a document or against provider-metadata.json. */
export function schemaErrors(of: 'csaf' | 'provider', content: unknown): unknown[] {
  const validate = schemas().getSchema(`https://docs.oasis-open.org/csaf/csaf/v2.0/${of}_json_schema.json`) as ValidateFunction;
  return validate(JSON.parse(JSON.stringify(content))) ? [] : (validate.errors ?? []);
}

type Test = (document: unknown) => unknown;
interface Verdict {
  readonly tests: readonly { readonly name: string; readonly isValid: boolean; readonly errors: readonly object[]; readonly warnings: readonly object[] }[];
}

/** Of the validator's tests, those that find something, with the places. */
export async function validatorFindings(document: unknown, which: 'mandatory' | 'optional'): Promise<string[]> {
  const validate = (await import('@secvisogram/csaf-validator-lib/validate.js')).default as (tests: readonly Test[], document: unknown) => Promise<Verdict>;
  const modules: readonly object[] =
    which === 'mandatory' ? [await import('@secvisogram/csaf-validator-lib/schemaTests.js'), await import('@secvisogram/csaf-validator-lib/mandatoryTests.js')] : [await import('@secvisogram/csaf-validator-lib/optionalTests.js')];
  const tests = modules.flatMap((one) => Object.values(one) as Test[]);
  if (tests.length < 20) throw new Error(`the validator has ${tests.length} ${which} tests`);
  const { tests: results } = await validate(tests, JSON.parse(JSON.stringify(document)));
  return results
    .filter(({ isValid, errors, warnings }) => !isValid || errors.length + warnings.length > 0)
    .flatMap(({ name, errors, warnings }) => [...errors, ...warnings].map((finding) => `${name} ${JSON.stringify(finding)}`));
}
