const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
const BREAKS: ReadonlySet<string> = new Set(['br', 'p', 'div', 'tr', 'li', 'ul', 'ol', 'table', 'h1', 'h2', 'h3', 'h4', 'blockquote', 'pre']);
const UNSHOWN: ReadonlySet<string> = new Set(['script', 'style', 'head', 'title', 'template']);

function decoded(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,6}));/gi, (entity, decimal: string | undefined, hex: string | undefined, name: string | undefined) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? entity;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
  });
}

/**
 * The words of a mail that came as HTML only, line by line, for a person to read. It is not a sanitiser: the result is
 * text and never markup. Cut at each '<' and not matched by patterns, which a hostile mail would make quadratic.
 */
export function htmlText(html: string): string {
  const [first = '', ...pieces] = html.replaceAll(/\s+/g, ' ').split('<');
  const words = [decoded(first)];
  let hidden: string | undefined;
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    const tag = (end === -1 ? piece : piece.slice(0, end)).toLowerCase();
    const name = /^\/?([a-z][a-z0-9]*)/.exec(tag)?.[1] ?? '';
    if (hidden !== undefined) {
      if (tag.startsWith('/') && name === hidden) hidden = undefined;
      else continue;
    } else if (UNSHOWN.has(name) && !tag.startsWith('/')) {
      hidden = name;
      continue;
    }
    if (BREAKS.has(name)) words.push('\n');
    if (end !== -1) words.push(decoded(piece.slice(end + 1)));
  }
  return words.join('').split('\n').map((line) => line.trim()).join('\n').replaceAll(/\n{3,}/g, '\n\n').trim();
}
