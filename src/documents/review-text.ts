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
/** Lines of one paragraph, and of all below one heading: nothing that is repeated drives out what comes after it. */
const MOST_LINES = 40;
const MOST_BELOW = 200;

/** As many as there is room for, and how many more there are. */
function cut(lines: readonly string[], fits: (index: number) => boolean): string[] {
  const end = lines.findIndex((_, index) => !fits(index));
  if (end === -1) return [...lines];
  const left = lines.slice(end).filter((text) => text.startsWith('- ')).length;
  return [...lines.slice(0, end), ...(left === 0 ? [] : ['', `And ${left} more: \`vcc review\` shows all.`])];
}

/** As Markdown, for a comment of a pull request or the summary of a job; what does not fit is counted. */
export function reviewMarkdown(review: Review): string {
  const bullet = (of: ReviewLine): string => `- ${of.grave ? '**!** ' : ''}${markdownLine(of)}`;
  const group = ({ label, lines }: OutlineSection['groups'][number]): string[] => {
    // What is grave is told first, whatever is cut.
    const sorted = [...lines.filter(({ grave }) => grave), ...lines.filter(({ grave }) => !grave)];
    return [...(label === undefined ? [''] : ['', `**${markdownLine(label)}**`, '']), ...cut(sorted.map(bullet), (index) => index < MOST_LINES)];
  };
  const section = ({ title, groups }: OutlineSection): string[] => ['', `## ${markdownLine(title)}`, ...cut(groups.flatMap(group), (index) => index < MOST_BELOW)];
  const head = ['# vcc review', '', markdownLine(reviewSummary(review)), ...review.notes.flatMap((note) => ['', `> ${note}`])];
  const lines = [...head, ...reviewOutline(review).flatMap(section)];
  let size = 0;
  return `${cut(lines, (index) => (size += (lines[index]?.length ?? 0) + 1) <= MOST).join('\n')}\n`;
}
