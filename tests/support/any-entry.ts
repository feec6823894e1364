import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { fileStamp, parseInstant } from '../../src/domain/instant.ts';
import type { LogEntry } from '../../src/generated/documents.ts';
import { CASE_FOLDER, STORY } from './a-case.ts';

interface Schema {
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly required?: readonly string[];
  readonly minProperties?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | false;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

const read = (name: string): Schema => JSON.parse(readFileSync(new URL(`../../schemas/${name}`, import.meta.url), 'utf8')) as Schema;
const LOG = read('log-entry.schema.json');
const COMMON = read('common.schema.json');

const BEGIN = parseInstant('2014-05-01T10:00:00+09:00');
const HOUR = 3_600_000;
const moment = fc.integer({ min: 0, max: 400 }).map((hours) => `${new Date(BEGIN + hours * HOUR).toISOString().slice(0, 19)}Z`);

/** Few values, so that entries speak of the same things. */
const POOLS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  slug: fc.constantFrom('acme', 'beta', 'nobody'),
  party: fc.constantFrom('team', 'reporter', 'receiving-organisation', 'vendor:acme', 'vendor:beta', 'vendor:nobody', 'partner:certcc'),
  tellableParty: fc.constantFrom('receiving-organisation', 'partner:certcc'),
  instant: moment,
  date: moment.map((text) => text.slice(0, 10)),
  cveId: fc.constantFrom('CVE-2014-0224', 'CVE-2014-0198'),
  entryName: fc.constantFrom(...Object.values(STORY).map(({ name }) => name), '20140101T000000Z-note-0000.md'),
  criterionId: fc.constantFrom('reproducible', 'reminder', 'committee', 'list-name'),
  line: fc.constantFrom('A reason.', '理由', 'a\u{1F512}b'),
  prose: fc.constantFrom('A reason.\nIn two lines.', '理由'),
  url: fc.constant('https://example.org/a'),
  fingerprint: fc.constant('0123456789ABCDEF0123456789ABCDEF01234567'),
  contentHash: fc.stringMatching(/^sha256:[0-9a-f]{64}$/),
};

function any(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    // No name stands in both.
    const target = LOG.$defs?.[name] ?? COMMON.$defs?.[name];
    if (!target) throw new Error(`no ${schema.$ref}`);
    return POOLS[name] ?? any(target);
  }
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'number':
      return fc.integer({ min: (schema.minimum ?? 0) * 10, max: (schema.maximum ?? 10) * 10 }).map((tenths) => tenths / 10);
    case 'string':
      if (schema.pattern === undefined) throw new Error(`a text of any form: ${JSON.stringify(schema)}`);
      return fc.stringMatching(new RegExp(schema.pattern));
    case 'array': {
      const length = { minLength: schema.minItems ?? 0, maxLength: Math.max(2, schema.minItems ?? 0) };
      return schema.uniqueItems === true ? fc.uniqueArray(any(schema.items ?? {}), length) : fc.array(any(schema.items ?? {}), length);
    }
    case 'object': {
      if (!schema.properties) return schema.additionalProperties ? fc.dictionary(fc.constantFrom('reproducible', 'maintained'), any(schema.additionalProperties), { noNullPrototype: true }) : fc.constant({});
      const fields = Object.fromEntries(Object.entries(schema.properties).map(([name, field]) => [name, any(field)]));
      const required = schema.minProperties === undefined ? [...(schema.required ?? [])] : Object.keys(fields);
      return fc.record(fields, { requiredKeys: required });
    }
    default:
      throw new Error(`no generator for ${JSON.stringify(schema)}`);
  }
}

/** The shape of every event of schemas/log-entry.schema.json. */
const SHAPES = Object.entries(LOG.$defs ?? {}).filter(([, { properties }]) => properties?.['event'] !== undefined);

const inFile = (entry: LogEntry, hex: string): LoggedEntry => {
  const at = parseInstant(entry.at);
  const name = `${fileStamp(at)}-${entry.event}-${hex}.md`;
  return { path: `${CASE_FOLDER}/log/${name}`, name, entry, text: '', at, where: () => ({ line: 1, column: 1 }) };
};

/** What the schema demands of some values of a field only. */
const complete = (entry: LogEntry): LogEntry => (entry.event === 'vendor-status' && entry.status === 'disputed' ? { ...entry, reason: 'by design' } : entry);

const hex = fc.stringMatching(/^[0-9a-f]{4}$/);

/** Entries of one event as the schema allows them, with and without each field. */
export const anEntryOf = (event: string): fc.Arbitrary<LoggedEntry> => {
  const shape = SHAPES.find(([name]) => name === event)?.[1];
  if (!shape) throw new Error(`no event ${event}`);
  return fc.tuple(any(shape), hex).map(([entry, digits]) => inFile(complete(entry as LogEntry), digits));
};

/** Entries of any event. */
export const anyEntry: fc.Arbitrary<LoggedEntry> = fc.oneof(...SHAPES.map(([name]) => anEntryOf(name)));

/** Drawn more often than the rest: what rules about embargo, details and publication are about. */
const often = fc.oneof(...['embargo-proposed', 'embargo-accepted', 'embargo-rejected', 'embargo-terminated', 'vendor-contacted', 'published', 'closed', 'reopened', 'vendor-status', 'fix-deployed', 'exploit-public'].map(anEntryOf));

const story = Object.values(STORY) as LoggedEntry[];
/** An ordinary case so far, or some of its entries. */
const ordinary = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 5, max: story.length }).map((length) => story.slice(0, length)) }, { weight: 1, arbitrary: fc.subarray(story, { minLength: 3 }) });

/** Logs in which entries of any kind stand after those of an ordinary case, so that some of them get far; each name once, as in a folder. */
export const anyLog: fc.Arbitrary<LoggedEntry[]> = fc
  .tuple(ordinary, fc.array(fc.oneof(anyEntry, often), { maxLength: 25, size: 'max' }))
  .map(([begin, others]) => [...new Map([...begin, ...others].map((logged) => [logged.name, logged])).values()]);

/** A log of every entry at a later time than those before: the order in which they are listed is the order in which they happened. */
export const inTurn = (log: readonly LoggedEntry[]): LoggedEntry[] =>
  log.map((logged, place) => inFile({ ...logged.entry, at: new Date(BEGIN + place * HOUR).toISOString().replace('.000Z', 'Z') }, logged.name.slice(-7, -3)));
