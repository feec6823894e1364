import type { ErrorObject } from 'ajv';
import { nearestWord } from '../domain/near-word.ts';
import { legibleLine } from './legible.ts';

export interface Explanation {
  readonly message: string;
  readonly fix?: string;
}

/** products[0].name, as a person would write it. */
function fieldName(path: readonly (string | number)[]): string {
  const text = path.map((step, index) => (typeof step === 'number' ? `[${step}]` : index === 0 ? step : `.${step}`)).join('');
  return legibleLine(text);
}

const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a mapping';
  const text = JSON.stringify(value);
  return legibleLine(text.length > 60 ? `${text.slice(0, 57)}...` : text);
};

const KINDS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping of fields',
  array: 'a list',
  null: 'empty',
};

/** What a pattern of schemas/ asks for, in words; the patterns themselves help nobody. */
const FORMS: readonly { readonly starts: string; readonly form: string }[] = [
  { starts: '^[^\\u0000-\\u001f\\u007f-\\u009f\\u2028', form: 'one line of text without control characters' },
  { starts: '^[^\\u0000-\\u0008', form: 'text without control characters' },
  { starts: '^[0-9]{8}$', form: 'eight digits in quotes, like "61247051"' },
  { starts: '^[a-z0-9](?:[a-z0-9-]{0,61}', form: 'a short name of lower-case letters, digits and hyphens, like acme-soft' },
  { starts: '^(?:19[7-9][0-9]|[2-9][0-9]{3})-[0-9]{2}-[0-9]{2}T', form: 'a date and time since 1970 with seconds and offset, like 2014-05-01T10:00:00+09:00' },
  { starts: '^(?:19[7-9][0-9]|[2-9][0-9]{3})-', form: 'a calendar day since 1970, like 2014-05-01' },
  { starts: '^[0-9A-F]{40}$', form: 'the 40 hexadecimal digits of an OpenPGP fingerprint, upper case, without spaces' },
  { starts: '^CVE-', form: 'a CVE id, like CVE-2014-0224' },
  { starts: '^CWE-', form: 'a CWE id, like CWE-325' },
  { starts: '^[^\\s@<>', form: 'an e-mail address alone, like psirt@example.org' },
  { starts: '^https://', form: 'a web address that starts with https://, for CSAF documents are served by nothing else' },
  { starts: '^https?:', form: 'a web address that starts with https:// or http://' },
  { starts: '^[a-z]{2,3}(?:-', form: 'a language tag, like en or ja' },
  { starts: '^(?:receiving-organisation|', form: 'a party: receiving-organisation or partner:NAME' },
  { starts: '^[A-Za-z0-9_+/-]+$', form: 'a time zone, like Asia/Tokyo' },
  { starts: '^(?:team|reporter|', form: 'a party: team, reporter, receiving-organisation, vendor:NAME or partner:NAME' },
  { starts: '^[0-9]{8}T[0-9]{6}Z-', form: 'the file name of a log entry, like 20140501T010000Z-received-0f3a.md' },
  { starts: '^sha256:', form: 'sha256: and 64 hexadecimal digits' },
  { starts: '^[0-9a-f]{64}$', form: 'the 64 hexadecimal digits of a SHA-256 sum' },
  { starts: '^[A-Z][A-Z0-9]{1,11}$', form: 'the capital letters of an id series, like JVN' },
  { starts: '^(?:0[1-9]|1[0-2])-', form: 'a day of the year, MM-DD' },
  { starts: '\\S', form: 'text that says something' },
  { starts: '-----BEGIN PGP PUBLIC', form: 'an armored OpenPGP public key' },
];

const FORMATS: Readonly<Record<string, string>> = { date: 'a calendar day that exists, like 2014-05-01', 'date-time': 'a date and time that exists, like 2014-05-01T10:00:00+09:00' };

interface Params {
  readonly missingProperty?: string;
  readonly additionalProperty?: string;
  readonly allowedValues?: readonly unknown[];
  readonly allowedValue?: unknown;
  readonly type?: string | readonly string[];
  readonly pattern?: string;
  readonly format?: string;
  readonly limit?: number;
  readonly tag?: string;
  readonly tagValue?: unknown;
  readonly i?: number;
  readonly j?: number;
}

function wrongKind(name: string, type: string | readonly string[], value: unknown): Explanation {
  const kinds = [type].flat();
  const wanted = kinds.map((kind) => KINDS[kind] ?? kind).join(' or ');
  if (value === null) return { message: `${name} is empty; it must be ${wanted}`, fix: 'fill it in, or leave the whole field out' };
  const message = `${name} must be ${wanted}, not ${shown(value)}`;
  return kinds.includes('string') && typeof value !== 'object' ? { message, fix: 'put it in quotes' } : { message };
}

/** One error of Ajv as a sentence about the person's file; known are the field names of its schema, name is what the sentence calls the field. */
export function explainError(error: ErrorObject, path: readonly (string | number)[], value: unknown, known: readonly string[], name = path.length === 0 ? 'the file' : fieldName(path)): Explanation {
  const params = error.params as Params;
  switch (error.keyword) {
    case 'required':
      return { message: path.length === 0 ? `${params.missingProperty ?? ''} is missing` : `${name}: ${params.missingProperty ?? ''} is missing` };
    case 'additionalProperties': {
      const wrong = params.additionalProperty ?? '';
      const near = nearestWord(wrong, known);
      return { message: `${fieldName([...path, wrong])} is not a field of this file`, fix: near === undefined ? 'remove it or see schemas/ for the fields' : `did you mean ${near}?` };
    }
    case 'enum':
      return { message: `${name} must be one of ${(params.allowedValues ?? []).map(String).join(', ')}, not ${shown(value)}` };
    case 'const':
      return { message: `${name} must be ${shown(params.allowedValue)}, not ${shown(value)}` };
    case 'type':
      return wrongKind(name, params.type ?? 'string', value);
    case 'pattern': {
      const form = FORMS.find(({ starts }) => params.pattern?.startsWith(starts))?.form;
      return { message: form === undefined ? `${name} is not in the form that the schema asks for: ${shown(value)}` : `${name} must be ${form}, not ${shown(value)}` };
    }
    case 'format':
      return { message: `${name} must be ${FORMATS[params.format ?? ''] ?? params.format ?? ''}, not ${shown(value)}` };
    case 'discriminator':
      return params.tagValue === undefined
        ? { message: `${params.tag ?? ''} is missing` }
        : { message: `${params.tag ?? ''} is ${shown(params.tagValue)}, which is no event that vcc knows`, fix: 'vcc record --help lists the events' };
    case 'minLength':
      return { message: `${name} is empty` };
    case 'maxLength':
      return { message: `${name} is longer than ${params.limit ?? 0} characters` };
    case 'minItems':
      return { message: `${name} needs at least ${params.limit ?? 0}` };
    case 'maxItems':
      return { message: `${name} holds more than ${params.limit ?? 0}` };
    case 'minProperties':
      return { message: `${name} has no field; it needs at least ${params.limit ?? 0}` };
    case 'uniqueItems':
      return { message: `${name} holds the same value twice` };
    case 'minimum':
    case 'maximum':
      return { message: `${name} must be at ${error.keyword === 'minimum' ? 'least' : 'most'} ${params.limit ?? 0}, not ${shown(value)}` };
    default:
      return { message: `${name} ${error.message ?? 'is not as the schema asks'}` };
  }
}
