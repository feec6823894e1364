/** Kana, or kanji side by side: what a Western text that is read as Japanese by mistake hardly ever gives. */
const JAPANESE = /[\u3041-\u30fa]|[\u4e00-\u9faf]{2}/;
/** Characters that nobody has agreed on. */
const PRIVATE = /[\ue000-\uf8ff]/;
const ESCAPE = 0x1b;

function read(content: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(content);
  } catch (problem) {
    if (!(problem instanceof TypeError)) throw problem;
    return undefined;
  }
}

function readJapanese(content: Uint8Array, encoding: string): string | undefined {
  const text = read(content, encoding);
  return text !== undefined && JAPANESE.test(text) && !PRIVATE.test(text) ? text : undefined;
}

/** Node 20 takes windows-1252 for ISO 8859-1, and its quotation marks and dashes for control characters, but for a stream. */
const western = (content: Uint8Array): string => new TextDecoder('windows-1252').decode(content, { stream: true });

/** Text that was declared as windows-1252, and read as ISO 8859-1. */
export const withWesternMarks = (text: string): string => text.replaceAll(/[\u0080-\u009f]/g, (control) => western(Uint8Array.of(control.charCodeAt(0))));

/** Text of which nobody says how it is encoded, as in OpenPGP: the encodings that mail in Japan uses can be told apart; what is none of them is Western. */
export function textOf(content: Uint8Array): string {
  const jis = content.includes(ESCAPE) ? read(content, 'iso-2022-jp') : undefined;
  return jis ?? read(content, 'utf-8') ?? readJapanese(content, 'shift_jis') ?? readJapanese(content, 'euc-jp') ?? western(content);
}

const BOUNDARY = /\bboundary[ \t]*=[ \t]*(?:"([^"\r\n]{1,70})"|([^\s;"]{1,70}))/gi;
const TYPE = /^content-type:[ \t]*((?:.|\r?\n[ \t])*)/im;

/**
 * A mail in which every text that does not say its encoding, or is not the UTF-8 that it says, is UTF-8: the parser takes it
 * for that, and would put U+FFFD for each letter with an accent. Headers, too: they have no other way to say it (RFC 6532).
 */
export function withKnownEncoding(mail: Uint8Array): Uint8Array {
  if (!mail.includes(ESCAPE) && read(mail, 'utf-8') !== undefined) return mail;
  const raw = Buffer.from(mail).toString('latin1');
  const boundaries = new Set([...raw.matchAll(BOUNDARY)].map(([, quoted, plain]) => quoted ?? plain ?? ''));
  const isBoundary = (line: string): boolean => line.startsWith('--') && [line.slice(2).trimEnd(), line.slice(2).trimEnd().replace(/--$/, '')].some((name) => boundaries.has(name));
  const parts: string[][] = [[]];
  for (const line of raw.split('\n')) {
    if (isBoundary(line)) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return Buffer.from(parts.map((lines) => partInUtf8(lines.join('\n'))).join('\n'), 'latin1');
}

/** One part, with the boundary in front of it; one character an octet, before and after. */
function partInUtf8(part: string): string {
  const inUtf8 = (octets: string): string => Buffer.from(textOf(Buffer.from(octets, 'latin1'))).toString('latin1');
  const blank = /\r?\n\r?\n/.exec(part);
  const start = blank ? blank.index + blank[0].length : part.length;
  const [head, body] = [part.slice(0, start), part.slice(start)];
  const type = TYPE.exec(head)?.[1] ?? 'text/plain';
  const charset = /\bcharset[ \t]*=[ \t]*"?([^\s";]+)/i.exec(type)?.[1];
  const isKnown = charset !== undefined && !/^utf-?8$/i.test(charset);
  const isText = /^text\//i.test(type) && !/^content-disposition:[ \t]*attachment/im.test(head);
  return `${inUtf8(head)}${isText && !isKnown ? inUtf8(body) : body}`;
}
