// Text on its way to the public, or into a letter: typed by strangers, vendors and coordinators, read by programs we do not know.

// Control characters, and those that change the direction of text or are invisible: a reader must see what a program sees.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Line ends become LF; characters that a reader cannot see become a visible U+FFFD. */
export const visibleText = (text: string): string => text.replace(/\r\n?/g, '\n').replace(HIDDEN, '\ufffd');

/** A comment in a text is the author's note to a colleague; no comment becomes public. */
export function withoutComments(text: string): string {
  const kept: string[] = [];
  const endsIn = (mark: string, from: number): boolean => kept.length - mark.length >= from && Array.from(mark).every((character, index) => kept[kept.length - mark.length + index] === character);
  let open: number | undefined;
  // One pass over the characters that stay: taking one comment out can join the halves of another.
  for (const character of text) {
    kept.push(character);
    if (open === undefined) {
      if (character === '-' && endsIn('<!--', 0)) open = kept.length - '<!--'.length;
    } else if (character === '>' && endsIn('-->', open + '<!--'.length)) {
      kept.length = open;
      open = undefined;
    }
  }
  return kept.join('');
}

/** One line of someone's text as Markdown that shows exactly this text, wherever a line may stand. */
export const escapeMarkdown = (line: string): string =>
  visibleText(line)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>&|~]/g, '\\$&')
    .replace(/(^| )(?=#)/g, '$1\\')
    .replace(/^(\d{1,9})(?=[.)](?: |$))/, '$1\\')
    .replace(/^(?=[-+=])/, '\\');

/** Several lines of someone's text as a Markdown quotation that shows exactly these lines. */
export const quoteMarkdown = (text: string): string =>
  visibleText(text)
    .trim()
    .split('\n')
    .map(escapeMarkdown)
    .map((line, index, lines) => (line === '' ? '>' : `> ${line}${lines[index + 1] ? '\\' : ''}`))
    .join('\n');

const HTML_ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Text for the content or a quoted attribute of an HTML element. */
export const escapeHtml = (text: string): string => visibleText(text).replace(/[&<>"']/g, (character) => HTML_ENTITIES[character] ?? character);
