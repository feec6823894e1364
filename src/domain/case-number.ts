/** How a person names a case: by its number, its public id, the first digits, or a path below it. */
export interface CaseReference {
  /** All eight digits. */
  readonly number?: string;
  /** The first one to seven digits. */
  readonly prefix?: string;
  /** JVN of JVN#61247051, upper case; the letters are checked against the case, they do not find it. */
  readonly series?: string;
}

const PATH = /(?:^|[/\\])cases[/\\]\d{4}[/\\](\d{8})(?:[/\\].*)?$/;
const PUBLIC_ID = /^([A-Z][A-Z0-9]{1,11})#(\d{1,8})$/;
const DIGITS = /^\d{1,8}$/;

const digits = (text: string): CaseReference => (text.length === 8 ? { number: text } : { prefix: text });

/**
 * Understands 61247051, JVN#61247051, a prefix and a path; also in the full-width characters of a Japanese keyboard.
 * Neither number nor prefix in the answer means that it is no reference to a case.
 */
export function parseCaseReference(text: string): CaseReference {
  const plain = text.normalize('NFKC').trim();
  if (DIGITS.test(plain)) return digits(plain);
  const id = PUBLIC_ID.exec(plain.toUpperCase());
  if (id?.[1] !== undefined && id[2] !== undefined) return { ...digits(id[2]), series: id[1] };
  const path = PATH.exec(plain);
  return path?.[1] === undefined ? {} : { number: path[1] };
}
