import type { AdvisorySection, AdvisoryText, SectionId } from './case.ts';
import type { Place } from './finding.ts';

/** One line of a text as a reader sees it: without comments and marks of Markdown, and in one width (NFKC). */
export interface ReadLine extends Place {
  readonly section: SectionId | undefined;
  readonly text: string;
}

/** A place where a text says otherwise than the case, or than the other text. */
export interface Parting extends Place {
  readonly file: string;
  readonly message: string;
  /** A contradiction, which closes the gate; what is merely left out may be meant. */
  readonly sure: boolean;
}

/** Comments as blanks, so that lines and columns stay. In one pass, for a pattern could take a long text hours. */
function withoutComments(text: string): string {
  let kept = '';
  for (let from = 0; from < text.length; ) {
    const begin = text.indexOf('<!--', from);
    if (begin === -1) return kept + text.slice(from);
    const end = text.indexOf('-->', begin + 4);
    const stop = end === -1 ? text.length : end + 3;
    kept += text.slice(from, begin) + text.slice(begin, stop).replaceAll(/[^\n]/g, ' ');
    from = stop;
  }
  return kept;
}

const plain = (line: string): string =>
  line
    .normalize('NFKC')
    .replaceAll(/\\(?=[!-/:-@[-`{-~])/g, '')
    .replaceAll(/\*\*|`/g, '')
    .replaceAll(/\s/g, ' ');

function sectionLines({ id, text, line, textLine = line + 1 }: AdvisorySection): ReadLine[] {
  return withoutComments(text)
    .split('\n')
    .map((each, index) => ({ section: id, text: plain(each), line: textLine + index, column: each.length - each.trimStart().length + 1 }))
    .filter((each) => each.text.trim() !== '');
}

/** The lines that have words, of these sections or of all. */
export const readLines = ({ sections }: AdvisoryText, ...ids: readonly SectionId[]): ReadLine[] =>
  sections.filter(({ id }) => ids.length === 0 || (id !== undefined && ids.includes(id))).flatMap(sectionLines);

/** The title as a line of no section; a title that is still to be written says nothing. */
export const titleLine = ({ header, where }: AdvisoryText): ReadLine => ({ section: undefined, text: header.title.startsWith('GAP:') ? '' : plain(header.title), ...where('title') });

/** Without what looks like a version and is none: addresses, ids and vectors. */
export const withoutIds = (text: string): string => text.replaceAll(/https?:\/\/[^\s<>)]+|\b(?:CVE-\d+-\d+|CWE-\d+|CVSS[: ]?(?:v(?:er(?:sion)?)?\.? ?)?\d(?:\.\d)?\S*|(?:JVN\w*|DID|IPA)#\d+)/gi, ' ');

/** Versions and other numbers of a text, in lower case: 1.0.1g, 2.04, 1577. */
export const numbersIn = (text: string): string[] => text.normalize('NFKC').toLowerCase().match(/(?<![\d.])\d+(?:\.\d+)*(?:[a-z]{1,2}(?![a-z0-9]))?/g) ?? [];

export const LANGUAGES = ['en', 'ja'] as const;
