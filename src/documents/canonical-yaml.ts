// The form that writeYaml gives a file, and a little around it, read thirty times faster than a whole YAML parser does. It never
// decides: what it is not sure of it leaves to yaml (undefined), mistakes included. Whatever it does read, yaml reads alike;
// tests/documents/canonical-yaml.test.ts compares the two over thousands of mutated files.

/** Thrown and caught in this file only: the text is outside of the form. */
class Unsure extends Error {}

/** One for all: making it anew each time would write down a stack that nobody reads. */
const UNSURE = new Unsure();
const unsure = (): never => {
  throw UNSURE;
};

interface Line {
  readonly indent: number;
  readonly text: string;
  readonly index: number;
}

const KEY = /^(?:([A-Za-z][A-Za-z0-9_-]*)|"([A-Za-z0-9][A-Za-z0-9 _-]*)"):(?: (.+))?$/;
/** Words that are no text as YAML reads them. */
const WORDS: ReadonlyMap<string, boolean | null> = new Map([['true', true], ['false', false], ['null', null]]);
const WORD_LIKE = /^(?:true|false|null)$/i;
const INTEGER = /^-?(?:0|[1-9][0-9]{0,14})$/;
const DECIMAL = /^-?(?:0|[1-9][0-9]{0,8})\.[0-9]{1,8}$/;
/**
 * Begins with a letter; or with a digit and holds what no number does, a blank or a letter other than those of 0x1f, 0o17 and 1e3; or
 * is a day, a mark or a version; or the id of a message; or a path.
 */
const PLAIN = /^(?:\p{L}|[0-9](?=[^ ]* [^ ])|[0-9](?![xo])(?=.*[A-DF-Za-df-z])|[0-9]+(?:-[0-9a-f]+)+$|[0-9]+(?:\.[0-9]+){2,}$|<[0-9A-Za-z]|\.{0,2}\/).*$/u;
const NOT_PLAIN = /: |:$| #|\t|\ufeff/;
const FLOW_KEY = /^[a-z][A-Za-z.-]*: /;
/** A word of small letters, a number, or such a word in quotes; whatever follows must end it. */
const FLOW_SCALAR = /^(?:[a-z][a-z-]*|'[a-z][a-z-]*'|[0-9]{1,5}(?:\.[0-9])?)(?=[,\]]| \})/;
/** Deeper than any file of ours; a hostile one must not overflow the stack. */
const FURTHEST_IN = 40;
const DANGEROUS: ReadonlySet<string> = new Set(['constructor', 'prototype']);

function scalar(text: string): unknown {
  if (WORD_LIKE.test(text)) return WORDS.has(text) ? WORDS.get(text) : unsure();
  if (INTEGER.test(text) && text !== '-0') return Number(text);
  if (DECIMAL.test(text) && !text.startsWith('-0')) return Number(text);
  if (text === '[]') return [];
  if (text === '{}') return {};
  if (text.startsWith('[') || text.startsWith('{')) return new Flow(text).whole();
  if (/^"[^"\\]*"$/.test(text) || /^'[^']*'$/.test(text)) return text.slice(1, -1);
  return PLAIN.test(text) && !NOT_PLAIN.test(text) ? text : unsure();
}

/** '{ event: scheduled, which: last }' and '[phone, post]': one line of plain words and numbers, spaced like this and in no other way. */
class Flow {
  private rest: string;

  constructor(text: string) {
    this.rest = text;
  }

  whole(): unknown {
    const value = this.value(0);
    return this.rest === '' ? value : unsure();
  }

  private take(pattern: RegExp): string {
    const [found = unsure()] = pattern.exec(this.rest) ?? [];
    this.rest = this.rest.slice(found.length);
    return found;
  }

  private value(depth: number): unknown {
    if (depth > 5) return unsure();
    if (this.rest.startsWith('[')) return this.list(depth);
    if (this.rest.startsWith('{')) return this.mapping(depth);
    const text = this.take(FLOW_SCALAR);
    return text.startsWith("'") ? text.slice(1, -1) : scalar(text);
  }

  private list(depth: number): unknown[] {
    const items: unknown[] = [];
    do {
      this.take(items.length === 0 ? /^\[/ : /^, /);
      items.push(this.value(depth + 1));
    } while (this.rest.startsWith(','));
    this.take(/^\]/);
    return items;
  }

  private mapping(depth: number): object {
    const fields: Record<string, unknown> = {};
    let opening = /^\{ /;
    do {
      this.take(opening);
      opening = /^, /;
      const key = this.take(FLOW_KEY).slice(0, -2);
      if (WORD_LIKE.test(key) || DANGEROUS.has(key) || Object.hasOwn(fields, key)) unsure();
      fields[key] = this.value(depth + 1);
    } while (this.rest.startsWith(','));
    this.take(/^ \}/);
    return fields;
  }
}

class Reader {
  private readonly lines: readonly string[];
  private next = 0;
  private peeked: Line | undefined;

  constructor(text: string) {
    this.lines = text.split('\n');
  }

  document(): unknown {
    const value = this.block(0);
    if (this.peek()) unsure();
    return value;
  }

  /** The next line that is neither blank nor a comment; asked for several times. */
  private peek(): Line | undefined {
    if (this.peeked?.index === this.next) return this.peeked;
    for (; this.next < this.lines.length; this.next += 1) {
      const raw = this.lines[this.next] ?? '';
      let indent = 0;
      while (raw.charCodeAt(indent) === 0x20) indent += 1;
      const text = raw.slice(indent);
      if (text === '' || text.startsWith('#')) continue;
      // trim() takes blanks that YAML does not, and a blank at the end belongs to nobody.
      if (text.trim().length !== text.length) unsure();
      this.peeked = { indent, text, index: this.next };
      return this.peeked;
    }
    return undefined;
  }

  private block(indent: number): unknown {
    const line = this.peek();
    if (line?.indent !== indent || indent > FURTHEST_IN) return unsure();
    return line.text.startsWith('- ') ? this.list(indent) : this.mapping(indent);
  }

  private list(indent: number): unknown[] {
    const items: unknown[] = [];
    for (let line = this.peek(); line && line.indent >= indent; line = this.peek()) {
      if (line.indent !== indent || !line.text.startsWith('- ')) unsure();
      const text = line.text.slice(2);
      // A mapping that starts behind the dash: its other fields stand two columns further in.
      if (KEY.test(text)) items.push(this.mapping(indent + 2, text));
      else {
        this.next = line.index + 1;
        items.push(this.valueOf(text, indent));
      }
    }
    return items;
  }

  private mapping(indent: number, first?: string): object {
    const fields: Record<string, unknown> = {};
    let text = first;
    for (let line = this.peek(); line && (text !== undefined || line.indent >= indent); line = this.peek()) {
      if (text === undefined && line.indent !== indent) unsure();
      const [, plain, quoted, rest] = KEY.exec(text ?? line.text) ?? unsure();
      text = undefined;
      const key = plain ?? quoted ?? '';
      if ((plain !== undefined && WORD_LIKE.test(plain)) || DANGEROUS.has(key) || Object.hasOwn(fields, key)) unsure();
      this.next = line.index + 1;
      fields[key] = rest === undefined ? this.nested(indent) : this.valueOf(rest, indent);
    }
    return fields;
  }

  /** What stands below 'key:'. */
  private nested(indent: number): unknown {
    const line = this.peek();
    return line && line.indent > indent ? this.block(line.indent) : unsure();
  }

  private valueOf(text: string, indent: number): unknown {
    const value = text === '|' || text === '|-' ? this.literal(indent) + (text === '|' ? '\n' : '') : scalar(text);
    // A line further in would carry this value on.
    const line = this.peek();
    return line && line.indent > indent ? unsure() : value;
  }

  /** The lines of a literal block, without its last line end. */
  private literal(outer: number): string {
    const content: string[] = [];
    const first = this.lines[this.next] ?? '';
    const inner = first.length - first.replace(/^ +/, '').length;
    if (inner <= outer || first.trim() === '') unsure();
    for (; this.next < this.lines.length; this.next += 1) {
      const line = this.lines[this.next] ?? '';
      if (line !== '' && line.trim() === '') unsure();
      if (line !== '' && !line.startsWith(' '.repeat(inner))) break;
      content.push(line.slice(inner));
    }
    while (content.at(-1) === '') content.pop();
    return content.join('\n');
  }
}

/** The value of a text in canonical form; undefined when it is not, or not surely. The text holds no control characters but line ends and tabs. */
export function readCanonical(text: string): { readonly value: unknown } | undefined {
  if (!text.endsWith('\n')) return undefined;
  try {
    return { value: new Reader(text).document() };
  } catch (error) {
    if (error instanceof Unsure) return undefined;
    throw error;
  }
}
