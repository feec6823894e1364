/** An OpenPGP block in a text: a key, a signature, a message. */
export interface OpenpgpBlock {
  /** 'PUBLIC KEY BLOCK', 'SIGNATURE', 'MESSAGE', ... */
  readonly kind: string;
  readonly start: number;
  /** Behind its end mark; the end of the text where it has none. */
  readonly end: number;
  readonly complete: boolean;
}

// Dashes as people and mail programs make them of hyphens. Every repetition has a bound: a stranger wrote the text.
const BEGIN = /[-\u2010-\u2015\u2212]{2,5} ?BEGIN PGP ([A-Z][A-Z0-9 ,/]{1,38}[A-Z0-9])[-\u2010-\u2015\u2212]{2,5}/giu;
const END = /[-\u2010-\u2015\u2212]{2,5} ?END PGP [A-Z0-9 ,/]{2,40}[-\u2010-\u2015\u2212]{2,5}/giu;
/** Around readable text that is signed; the signature follows as a block of its own. */
const SIGNED = 'SIGNED MESSAGE';

/** Every OpenPGP block, in order. One without an end mark goes on to the end of the text: a cut key names its owner as well. */
export function openpgpBlocks(text: string): OpenpgpBlock[] {
  const blocks: OpenpgpBlock[] = [];
  const begin = new RegExp(BEGIN);
  const end = new RegExp(END);
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const kind = (found[1] ?? '').toUpperCase();
    if (kind === SIGNED) {
      blocks.push({ kind, start: found.index, end: begin.lastIndex, complete: true });
      continue;
    }
    end.lastIndex = begin.lastIndex;
    const close = end.exec(text);
    const behind = close === null ? text.length : end.lastIndex;
    blocks.push({ kind, start: found.index, end: behind, complete: close !== null });
    begin.lastIndex = behind;
  }
  return blocks;
}

/** The text without its OpenPGP blocks; text that was signed stays, without the marks around it. */
export function withoutOpenpgpBlocks(text: string): string {
  let at = 0;
  let rest = '';
  for (const { kind, start, end } of openpgpBlocks(text)) {
    rest += text.slice(at, start);
    // 'Hash: SHA256' belongs to the mark of a signed text.
    at = end + (kind === SIGNED ? (/^(?:\r?\n(?:Hash|Charset): [^\r\n]{0,200}){0,5}/.exec(text.slice(end, end + 1200))?.[0].length ?? 0) : 0);
  }
  return rest + text.slice(at);
}
