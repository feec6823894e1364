import type { Finding, Place } from '../domain/finding.ts';
import { codePoint, FORBIDDEN } from './legible.ts';

export type SourceText = { readonly ok: true; readonly text: string } | { readonly ok: false; readonly findings: readonly Finding[] };

/** Bytes: enough for any file that people write, and the most that is read of one; a report may be larger (see report.ts). */
export const FILE_LIMIT = 1_000_000;

const BYTE_ORDER_MARK = '\ufeff';

/** More than these of one kind tell nothing new. */
const MOST = 10;

/** Line and column, both from 1, of an offset in a text; columns count UTF-16 units, as editors do. */
export function placeAt(text: string, offset: number, firstLine = 1): Place {
  let line = firstLine;
  let start = 0;
  for (let end = text.indexOf('\n'); end !== -1 && end < offset; end = text.indexOf('\n', start)) {
    line += 1;
    start = end + 1;
  }
  return { line, column: Math.max(1, offset - start + 1) };
}

/**
 * The text of a file that must be UTF-8 with LF line ends and without a byte order mark or control characters.
 * A reader that guesses here shows one text and signs another, so whatever is off is a finding: text-encoding, line-ends, or
 * yaml-safety for the size.
 */
export function readText(file: string, source: string | Uint8Array, options: { readonly limit?: number; readonly firstLine?: number } = {}): SourceText {
  const limit = options.limit ?? FILE_LIMIT;
  const firstLine = options.firstLine ?? 1;
  if (source.length > limit) {
    return {
      ok: false,
      findings: [{ rule: 'yaml-safety', severity: 'error', file, line: 1, column: 1, message: `the file is larger than ${limit.toLocaleString('en')} bytes (${source.length.toLocaleString('en')})`, fix: 'keep the text short and attach large material to the mail instead' }],
    };
  }
  const decoded = typeof source === 'string' ? { ok: true as const, text: source } : decodeUtf8(file, source);
  if (!decoded.ok) return decoded;
  const findings = [...wrongLineEnds(file, decoded.text, firstLine), ...forbiddenCharacters(file, decoded.text, firstLine)];
  return findings.length > 0 ? { ok: false, findings } : decoded;
}

/** Two versions of some lines, as Git leaves them for a person to choose from. */
const UNSETTLED = /^<{7} .*\n(?:(?![<>]{7} |={7}\n).*\n)*={7}\n(?:(?![<>]{7} ).*\n)*>{7} /m;

/** Where a merge left two versions of some lines: read on, it would be a mistake of YAML, or both would be taken. */
export function unsettledMerge(file: string, text: string): Finding[] {
  const match = UNSETTLED.exec(text);
  return match === null ? [] : [{ rule: 'conflict-marker', severity: 'error', file, ...placeAt(text, match.index), message: 'has the mark of an unfinished merge' }];
}

const encoding = (file: string, place: Place, message: string, fix: string): Finding => ({ rule: 'text-encoding', severity: 'error', file, ...place, message, fix });

/** The text of bytes that must be UTF-8, whatever else stands in it; where they are not, the finding says what they look like. */
export function decodeUtf8(file: string, bytes: Uint8Array): SourceText {
  try {
    return { ok: true, text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
  const offset = firstInvalidByte(bytes);
  const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes.subarray(0, offset));
  const likely = likelyEncoding(bytes);
  const byte = (bytes[offset] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    ok: false,
    findings: [encoding(file, placeAt(before, before.length), `byte 0x${byte} is not UTF-8; the file looks like ${likely}`, `convert it: iconv -f ${likely} -t UTF-8`)],
  };
}

/** Offset of the byte at which decoding as UTF-8 first fails: the longest prefix that decodes, found by halving. */
function firstInvalidByte(bytes: Uint8Array): number {
  const decodes = (end: number): string | undefined => {
    try {
      return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, end), { stream: true });
    } catch (cause) {
      if (cause instanceof TypeError) return undefined;
      throw cause;
    }
  };
  let good = 0;
  let bad = bytes.length + 1;
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (decodes(middle) === undefined) bad = middle;
    else good = middle;
  }
  // A streaming decoder holds back an unfinished character: what it did hand out ends where the wrong one starts.
  return new TextEncoder().encode(decodes(good) ?? '').length;
}

/** Old Japanese mail and forms come in these; kana tell them from Latin-1, in which every byte is a letter. */
function likelyEncoding(bytes: Uint8Array): string {
  // Its byte order mark, which no other encoding begins with.
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) return 'UTF-16';
  for (const name of ['EUC-JP', 'Shift_JIS']) {
    const text = new TextDecoder(name.toLowerCase()).decode(bytes);
    if (!text.includes('\ufffd') && /[\u3041-\u3096\u30a1-\u30fa]{2}/u.test(text)) return name;
  }
  return 'ISO-8859-1';
}

function* wrongLineEnds(file: string, text: string, firstLine: number): Generator<Finding> {
  const lineEnds = { rule: 'line-ends', severity: 'error', file } as const;
  if (text.startsWith(BYTE_ORDER_MARK)) {
    yield { ...lineEnds, line: firstLine, column: 1, message: 'the file starts with a byte order mark', fix: 'save it as UTF-8 without BOM' };
  }
  const windows = text.indexOf('\r\n');
  if (windows !== -1) {
    yield { ...lineEnds, ...placeAt(text, windows, firstLine), message: 'the line ends in CR LF; files here have LF alone', fix: "save it with LF line ends, or: sed -i 's/\\r$//' FILE" };
  }
  const alone = /\r(?!\n)/.exec(text);
  // One that stands alone takes a terminal back to the start of the line: what follows hides what was before it.
  if (alone) yield encoding(file, placeAt(text, alone.index, firstLine), 'a carriage return stands in the line', 'remove it');
}

/** The bytes with LF line ends and without a byte order mark; undefined where that leaves something that readText refuses. */
export function plainLineEnds(file: string, bytes: Uint8Array): Uint8Array | undefined {
  const decoded = decodeUtf8(file, bytes);
  if (!decoded.ok) return undefined;
  const text = decoded.text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  return readText(file, text).ok ? new TextEncoder().encode(text) : undefined;
}

function* forbiddenCharacters(file: string, text: string, firstLine: number): Generator<Finding> {
  if (!FORBIDDEN.test(text)) return;
  let count = 0;
  for (const match of text.matchAll(new RegExp(FORBIDDEN, 'gu'))) {
    if (match[0] === '\r') continue;
    count += 1;
    if (count > MOST) return;
    const japanese = match[0] === '\x1b' && /^\x1b(?:\$[@B]|\([BJI])/.test(text.slice(match.index, match.index + 3));
    yield encoding(
      file,
      placeAt(text, match.index, firstLine),
      `the character ${codePoint(match[0])} can rewrite a terminal or turn the direction of the text`,
      japanese ? 'the file looks like ISO-2022-JP: iconv -f ISO-2022-JP -t UTF-8' : 'remove it',
    );
  }
}
