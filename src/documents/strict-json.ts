// JSON from outside. JSON.parse lets the last of two equal keys win, and other programs the first: such a file shows each reader
// something else. It also makes a key __proto__ that later copies obey, and reads 1e999 as infinity. So it is read here.
import type { Finding, Place } from '../domain/finding.ts';
import { legibleLine } from './legible.ts';
import { placeAt, decodeUtf8 } from './source-text.ts';

export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonFields;
/** Has no prototype: only what the file says is in it. */
export interface JsonFields {
  readonly [key: string]: JsonValue;
}

export const isFields = (value: JsonValue | undefined): value is JsonFields => typeof value === 'object' && value !== null && !Array.isArray(value);

export type ReadJson = { readonly ok: true; readonly value: JsonValue; readonly where: (path: readonly (string | number)[]) => Place } | { readonly ok: false; readonly findings: readonly Finding[] };

/** A product tree nests about ten deep; each level costs the reader a frame of the stack. */
const DEEPEST = 100;

const BYTE_ORDER_MARK = '\ufeff';
const BLANK = /[ \t\n\r]*/y;
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const WORDS: readonly (readonly [string, JsonValue])[] = [['true', true], ['false', false], ['null', null]];

class Wrong extends Error {
  constructor(readonly offset: number, message: string, readonly rule: Finding['rule'] = 'json-syntax', readonly fix?: string) {
    super(message);
  }
}

/** Reads one JSON text (RFC 8259) in UTF-8. Refuses, with line and column, what two readers could take for two things; a byte order mark is skipped (8.1). */
export function readJson(file: string, bytes: Uint8Array): ReadJson {
  const decoded = decodeUtf8(file, bytes);
  if (!decoded.ok) return decoded;
  const { text } = decoded;
  try {
    const value = new Reader(text).whole();
    return { ok: true, value, where: (path) => placeAt(text, new Reader(text).offsetOf(path)) };
  } catch (problem) {
    if (!(problem instanceof Wrong)) throw problem;
    const { offset, message, rule, fix } = problem;
    return { ok: false, findings: [{ rule, severity: 'error', file, ...placeAt(text, offset), message, ...(fix === undefined ? {} : { fix }) }] };
  }
}

class Reader {
  private at = 0;

  constructor(private readonly text: string) {
    if (text.startsWith(BYTE_ORDER_MARK)) this.at = 1;
  }

  whole(): JsonValue {
    const value = this.value(0);
    this.match(BLANK);
    if (this.at < this.text.length) throw new Wrong(this.at, 'something follows after the end of the document');
    return value;
  }

  /** Of the value at this path, or of the last part of the path that is there. The text has been read before. */
  offsetOf(path: readonly (string | number)[]): number {
    this.match(BLANK);
    const start = this.at;
    const [step, ...rest] = path;
    if (typeof step === 'number' && this.takes('[')) {
      for (let index = 0; !this.takes(']'); index += 1) {
        if (index === step) return this.offsetOf(rest);
        this.value(0);
        this.takes(',');
      }
    } else if (typeof step === 'string' && this.takes('{')) {
      while (!this.takes('}')) {
        const key = this.key();
        if (key === step) return this.offsetOf(rest);
        this.value(0);
        this.takes(',');
      }
    }
    return start;
  }

  private value(depth: number): JsonValue {
    this.match(BLANK);
    if (depth > DEEPEST) throw new Wrong(this.at, `nested more than ${DEEPEST} levels deep`);
    switch (this.text[this.at]) {
      case '{':
        return this.fields(depth);
      case '[':
        return this.list(depth);
      case '"':
        return this.string();
      default:
        return this.plain();
    }
  }

  private fields(depth: number): JsonFields {
    this.at += 1;
    const fields = Object.create(null) as Record<string, JsonValue>;
    for (let more = !this.takes('}'); more; more = this.goesOn('}')) {
      this.match(BLANK);
      const start = this.at;
      const key = this.key();
      if (key === '__proto__') throw new Wrong(start, '__proto__ is no name of a field: programs obey it', 'json-safety', 'remove it');
      if (Object.hasOwn(fields, key)) throw new Wrong(start, `${JSON.stringify(legibleLine(key).slice(0, 60))} stands here twice, and each program would read the other one`, 'json-safety', 'have its sender say which holds');
      fields[key] = this.value(depth + 1);
    }
    return fields;
  }

  private list(depth: number): JsonValue[] {
    this.at += 1;
    const values: JsonValue[] = [];
    for (let more = !this.takes(']'); more; more = this.goesOn(']')) values.push(this.value(depth + 1));
    return values;
  }

  private key(): string {
    this.match(BLANK);
    if (this.text[this.at] !== '"') throw new Wrong(this.at, 'the name of a field in double quotes is missing');
    const key = this.string();
    if (!this.takes(':')) throw new Wrong(this.at, 'a colon is missing after the name of a field');
    return key;
  }

  /** A loop, for a regular expression keeps a place to go back to for every character, and a file of megabytes may be one text. */
  private string(): string {
    const start = this.at;
    let escapes = false;
    for (let at = start + 1; at < this.text.length; at += 1) {
      const code = this.text.charCodeAt(at);
      if (code < 0x20) throw new Wrong(at, 'a character stands in a text that has to be escaped there');
      if (code === BACKSLASH) {
        escapes = true;
        at += 1;
      } else if (code === QUOTE) {
        this.at = at + 1;
        return escapes ? unescaped(this.text.slice(start, at + 1), start) : this.text.slice(start + 1, at);
      }
    }
    throw new Wrong(start, 'the text that begins here is never closed');
  }

  private plain(): JsonValue {
    for (const [word, value] of WORDS) {
      if (!this.text.startsWith(word, this.at)) continue;
      this.at += word.length;
      return value;
    }
    const start = this.at;
    const literal = this.match(NUMBER);
    if (literal === undefined) throw new Wrong(start, start < this.text.length ? 'no JSON value begins here' : 'the document ends too early');
    const number = Number(literal);
    if (!Number.isFinite(number)) throw new Wrong(start, 'the number is larger than a program can hold');
    return number;
  }

  /** After a value: a comma goes on, the closing bracket ends. */
  private goesOn(close: string): boolean {
    if (this.takes(',')) return true;
    if (this.takes(close)) return false;
    throw new Wrong(this.at, this.at < this.text.length ? `a comma or ${close} is missing` : 'the document ends too early');
  }

  private takes(character: string): boolean {
    this.match(BLANK);
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private match(form: RegExp): string | undefined {
    form.lastIndex = this.at;
    const [found] = form.exec(this.text) ?? [];
    if (found !== undefined) this.at += found.length;
    return found;
  }
}

/** Of a string without control characters only the escapes can still be wrong. */
function unescaped(literal: string, offset: number): string {
  try {
    return JSON.parse(literal) as string;
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new Wrong(offset, 'the text that begins here holds an escape that JSON does not have');
  }
}
