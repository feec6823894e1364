// The one file that imports yaml. Hazards of YAML that are kept out here: aliases (a few lines expand to gigabytes), anchors and
// tags (text that means something else), duplicate keys (two readers see two files), keys such as __proto__, nesting that overflows
// the stack, a second document behind '---', and numbers where an id was meant (0123 is 123). Refolded Japanese text comes from
// the default line width, so it is off.
import { Composer, CST, Document, isMap, isScalar, isSeq, Lexer, type Node, parseDocument, Parser, visit } from 'yaml';
import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { readCanonical } from './canonical-yaml.ts';
import type { SchemaName } from './check-shape.ts';
import { FORBIDDEN, legibleLine } from './legible.ts';
import { placeAt, readText, unsettledMerge } from './source-text.ts';

export type Read = { readonly ok: true; readonly value: unknown; readonly where: Where } | { readonly ok: false; readonly findings: readonly Finding[] };

/** No file of ours nests deeper than ten; each level costs the composer several frames of the stack. */
const DEEPEST = 40;
/** Some 30,000 fields. A long text is one lexeme; megabytes of brackets would keep the composer busy for minutes. */
const MOST_LEXEMES = 200_000;
const MOST = 20;
const DANGEROUS_KEYS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const READING = { version: '1.2', schema: 'core', merge: false, strict: true, uniqueKeys: false, resolveKnownTags: false, prettyErrors: false, logLevel: 'silent' } as const;
const WRITING = { lineWidth: 0, minContentWidth: 0, blockQuote: 'literal', doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } as const;
/** Quotes what a YAML 1.1 reader (an editor, a forge) would take for a date, a yes or an octal number. */
const NEW = { version: '1.2', schema: 'core', compat: 'yaml-1.1', aliasDuplicateObjects: false } as const;

type Report = (rule: 'yaml-syntax' | 'yaml-safety' | 'text-encoding', offset: number, message: string, fix?: string) => void;

/**
 * Reads one YAML 1.2 document as plain data. Never throws on what the file says: every deviation is a finding of the rules
 * text-encoding, yaml-syntax or yaml-safety. firstLine is the line of the file on which the source starts.
 */
export function readYaml(file: string, source: string | Uint8Array, options: { readonly firstLine?: number; readonly limit?: number } = {}): Read {
  const checked = readText(file, source, options);
  if (!checked.ok) return checked;
  const quick = readCanonical(checked.text);
  return quick ? { ok: true, value: quick.value, where: whereIn(checked.text, options.firstLine ?? 1) } : readWholeYaml(file, checked.text, options);
}

/** readYaml by the YAML parser alone: for what is not in canonical form, and to hold the quick reader against. The text has passed readText. */
export function readWholeYaml(file: string, text: string, options: { readonly firstLine?: number } = {}): Read {
  const findings: Finding[] = [];
  const report: Report = (rule, offset, message, fix) => {
    if (findings.length < MOST) findings.push({ rule, severity: 'error', file, ...placeAt(text, offset, options.firstLine), message, ...(fix === undefined ? {} : { fix }) });
  };

  // Of a part of a file, who reads the file has looked.
  const unsettled = options.firstLine === undefined ? unsettledMerge(file, text) : [];
  if (unsettled.length > 0) return { ok: false, findings: unsettled };

  const tokens = tokensOf(text, report);
  refuseTokens(tokens, report);
  if (findings.length > 0) return { ok: false, findings };

  const [document] = new Composer(READING).compose(tokens, true, text.length);
  // One mistake makes the composer stumble several times; the first is the one to mend.
  const [error] = document?.errors ?? [];
  if (error) report('yaml-syntax', error.pos[0], SENTENCES[error.code] ?? sentence(error.message), REMEDIES[error.code]);
  if (findings.length > 0) return { ok: false, findings };

  const value = plainData(document?.contents, report);
  if (findings.length > 0) return { ok: false, findings };
  return { ok: true, value, where: whereIn(text, options.firstLine ?? 1) };
}

const REMEDIES: Readonly<Partial<Record<string, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: 'put text that holds ": " in quotes',
  MULTILINE_IMPLICIT_KEY: 'a field needs a colon and a space after its name',
  BAD_SCALAR_START: 'put the text in quotes',
  BAD_DQ_ESCAPE: 'in double quotes a backslash is written twice; or use single quotes',
  TAB_AS_INDENT: 'indent with spaces',
  BAD_INDENT: 'indent the fields of one mapping alike',
  MISSING_CHAR: 'close the quote or bracket',
  UNEXPECTED_TOKEN: 'put the text in quotes',
};

/** In our words where the library speaks of YAML's grammar. */
const SENTENCES: Readonly<Partial<Record<string, string>>> = {
  BLOCK_AS_IMPLICIT_KEY: "a second ': ' stands in the line",
  TAB_AS_INDENT: 'a tab stands in the indentation',
};

const sentence = (message: string): string =>
  message.startsWith('Implicit map key') ? 'a line without a colon stands among the fields' : legibleLine(message.charAt(0).toLowerCase() + message.slice(1));

/** The token tree. It is built without recursion, and given up as soon as it grows too deep for whatever reads it next. */
function tokensOf(text: string, report: Report): CST.Token[] {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let lexemes = 0;
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme));
    lexemes += 1;
    if (parser.stack.length > DEEPEST) report('yaml-safety', parser.offset, `nested more than ${DEEPEST} levels deep`);
    else if (lexemes > MOST_LEXEMES) report('yaml-safety', parser.offset, 'the file is made of more parts than a file of people can be');
    else continue;
    return [];
  }
  tokens.push(...parser.end());
  return tokens;
}

/** Refuses what must not even be composed. */
function refuseTokens(tokens: readonly CST.Token[], report: Report): void {
  let documents = 0;
  for (const token of tokens) {
    if (token.type === 'directive') report('yaml-safety', token.offset, 'a YAML directive changes how the file is read', 'remove the line');
    if (token.type !== 'document') continue;
    documents += 1;
    if (documents === 2) report('yaml-safety', token.offset, 'a second document starts here', "keep one document, without a line '---' in it");
  }
  const look = (token: CST.Token): void => {
    if (token.type === 'anchor') report('yaml-safety', token.offset, `an anchor (${legibleLine(token.source)}) is not allowed`, 'write the value out; put text that starts with & in quotes');
    if (token.type === 'alias') report('yaml-safety', token.offset, `an alias (${legibleLine(token.source)}) is not allowed`, 'write the value out; put text that starts with * in quotes');
    if (token.type === 'tag') report('yaml-safety', token.offset, `a tag (${legibleLine(token.source)}) is not allowed`, 'remove it; put text that starts with ! in quotes');
    // The composer would report the end of the file, where nobody looks.
    if ((token.type === 'double-quoted-scalar' || token.type === 'single-quoted-scalar') && !/^(?:".*"|'.*')$/s.test(token.source)) {
      report('yaml-syntax', token.offset, 'the quote that opens here is never closed', 'close it');
    }
    for (const inner of within(token)) look(inner);
  };
  tokens.forEach(look);
}

function* within(token: CST.Token): Generator<CST.Token> {
  if (token.type === 'document') {
    yield* token.start;
    if (token.value) yield token.value;
  } else if (token.type === 'block-scalar') {
    yield* token.props;
  } else if (CST.isCollection(token)) {
    for (const part of token.items) {
      yield* part.start;
      if (part.key) yield part.key;
      if (part.sep) yield* part.sep;
      if (part.value) yield part.value;
    }
  }
}

/** Composed nodes as plain data, checked on the way so that the file is walked once. The depth is bounded by tokensOf. */
function plainData(node: unknown, report: Report): unknown {
  if (node === null || node === undefined) return null;
  if (isScalar(node)) {
    // Only double quotes can hold what the text itself does not: "\x1b".
    if (node.type === 'QUOTE_DOUBLE' && typeof node.value === 'string' && (FORBIDDEN.test(node.value) || /\p{Surrogate}/u.test(node.value))) {
      report('text-encoding', node.range?.[0] ?? 0, `the text holds a character that can rewrite a terminal: ${legibleLine(node.value).slice(0, 60)}`, 'remove the escape');
    }
    return node.value;
  }
  if (isSeq(node)) return node.items.map((part) => plainData(part, report));
  if (!isMap(node)) throw new TypeError('the YAML composer made a node that is neither a value, a list nor a mapping');
  const data: Record<string, unknown> = {};
  for (const { key, value } of node.items) {
    const offset = isScalar(key) || isMap(key) || isSeq(key) ? (key.range?.[0] ?? 0) : (node.range?.[0] ?? 0);
    const name = isScalar(key) ? plainData(key, report) : undefined;
    if (typeof name !== 'string') report('yaml-safety', offset, 'the name of a field must be text', 'put it in quotes');
    else if (DANGEROUS_KEYS.has(name)) report('yaml-safety', offset, `${name} is not allowed as the name of a field`);
    else if (Object.hasOwn(data, name)) report('yaml-safety', offset, `${legibleLine(name)} stands here twice`, 'keep one of the two');
    else data[name] = plainData(value, report);
  }
  return data;
}

/** Positions are wanted for findings only, which are rare: the text is composed again then, and no node tree is kept for each file. */
function whereIn(text: string, firstLine: number): Where {
  let contents: unknown;
  let composed = false;
  return (...path) => {
    if (path.length === 0) return { line: 1, column: 1 };
    if (!composed) {
      contents = parseDocument(text, READING).contents;
      composed = true;
    }
    let node = contents;
    let offset: number | undefined;
    for (const step of path) {
      if (isSeq(node) && typeof step === 'number') {
        node = node.items[step];
        offset = startOf(node) ?? offset;
      } else if (isMap(node)) {
        const pair = node.items.find(({ key }) => isScalar(key) && key.value === step);
        if (!pair) break;
        offset = startOf(pair.key) ?? offset;
        node = pair.value;
      } else break;
    }
    return offset === undefined ? { line: 1, column: 1 } : placeAt(text, offset, firstLine);
  };
}

const startOf = (node: unknown): number | undefined => (isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[0] : undefined);

/** The line by which an editor finds the schema: it climbs through folders that only we have. */
export const SCHEMA_HINT = /^# yaml-language-server: .*(?:\n|$)/m;

/** The comment by which editors find the schema of a file in that folder. */
export const schemaHint = (schema: SchemaName, folder: string): string =>
  `# yaml-language-server: $schema=${'../'.repeat(folder.split('/').filter((part) => part !== '').length)}.vcc/schemas/${schema}.schema.json\n`;

/** The canonical text of a value: writing what was read changes nothing. */
export function writeYaml(value: object, hint: SchemaName, folder: string): string {
  return schemaHint(hint, folder) + plainYaml(value);
}

/** The same for somebody who has no schemas of ours. */
export const plainYaml = (value: unknown): string => {
  const document = new Document(value, NEW);
  quoteBlankLines(document);
  return document.toString(WRITING);
};

/** As a block a line of spaces alone is lost or taken for the indentation: such text is written in quotes. */
function quoteBlankLines(node: Document | Node): void {
  visit(node, {
    Scalar: (_key, scalar) => {
      if (typeof scalar.value === 'string' && scalar.value.includes('\n') && (/^[ \t]+$/m.test(scalar.value) || scalar.value.trim() === '')) scalar.type = 'QUOTE_DOUBLE';
    },
  });
}

export interface YamlEdit {
  readonly path: readonly (string | number)[];
  /** undefined deletes the field. */
  readonly value: unknown;
}

/** Changes fields of a text that readYaml accepts; comments stay, and what is not edited keeps its bytes wherever it can. */
export function editYaml(text: string, edits: readonly YamlEdit[]): string {
  return edits.reduce(editOne, text);
}

function editOne(text: string, { path, value }: YamlEdit): string {
  const document = parseDocument(text, { ...READING, compat: 'yaml-1.1' });
  if (document.errors.length > 0) throw new TypeError('editYaml was given a text that readYaml refuses', { cause: document.errors[0] });
  if (value === undefined && !document.hasIn(path)) return text;
  const spliced = splice(text, document, { path, value });
  if (value === undefined) document.deleteIn(path);
  else {
    const node = document.createNode(value, { aliasDuplicateObjects: false });
    quoteBlankLines(node);
    document.setIn(path, node);
  }
  // The splice works on lines and knows nothing of YAML: it counts only if it says the same as the library's own edit.
  if (spliced !== undefined) {
    const reread = parseDocument(spliced, READING);
    if (reread.errors.length === 0 && JSON.stringify(reread.toJS()) === JSON.stringify(document.toJS())) return spliced;
  }
  return document.toString(WRITING);
}

/** Replaces, adds or removes whole lines of a block mapping or list; undefined where that is not possible. */
function splice(text: string, document: Document.Parsed, { path, value }: YamlEdit): string | undefined {
  const step = path.at(-1);
  const parent: unknown = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  if (!(isMap(parent) || isSeq(parent)) || parent.flow === true || step === undefined) return undefined;
  const regions = isMap(parent)
    ? parent.items.map((pair) => ({ name: isScalar(pair.key) ? pair.key.value : undefined, start: startOf(pair.key), end: endOf(pair.value) ?? endOf(pair.key) }))
    : parent.items.map((part, index) => ({ name: index, start: startOfDash(text, part), end: endOf(part) }));
  const target = regions.find(({ name }) => name === step);
  const anchor = target ?? regions.at(-1);
  if (anchor?.start === undefined || anchor.end === undefined) return undefined;
  const end = anchor.start + text.slice(anchor.start, anchor.end).trimEnd().length;
  const lineStart = text.lastIndexOf('\n', anchor.start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline === -1 ? text.length : newline;
  if (value === undefined) {
    return target && text.slice(lineStart, target.start).trim() === '' ? text.slice(0, lineStart) + text.slice(Math.min(lineEnd + 1, text.length)) : undefined;
  }
  const margin = ' '.repeat(anchor.start - lineStart);
  const lines = plainYaml(isMap(parent) ? { [step]: value } : [value]).replace(/\n$/, '').replaceAll(/\n(?=[^\n])/g, `\n${margin}`);
  // A text that ends with blank lines takes in those that follow.
  const after = /[|>]\d?\+\d?$/m.test(lines) ? text.slice(lineEnd).replace(/^\n(?:[ \t]*\n)+/, '\n') : text.slice(lineEnd);
  if (!target) return `${text.slice(0, lineEnd)}\n${margin}${lines}${after}`;
  // Behind a value of several lines a comment would become part of it: it moves above.
  const behind = text.slice(end, lineEnd).trim();
  const moved = lines.includes('\n') && behind.startsWith('#');
  return text.slice(0, anchor.start) + (moved ? `${behind}\n${margin}${lines}${after}` : lines + text.slice(end, lineEnd) + after);
}

const endOf = (node: unknown): number | undefined => (isScalar(node) || isMap(node) || isSeq(node) ? node.range?.[1] : undefined);

function startOfDash(text: string, part: unknown): number | undefined {
  const start = startOf(part);
  return start !== undefined && text.slice(start - 2, start) === '- ' ? start - 2 : undefined;
}
