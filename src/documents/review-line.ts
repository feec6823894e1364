import { legibleLine } from './legible.ts';

/** One line of a review: our own words, and between them what other people wrote, or a line of ours again. */
export interface ReviewLine {
  readonly fixed: readonly string[];
  readonly given: readonly (string | ReviewLine)[];
  /** What a reviewer must not overlook. */
  readonly grave: boolean;
}

/** A line; a text that is put into it is somebody's, and can never become markup. */
export const line = (fixed: TemplateStringsArray, ...given: ReviewLine['given']): ReviewLine => ({ fixed, given, grave: false });

/** The same, of something that a reviewer must not overlook. */
export const graveLine = (fixed: TemplateStringsArray, ...given: ReviewLine['given']): ReviewLine => ({ fixed, given, grave: true });

/** Words of our own out of a table; never anything that was read. */
export const ownWords = (words: string): ReviewLine => ({ fixed: [words], given: [], grave: false });

const shownPart = (part: ReviewLine['given'][number], show: (text: string) => string): string => (typeof part === 'string' ? show(part) : woven(part, show));
const woven = ({ fixed, given }: ReviewLine, show: (text: string) => string): string => fixed.map((words, index) => words + shownPart(given[index] ?? '', show)).join('');

/** For a terminal. */
export const plainLine = (of: ReviewLine): string => woven(of, legibleLine);

/**
 * For a comment or a job summary. In a code span a forge makes no link, image, mention or reference to an issue of a text, and no
 * HTML: a backslash would not keep it from that. The fence is longer than any in the text (CommonMark 6.1).
 */
export const markdownLine = (of: ReviewLine): string => woven(of, codeSpan);

function codeSpan(text: string): string {
  const shown = legibleLine(text);
  if (shown.trim() === '') return '';
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  // A blank on both sides is no part of the code; without it a backtick at an end would join the fence.
  const gap = longest > 0 || /^ .* $/.test(shown) ? ' ' : '';
  return `${fence}${gap}${shown}${gap}${fence}`;
}
