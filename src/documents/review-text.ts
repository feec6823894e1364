import { reviewOutline, reviewSummary, type OutlineSection, type Review } from './review-outline.ts';
import type { Paint } from './paint.ts';
import { markdownLine, plainLine, type ReviewLine } from './review-line.ts';
import { wrap } from './text-width.ts';

/** For the eye, on a terminal. */
export function reviewText(review: Review, width: number, colours: Paint): string {
  const bullet = (of: ReviewLine): string[] => wrap(plainLine(of), width - 4).map((text, index) => `${index === 0 ? (of.grave ? '! ' : '- ') : '  '}${of.grave ? colours.overdue(text) : text}`);
  const section = ({ title, groups }: OutlineSection): string => [
    colours.strong(plainLine(title)),
    ...groups.flatMap(({ label, lines }) => [...(label === undefined ? [] : [`  ${colours.quiet(plainLine(label))}`]), ...lines.flatMap(bullet).map((text) => `  ${text}`)]),
  ].join('\n');
  return [[plainLine(reviewSummary(review)), ...review.notes.flatMap((note) => wrap(`note: ${note}`, width))].join('\n'), ...reviewOutline(review).map(section)].join('\n\n');
}

/** GitHub takes 65,536 characters in a comment, GitLab a million; some are left for what a CI job writes around it. */
const MOST = 60_000;
/** Of one paragraph: nothing that is repeated drives out what comes after it. */
const MOST_LINES = 40;

/** As Markdown, for a comment of a pull request or the summary of a job; what does not fit is counted. */
export function reviewMarkdown(review: Review, most = MOST): string {
  const bullet = (of: ReviewLine): string => `- ${of.grave ? '**!** ' : ''}${markdownLine(of)}`;
  const group = ({ label, lines }: OutlineSection['groups'][number]): string[] => [
    ...(label === undefined ? [''] : ['', `**${markdownLine(label)}**`, '']),
    // What is grave is told first, whatever is cut.
    ...[...lines.filter(({ grave }) => grave), ...lines.filter(({ grave }) => !grave)].slice(0, MOST_LINES).map(bullet),
    ...(lines.length > MOST_LINES ? [`- and ${lines.length - MOST_LINES} more`] : []),
  ];
  const head = ['# vcc review', '', markdownLine(reviewSummary(review)), ...review.notes.flatMap((note) => ['', `> ${note}`])];
  const lines = [...head, ...reviewOutline(review).flatMap(({ title, groups }) => ['', `## ${markdownLine(title)}`, ...groups.flatMap(group)])];
  let taken = 0;
  let size = 0;
  for (const text of lines) {
    size += text.length + 1;
    if (size > most) break;
    taken += 1;
  }
  const left = lines.slice(taken).filter((text) => text.startsWith('- ')).length;
  return `${lines.slice(0, taken).join('\n')}${left === 0 ? '' : `\n\nAnd ${left} more lines: \`vcc review\` shows all.`}\n`;
}
