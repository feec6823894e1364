import { SECTIONS, type AdvisorySection, type AdvisoryText, type SectionId } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { AdvisoryHeader } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { readFrontMatter } from './front-matter.ts';

export type ReadAdvisory = { readonly ok: true; readonly advisory: AdvisoryText } | { readonly ok: false; readonly findings: readonly Finding[] };

/** Reads advisory.en.md or advisory.ja.md into the sections of a JVN advisory. */
export function readAdvisory(path: string, source: string | Uint8Array): ReadAdvisory {
  const read = readFrontMatter(path, source);
  if (!read.ok) return read;
  const findings = checkShape('advisory', read.value, read.where, path);
  if (findings.length > 0) return { ok: false, findings };
  const header = read.value as AdvisoryHeader;
  return { ok: true, advisory: { path, header, sections: sectionsOf(read.body, read.bodyLine, header.language), where: read.where } };
}

interface Line {
  readonly text: string;
  readonly number: number;
  /** Inside a fenced code block, where nothing is a heading or a comment. */
  readonly code: boolean;
}

const FENCE = /^ {0,3}(`{3,}|~{3,})(.*)$/;

function* linesOf(text: string, firstLine: number): Generator<Line> {
  let fence: string | undefined;
  let number = firstLine;
  for (const line of text.split('\n')) {
    const [, mark, rest = ''] = FENCE.exec(line) ?? [];
    const closes = fence !== undefined && mark !== undefined && mark.startsWith(fence) && rest.trim() === '';
    const opens = fence === undefined && mark !== undefined && !(mark.startsWith('`') && rest.includes('`'));
    yield { text: line, number, code: fence !== undefined || opens };
    if (closes) fence = undefined;
    else if (opens) fence = mark;
    number += 1;
  }
}

const HEADING = /^ {0,3}##(?=[ \t]|$)/;

/** The words of a level 2 heading, without the hashes that may close it. In steps, for one pattern over all of it would take a long line hours. */
function headingOf(line: string): string | undefined {
  const mark = HEADING.exec(line);
  if (!mark) return undefined;
  const words = line.slice(mark[0].length).trim();
  let end = words.length;
  while (words[end - 1] === '#') end -= 1;
  const closed = end < words.length && (end === 0 || words[end - 1] === ' ' || words[end - 1] === '\t');
  return closed ? words.slice(0, end).trim() : words;
}

/** Headings are compared without regard to width, case and spaces: 「JPCERT/CC からの補足情報」 is written both ways. */
const comparable = (heading: string): string => heading.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, '');

/** Where an organisation is named, any will do: its name may have changed since the text was written. */
function isHeading(heading: string, words: string): boolean {
  const [before = '', after] = words.split(comparable('…'));
  return after === undefined ? heading === words : heading.length >= before.length + after.length && heading.startsWith(before) && heading.endsWith(after);
}

function sectionsOf(body: string, bodyLine: number, language: 'en' | 'ja'): AdvisorySection[] {
  const open: { heading: string; line: number; lines: string[] }[] = [{ heading: '', line: bodyLine, lines: [] }];
  for (const line of linesOf(body, bodyLine)) {
    const heading = line.code ? undefined : headingOf(line.text);
    if (heading !== undefined) open.push({ heading, line: line.number, lines: [] });
    else open.at(-1)?.lines.push(line.text);
  }
  const known = SECTIONS.map((section) => [comparable(section[language]), section.id] as const);
  const idOf = (heading: string): SectionId | undefined => known.find(([words]) => isHeading(comparable(heading), words))?.[1];
  return open
    .map(({ heading, line, lines }, index) => {
      const blank = lines.findIndex((text) => text.trim() !== '');
      return { id: idOf(heading), heading, text: lines.join('\n').trim(), line, textLine: line + Math.max(blank, 0) + (index === 0 ? 0 : 1) };
    })
    // What stands above the first heading counts as a section without a name, so that it is reported and not lost.
    .filter(({ heading, text }, index) => index > 0 || heading !== '' || text !== '');
}

export const GAP = 'GAP:';
const COMMENT = { begin: '<!--', end: '-->' } as const;

/** What is missing until the advisory can be published: each gap that is marked, each section that is empty, absent, doubled or unknown. */
export function gapsIn(advisory: AdvisoryText): Finding[] {
  const { header, sections, path, where } = advisory;
  const gap = (line: number, column: number, message: string, fix?: string): Finding => ({
    rule: 'advisory-gap',
    severity: 'warning',
    file: path,
    line,
    column,
    message,
    ...(fix === undefined ? {} : { fix }),
  });
  const findings: Finding[] = [];
  for (const field of ['title', 'cveDescription'] as const) {
    if (!header[field]?.startsWith(GAP)) continue;
    const { line, column } = where(field);
    findings.push(gap(line, column, `${field} is still to be written: ${header[field].slice(GAP.length).trim()}`));
  }
  for (const [cve, text] of Object.entries(header.cveDescriptions ?? {})) {
    if (!text.startsWith(GAP)) continue;
    const { line, column } = where('cveDescriptions', cve);
    findings.push(gap(line, column, `the description of ${cve} is still to be written: ${text.slice(GAP.length).trim()}`));
  }
  const seen = new Set<string>();
  for (const { id, heading, text, line, textLine = line + 1 } of sections) {
    if (heading === '') findings.push(gap(line, 1, 'text stands above the first section', 'move it below a heading'));
    else if (id === undefined) findings.push(gap(line, 1, `a JVN advisory has no section ${heading}`, `one of: ${SECTIONS.map((section) => section[header.language]).join(', ')}`));
    else if (seen.has(id)) findings.push(gap(line, 1, `the section ${heading} stands here twice`, 'join the two'));
    else if (text === '') findings.push(gap(line, 1, `the section ${heading} is empty`, 'write it, or remove the heading'));
    if (id !== undefined) seen.add(id);
    findings.push(...commentsIn(text, textLine, gap));
  }
  for (const section of SECTIONS) {
    if (section.required && !seen.has(section.id)) findings.push(gap(1, 1, `the section ${section[header.language]} is missing`, `write it below a line: ## ${section[header.language]}`));
  }
  return findings.sort((a, b) => a.line - b.line || a.column - b.column);
}

/** Whether a person or vcc draft marked the gap, and so knows of it; what nobody marked has a fix. */
export const isMarkedGap = ({ fix }: Finding): boolean => fix === undefined;

/** Every HTML comment is a gap: one with GAP: says what to write, and any other would be read by the public in the source of the page. */
function* commentsIn(text: string, firstLine: number, gap: (line: number, column: number, message: string, fix?: string) => Finding): Generator<Finding> {
  for (const line of linesOf(text, firstLine)) {
    const begin = line.code ? -1 : line.text.indexOf(COMMENT.begin);
    if (begin === -1) continue;
    const from = begin + COMMENT.begin.length;
    const end = line.text.indexOf(COMMENT.end, from);
    const words = line.text.slice(from, end === -1 ? undefined : end).trim();
    yield words.startsWith(GAP)
      ? gap(line.number, begin + 1, `still to be written: ${words.slice(GAP.length).trim()}`)
      : gap(line.number, begin + 1, 'a comment stands in a text that will be public', 'remove it');
  }
}
