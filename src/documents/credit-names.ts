import { markdownToText } from './markdown-text.ts';
import { visibleText } from './public-text.ts';

/** Columns: wider than a sentence of a credit. A wrap of any width would take memory without bounds. */
const ONE_LINE = 1000;
/** Characters of a credit that are looked at: nobody names more people than fit in there. */
const LONGEST_CREDIT = 10_000;
/** What is longer is no name; the schema of CVE takes 512 characters. */
const LONGEST_NAME = 200;

/** The sentences in which an advisory credits somebody, as vcc draft and JVN write them. */
const SENTENCES = [
  /^(.+?) (?:has |have )?(?:found|discovered|reported)(?: and (?:found|discovered|reported))? (?!by\b)/u,
  /\b(?:found|discovered|reported) by (.+?)(?: to .+)?\.$/u,
  /^報告者 ?[：:] ?(.+?) ?(?:氏|様)?$/u,
] as const;

/**
 * Whom the approved section Credit of an advisory names, for formats that have a field for a name. Nothing is taken from anywhere
 * else; where the section says it in other words, nobody can tell the name from the rest, and there is none.
 */
export function creditNames(section: string): string[] {
  const lines = markdownToText(visibleText(section.slice(0, LONGEST_CREDIT)), ONE_LINE).split('\n').map((line) => line.trim());
  const names = lines.flatMap((line) => {
    // What heads a list names nobody.
    if (/[:：]$/u.test(line)) return [];
    const sentence = SENTENCES.map((form) => form.exec(line)?.[1]).find((name) => name !== undefined);
    // A list of names alone.
    return sentence ?? (/^\* [^.。:：]+$/u.test(line) ? line.slice(2) : []);
  });
  return [...new Set(names.map((name) => name.replace(/^\* /, '').trim()))].filter((name) => name !== '' && name.length <= LONGEST_NAME);
}
