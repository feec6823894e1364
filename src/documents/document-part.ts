import type { Finding } from '../domain/finding.ts';
import { legibleLine, storable } from './legible.ts';
import { isFields, type JsonFields, type JsonValue, type ReadJson } from './strict-json.ts';

type Path = readonly (string | number)[];

/** What of a document goes into no field of the case; all of it stands in the sealed original. */
export interface LeftOut {
  /** A field, as containers.cna.affected[].cpes, or what is wrong with what stands there. */
  readonly what: string;
  readonly count: number;
  /** JSON pointer (RFC 6901) of the first. */
  readonly where: string;
}

const MOST_FINDINGS = 10;
// Of schemas/common.schema.json.
const LONGEST_LINE = 500;
const LONGEST_PROSE = 200_000;
/** A name of a field that a stranger made up. */
const LONGEST_NAME = 80;

const pointer = (path: Path): string => path.map((step) => `/${legibleLine(String(step)).slice(0, LONGEST_NAME).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
/** branches[].branches[] is told as branches[], however deep. */
const fieldName = (path: Path): string =>
  path
    .map((step, index) => (typeof step === 'number' ? '[]' : `${index === 0 ? '' : '.'}${legibleLine(step).slice(0, LONGEST_NAME)}`))
    .join('')
    .replace(/(\.branches\[\])+/g, '.branches[]');

/** The reading of one document: what is wrong with it, and what was left. */
export class Reading {
  private readonly wrong: Finding[] = [];
  private readonly left = new Map<string, { count: number; readonly where: string }>();
  private readonly parts: Part[] = [];
  readonly root: Part;

  constructor(private readonly file: string, value: JsonFields, private readonly where: Extract<ReadJson, { ok: true }>['where']) {
    this.root = this.part(value, []);
  }

  part(value: JsonFields, path: Path): Part {
    const part = new Part(this, value, path);
    this.parts.push(part);
    return part;
  }

  /** The document is not what it says it is: no case is made of it. */
  object(path: Path, message: string): void {
    if (this.wrong.length < MOST_FINDINGS) this.wrong.push({ rule: 'schema', severity: 'error', file: this.file, ...this.where(path), message: `${pointer(path)}: ${message}` });
  }

  leave(path: Path, why?: string): void {
    const what = why === undefined ? fieldName(path) : `${fieldName(path)}: ${why}`;
    const known = this.left.get(what);
    if (known === undefined) this.left.set(what, { count: 1, where: pointer(path) });
    else known.count += 1;
  }

  get findings(): readonly Finding[] {
    return this.wrong;
  }

  /** To be asked for once the document has been read: fields that nobody asked for are left out too. */
  leftOut(): LeftOut[] {
    for (const part of this.parts.splice(0)) for (const key of part.unread()) this.leave([...part.path, key]);
    return [...this.left].map(([what, { count, where }]) => ({ what, count, where }));
  }
}

/** One object of a document. What is read is remembered, so that what is not can be told. */
export class Part {
  private readonly read = new Set<string>();

  constructor(private readonly reading: Reading, private readonly fields: JsonFields, readonly path: Path) {}

  unread(): string[] {
    return Object.keys(this.fields).filter((key) => !this.read.has(key));
  }

  has(key: string): boolean {
    return Object.hasOwn(this.fields, key);
  }

  /** Fields that say nothing to a case: names of formats, numbers of versions. */
  skip(...keys: readonly string[]): this {
    for (const key of keys) this.read.add(key);
    return this;
  }

  leave(key: string, why: string): void {
    this.reading.leave([...this.path, key], why);
  }

  object(key: string, message: string): void {
    this.reading.object([...this.path, key], message);
  }

  /** As it stands there. */
  text(key: string): string | undefined {
    return this.typed(key, 'text', (value) => (typeof value === 'string' ? value : undefined));
  }

  needed(key: string): string {
    const text = this.text(key);
    if (text === undefined && !this.has(key)) this.object(key, 'is missing');
    return text ?? '';
  }

  number(key: string): number | undefined {
    return this.typed(key, 'a number', (value) => (typeof value === 'number' ? value : undefined));
  }

  /** One line that may stand in a file of ours; too long a one is left out. */
  line(key: string): string | undefined {
    const line = oneLine(this.text(key) ?? '');
    if (line !== undefined && line.length > LONGEST_LINE) {
      this.leave(key, `longer than ${LONGEST_LINE} characters`);
      return undefined;
    }
    return line;
  }

  prose(key: string): string | undefined {
    const text = storable(this.text(key) ?? '').trim();
    if (text.length > LONGEST_PROSE) this.leave(key, `the end of a text of more than ${LONGEST_PROSE} characters`);
    return text === '' ? undefined : text.slice(0, LONGEST_PROSE);
  }

  part(key: string): Part | undefined {
    const value = this.typed(key, 'an object', (one) => (isFields(one) ? one : undefined));
    return value && this.reading.part(value, [...this.path, key]);
  }

  parts(key: string): Part[] {
    return this.list(key).flatMap((value, index) => {
      const path = [...this.path, key, index];
      if (isFields(value)) return [this.reading.part(value, path)];
      this.reading.object(path, 'must be an object');
      return [];
    });
  }

  texts(key: string): string[] {
    return this.list(key).flatMap((value, index) => {
      if (typeof value === 'string') return [value];
      this.reading.object([...this.path, key, index], 'must be text');
      return [];
    });
  }

  lines(key: string): string[] {
    return this.texts(key).flatMap((text) => {
      const line = oneLine(text);
      if (line !== undefined && line.length <= LONGEST_LINE) return [line];
      this.leave(key, line === undefined ? 'empty' : `longer than ${LONGEST_LINE} characters`);
      return [];
    });
  }

  private list(key: string): readonly JsonValue[] {
    return this.typed(key, 'a list', (value) => (Array.isArray(value) ? (value as readonly JsonValue[]) : undefined)) ?? [];
  }

  private typed<T>(key: string, kind: string, as: (value: JsonValue) => T | undefined): T | undefined {
    this.read.add(key);
    const value = this.has(key) ? this.fields[key] : undefined;
    if (value === undefined) return undefined;
    const found = as(value);
    if (found === undefined) this.object(key, `must be ${kind}`);
    return found;
  }
}

/** A stranger's line as one of ours, its control characters written out; undefined where nothing stands in it. */
export function oneLine(text: string): string | undefined {
  const line = legibleLine(text.trim());
  return line === '' ? undefined : line;
}
