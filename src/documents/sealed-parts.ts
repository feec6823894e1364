import type { SealedWrite } from '../domain/plan.ts';
import { refusal, VccError } from '../domain/problem.ts';
import type { Report, Reporter, Translation } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readYaml } from './yaml-text.ts';

const sealedPath = (folder: string, name: string): string => `${folder}/sealed/${name}.asc`;

/** Whose part it is, in front of the part: whoever opens the file sees it, and a file that was moved to another case is not taken for its own. */
const heading = (number: string, name: string): string => `---\ncase: "${number}"\nsealed: ${name}\n---\n`;

/** A part of a case, to be sealed: its heading, then its bytes as they are. */
export const sealPart = (folder: string, number: string, name: string, content: string | Uint8Array): SealedWrite => ({
  path: sealedPath(folder, name),
  plaintext: Buffer.concat([Buffer.from(heading(number, name)), Buffer.from(content)]),
});

/** What stands behind the heading. Refuses what was sealed for another case or as another part; the content is not repeated. */
export function readPart(folder: string, number: string, name: string, plaintext: Uint8Array): Uint8Array {
  const bytes = Buffer.from(plaintext);
  const expected = Buffer.from(heading(number, name));
  if (bytes.subarray(0, expected.length).equals(expected)) return bytes.subarray(expected.length);
  const [, elsewhere, part] = /^---\ncase: "(\d{8})"\nsealed: ([a-z0-9-]{1,63})\n---\n/.exec(bytes.toString('latin1', 0, 120)) ?? [];
  const path = sealedPath(folder, name);
  throw refusal(
    'sealed-elsewhere',
    elsewhere === undefined ? `${path} does not say that it belongs to this case` : `${path} was sealed as ${part ?? ''} of case ${elsewhere}`,
    `A sealed file is written once and never moved. Bring back the one that was here: git log -- ${path}`,
  );
}

function readSealed(schema: 'reporter' | 'report' | 'translation', path: string, bytes: Uint8Array): unknown {
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

/** What a vendor reads of the report in another language, as it stands inside sealed/report-ja.asc. */
export const readSealedTranslation = (path: string, bytes: Uint8Array): Translation => readSealed('translation', path, bytes) as Translation;
