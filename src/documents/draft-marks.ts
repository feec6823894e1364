import { createHash } from 'node:crypto';
import { GAP } from './advisory.ts';
import { escapeMarkdown } from './public-text.ts';

/*
 * What vcc drafts bears a mark until a person takes it away: the gate is closed while it stands there. The mark holds a hash of
 * what was drafted, so that a later draft can tell its own words, which it may write anew, from a person's, which it may not.
 */

const hashOf = (text: string): string => createHash('sha256').update(text.trim()).digest('hex').slice(0, 8);

/** A place that a person has to fill. */
export const gap = (hint: string): string => `<!-- ${GAP} ${hint} -->`;

/** A drafted section below its mark. */
export const markedSection = (text: string): string => `${gap(`draft ${hashOf(text)}: read and mend the text below, then take this line away`)}\n\n${text}`;

/** A drafted field of the front matter behind its mark. */
export const markedField = (text: string): string => `${GAP} draft ${hashOf(text)}, read it and take these words away: ${text}`;

const SECTION_MARK = /^<!-- GAP: draft ([0-9a-f]{8}): [^\n]*? -->\n+/;
const FIELD_MARK = /^GAP: draft ([0-9a-f]{8}), [^:\n]*: /;
const GAP_COMMENT = /<!--\s*GAP:[^>]*-->/g;

/** The text with its gaps as a reader of a preview sees them; in what is published no comment is left. */
export const shownGaps = (text: string): string => text.replaceAll(/<!--\s*GAP:((?:(?!-->)[\s\S]){0,2000})-->/g, (_comment, hint: string) => `**${escapeMarkdown(`[${GAP} ${hint.trim()}]`)}**`);

/** Whether a mark stands before exactly the words that it was made for. */
function asDrafted(text: string, mark: RegExp): boolean | undefined {
  const found = mark.exec(text);
  return found === null ? undefined : hashOf(text.slice(found[0].length)) === found[1];
}

/** Whether no person's words stand in the section: nothing, gaps alone, or what was drafted. */
export const mayDraftSection = (text: string): boolean => asDrafted(text.trim(), SECTION_MARK) ?? text.replaceAll(GAP_COMMENT, '').trim() === '';

/** The same of a field of the front matter. */
export const mayDraftField = (text: string | undefined): boolean => text === undefined || (asDrafted(text, FIELD_MARK) ?? text.startsWith(GAP));
