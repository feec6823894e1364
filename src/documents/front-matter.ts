// The one file that imports gray-matter, which runs code: the word behind the first '---' picks the engine, and '---js' evaluates the
// block. It also caches by text when it is called without options, so that a broken file throws once and is {} ever after; it takes
// '\n---' with anything behind it for the end; and its own YAML makes dates of text. Hence the fences are checked here first, options
// are always passed, every engine but ours throws, and ours hands the block on unread.
import matter from 'gray-matter';
import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { SchemaName } from './check-shape.ts';
import { legibleLine, storable } from './legible.ts';
import { readText, unsettledMerge } from './source-text.ts';
import { editYaml, readYaml, writeYaml, type YamlEdit } from './yaml-text.ts';

export type ReadFrontMatter =
  | {
      readonly ok: true;
      readonly value: unknown;
      readonly where: Where;
      /** The text below the front matter. */
      readonly body: string;
      /** The line of the file on which the body starts. */
      readonly bodyLine: number;
      /** The YAML between the fences, with its last line end. */
      readonly matter: string;
    }
  | { readonly ok: false; readonly findings: readonly Finding[] };

const FENCE = '---';

const refuse = (language: string) => (): never => {
  throw new Error(`front matter in ${language} reached its engine, past the check of its first line`);
};
const unread = (): object => ({});
const ENGINES = Object.fromEntries(['javascript', 'json', 'coffee', 'toml'].map((language) => [language, refuse(language)]));

interface Parts {
  readonly matter: string;
  readonly body: string;
  readonly bodyLine: number;
}

/** Splits a Markdown file at its fences; throws nothing that the file could cause. */
function split(file: string, text: string): { ok: true; parts: Parts } | { ok: false; finding: Finding } {
  const wrong = (line: number, message: string, fix: string): { ok: false; finding: Finding } => ({
    ok: false,
    finding: { rule: 'front-matter-safety', severity: 'error', file, line, column: 1, message, fix },
  });
  const firstEnd = text.indexOf('\n');
  const first = firstEnd === -1 ? text : text.slice(0, firstEnd);
  if (!first.startsWith(FENCE)) return wrong(1, 'the file does not start with front matter', `start it with a line that is ${FENCE} and nothing else`);
  if (first !== FENCE) return wrong(1, `the first line is ${legibleLine(first.slice(0, 40))}; what stands behind ${FENCE} could be run as code`, `make the line ${FENCE} and nothing else`);
  const close = firstEnd === -1 ? -1 : text.indexOf(`\n${FENCE}`, firstEnd);
  if (close === -1) return wrong(1, 'the front matter has no end', `close it with a line that is ${FENCE} and nothing else`);
  const closeEnd = text.indexOf('\n', close + 1);
  const last = text.slice(close + 1, closeEnd === -1 ? text.length : closeEnd);
  const closeLine = text.slice(0, close + 1).split('\n').length;
  if (last !== FENCE) return wrong(closeLine, `the line ${legibleLine(last.slice(0, 40))} starts like the end of the front matter and is not`, `make it ${FENCE} and nothing else, or indent it`);

  const parsed = matter(text, { language: 'yaml', delimiters: FENCE, engines: { ...ENGINES, yaml: unread } });
  // The line end before the closing fence belongs to the YAML: a block with '|+' counts it.
  const block = parsed.matter.replace(/^\n/, '');
  return { ok: true, parts: { matter: block === '' ? '' : `${block}\n`, body: parsed.content, bodyLine: closeLine + 1 } };
}

/** Reads a Markdown file with YAML front matter. Findings: text-encoding, conflict-marker, front-matter-safety, yaml-syntax, yaml-safety. isSetIn: its lines began further in, where no merge writes its marks. */
export function readFrontMatter(file: string, source: string | Uint8Array, isSetIn = false): ReadFrontMatter {
  const checked = readText(file, source);
  if (!checked.ok) return checked;
  const unsettled = isSetIn ? [] : unsettledMerge(file, checked.text);
  if (unsettled.length > 0) return { ok: false, findings: unsettled };
  const halves = split(file, checked.text);
  if (!halves.ok) return { ok: false, findings: [halves.finding] };
  const { parts } = halves;
  const read = readYaml(file, parts.matter, { firstLine: 2 });
  return read.ok ? { ...read, ...parts } : read;
}

/** A body without the blank lines around it; the indent of its first line is its own. */
export const bareBody = (body: string): string => body.replace(/^(?:[ \t]*\n)+/, '').trimEnd();

/**
 * A Markdown file with canonical front matter. The body ends in one line end, and a stranger's control characters in it
 * are written out, because readFrontMatter refuses them.
 */
export function writeFrontMatter(value: object, body: string, hint: SchemaName, folder: string): string {
  const text = bareBody(storable(body));
  return `${FENCE}\n${writeYaml(value, hint, folder)}${FENCE}\n${text === '' ? '' : `\n${text}\n`}`;
}

/** Changes fields of the front matter; its comments and the body stay as they are. */
export function editFrontMatter(text: string, edits: readonly YamlEdit[]): string {
  const halves = split('', text);
  if (!halves.ok) throw new TypeError('editFrontMatter was given a text that readFrontMatter refuses');
  const { matter: block } = halves.parts;
  const start = FENCE.length + 1;
  return text.slice(0, start) + editYaml(block, edits) + text.slice(start + block.length);
}
