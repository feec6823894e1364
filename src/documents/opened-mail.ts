import type { Email } from 'postal-mime';
import { openpgpBlocks, type OpenpgpBlock } from '../domain/openpgp-block.ts';
import { refusal, VccError } from '../domain/problem.ts';
import type { OpenedMessage, SignatureCheck } from '../domain/signature.ts';
import { legibleLine } from './legible.ts';
import { htmlText } from './html-text.ts';
import { textOf, withKnownEncoding, withWesternMarks } from './mail-encoding.ts';

/** What opens and checks OpenPGP; the private key is asked for only when something is encrypted. */
export interface MailKeys {
  open(message: string | Uint8Array): Promise<OpenedMessage>;
  verify(content: Uint8Array, armoredSignature: string): Promise<readonly SignatureCheck[]>;
  verifyClear(armored: string): Promise<OpenedMessage>;
}

export interface MailPart {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Uint8Array;
}

/** A mail as it is read once what was encrypted in it is open. */
export interface OpenedMail {
  readonly mail: Email;
  readonly subject: string;
  readonly body: string;
  readonly attachments: readonly MailPart[];
  readonly signatures: readonly SignatureCheck[];
  /** What was encrypted, in clear: to be sealed beside the mail, for it may open with one coordinator's key only. */
  readonly decrypted?: Uint8Array;
  /** Whether something in clear stands beside what was encrypted: a stranger may have put somebody else's words into a mail of their own, to have them opened and sent back. */
  readonly mixed?: boolean;
}

/** Each may ask a smart card. */
const MOST_MESSAGES = 100;
/** Of all that is encrypted in one mail, in clear. */
const MOST_BYTES = 64 * 1024 * 1024;
const MESSAGE = '-----BEGIN PGP MESSAGE-----';
const CLEAR_SIGNED = '-----BEGIN PGP SIGNED MESSAGE-----';
const SIGNATURE_END = '-----END PGP SIGNATURE-----';

/** Reads a mail, PGP/MIME (RFC 3156) or with OpenPGP in its text. Refuses what is no mail, one that is too deep, S/MIME, and what cannot be decrypted. */
export async function openMail(name: string, bytes: Uint8Array, given: MailKeys): Promise<OpenedMail> {
  const shown = legibleLine(name);
  const keys = saying(shown, given);
  const mail = await parseMail(shown, withoutMboxLine(shown, bytes));
  if (mail.headers.length === 0) throw refusal('not-a-mail', `${shown}:1:1 is not a mail: it has no header`, 'Save the whole message with its headers as .eml, or write the report as YAML (an example: vcc intake --help).');
  refuseSmime(shown, mail);
  const type = contentType(mail);
  if (/^multipart\/encrypted\b/i.test(type)) return openPgpMime(shown, mail, keys);
  const signatures = /^multipart\/signed\b/i.test(type) && !/pkcs7/i.test(type) ? await checkSigned(bytes, type, keys) : [];
  return openInline(mail, signatures, keys);
}

/** The same keys; where they open nothing, it is said of which mail, and what can still be done. */
const saying = (shown: string, keys: MailKeys): MailKeys => ({
  ...keys,
  open: async (message) => {
    try {
      return await keys.open(message);
    } catch (problem) {
      if (!(problem instanceof VccError) || problem.code !== 'cannot-open') throw problem;
      throw new VccError({ code: 'mail-encrypted', message: `${shown}: ${problem.message}`, hint: `${problem.hint} To keep it meanwhile, sealed as it is: vcc intake MAIL --unread`, cause: problem });
    }
  },
});

const contentType = (mail: Email): string => mail.headers.find(({ key }) => key === 'content-type')?.value ?? '';

export async function parseMail(shown: string, bytes: Uint8Array): Promise<Email> {
  const { default: PostalMime } = await import('postal-mime');
  try {
    return await PostalMime.parse(withKnownEncoding(bytes), { maxNestingDepth: 30, maxRfc822NestingDepth: 2, forceRfc822Attachments: true });
  } catch (cause) {
    throw new VccError({ code: 'mail-unreadable', message: `${shown} cannot be read as a mail`, hint: 'Save the message anew from the mail client, or keep it sealed as it is: vcc intake MAIL --unread', cause });
  }
}

/** A mail client that saves one message in mbox form puts a line in front of it; several messages are several reports. */
export function withoutMboxLine(shown: string, bytes: Uint8Array): Uint8Array {
  const raw = Buffer.from(bytes);
  if (raw.toString('latin1', 0, 5) !== 'From ') return bytes;
  const text = raw.toString('latin1');
  const further = [...text.matchAll(/\r?\n\r?\nFrom \S+ [^\n]*\d{4}\r?\n(?=[A-Za-z][A-Za-z-]*:)/g)].length;
  if (further > 0) throw refusal('several-mails', `${shown} holds ${further + 1} mails`, 'Save each as a file of its own: each is a report, or an answer to one.');
  return raw.subarray(text.indexOf('\n') + 1);
}

function refuseSmime(shown: string, mail: Email): void {
  const types = [contentType(mail), ...mail.attachments.map(({ mimeType }) => mimeType)];
  if (!types.some((type) => /application\/(?:x-)?pkcs7-mime/i.test(type) && !/signed-data/i.test(type))) return;
  throw refusal('mail-encrypted', `${shown} is encrypted with S/MIME, which vcc does not read`, 'Open it in your mail client and save the decrypted message as .eml, or keep it sealed as it is: vcc intake MAIL --unread');
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : new Uint8Array(content));

export const bodyOf = (mail: Email): string => withWesternMarks(mail.text ?? htmlText(mail.html ?? ''));
export const partsOf = (mail: Email): MailPart[] => mail.attachments.map(({ filename, mimeType, content }) => ({ filename: filename ?? '', contentType: mimeType, content: bytesOf(content) }));

/** The second part is the message; some clients and gateways call it something else, so the armor decides. */
async function openPgpMime(shown: string, mail: Email, keys: MailKeys): Promise<OpenedMail> {
  const parts = partsOf(mail);
  const armored = [...parts.map(({ content }) => Buffer.from(content).toString('latin1')), bodyOf(mail)].find((text) => text.includes(MESSAGE));
  const binary = parts.find(({ contentType: type }) => !/application\/pgp-encrypted/i.test(type))?.content;
  const message = armored === undefined ? binary : armored.slice(armored.indexOf(MESSAGE));
  if (message === undefined) throw refusal('mail-encrypted', `${shown} says that it is encrypted, and holds no OpenPGP message`, 'Ask the sender for it again, or keep it sealed as it is: vcc intake MAIL --unread');
  const { content, signatures } = await keys.open(message);
  const inner = await parseMail(`what is encrypted in ${shown}`, content);
  const type = contentType(inner);
  // Signed first, then encrypted (RFC 3156, 6.1).
  const within = /^multipart\/signed\b/i.test(type) ? await checkSigned(content, type, keys) : [];
  return { mail, subject: inner.subject ?? mail.subject ?? '', body: bodyOf(inner), attachments: partsOf(inner), signatures: [...signatures, ...within], decrypted: content };
}

/** OpenPGP in the text, and attachments that were encrypted each by itself. What is signed is said to be a part where anything else stands beside it. */
async function openInline(mail: Email, outer: readonly SignatureCheck[], keys: MailKeys): Promise<OpenedMail> {
  const checks: SignatureCheck[] = [];
  const opened: Uint8Array[] = [];
  let body = bodyOf(mail);
  const blocks = openpgpBlocks(body).filter(({ kind, complete }) => complete && kind === 'MESSAGE');
  if (blocks.length + mail.attachments.length > MOST_MESSAGES) throw refusal('mail-unreadable', `the mail has ${blocks.length} encrypted parts and ${mail.attachments.length} attachments`, 'Nobody opens so many; keep it sealed as it is: vcc intake MAIL --unread');
  let beside = body;
  let unsigned = false;
  const open = async (message: string | Uint8Array): Promise<Uint8Array> => {
    const { content, signatures } = await keys.open(message);
    unsigned ||= signatures.length === 0;
    checks.push(...signatures);
    opened.push(content);
    if (opened.reduce((sum, { length }) => sum + length, 0) > MOST_BYTES) throw refusal('mail-unreadable', 'what is encrypted in the mail is larger than anybody reads', 'Keep it sealed as it is: vcc intake MAIL --unread');
    return content;
  };
  // From the end, so that the places of those before stay right.
  for (const block of blocks.toReversed()) {
    body = replaced(body, block, textOf(await open(body.slice(block.start, block.end))));
    beside = replaced(beside, block, '');
  }
  const start = body.indexOf(CLEAR_SIGNED);
  // Of several, or inside of something decrypted, only what the first one signs could be told apart: the rest counts as beside it.
  if (start !== -1 && blocks.length === 0) {
    const stop = body.indexOf(SIGNATURE_END, start);
    const end = stop === -1 ? body.length : stop + SIGNATURE_END.length;
    const clear = await keys.verifyClear(body.slice(start, end));
    checks.push(...clear.signatures);
    beside = replaced(body, { start, end }, '');
    body = replaced(body, { start, end }, textOf(clear.content));
  }
  const attachments: MailPart[] = [];
  for (const part of partsOf(mail)) {
    const text = Buffer.from(part.content).toString('latin1');
    const encrypted = text.startsWith(MESSAGE) ? text : /\.(?:pgp|gpg)$/i.test(part.filename) ? part.content : undefined;
    unsigned ||= encrypted === undefined;
    attachments.push(encrypted === undefined ? part : { filename: part.filename.replace(/\.(?:pgp|gpg|asc)$/i, ''), contentType: 'application/octet-stream', content: await open(encrypted) });
  }
  const partial = unsigned || beside.trim() !== '';
  const signatures = [...outer, ...checks.map((check): SignatureCheck => (partial ? { ...check, partial } : check))];
  return { mail, subject: mail.subject ?? '', body, attachments, signatures, ...(opened.length === 0 ? {} : { decrypted: together(opened), mixed: true }) };
}

const replaced = (text: string, { start, end }: Pick<OpenpgpBlock, 'start' | 'end'>, by: string): string => `${text.slice(0, start)}${by}${text.slice(end)}`;

/** One after the other, each with its length in front: they may be binary. */
const together = (parts: readonly Uint8Array[]): Uint8Array =>
  parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts.flatMap((part, index) => [Buffer.from(`part ${index + 1}, ${part.length} octets:\n`), part, Buffer.from('\n')]));

/** A parameter of a header (RFC 2045, 5.1), with what is quoted taken whole. */
const PARAMETER = /;\s*([^=;\s"]{1,60})\s*=\s*(?:"((?:[^"\\]|\\.){0,300})"|([^;\s"]{0,300}))/g;

/** Checks the signature of multipart/signed over its first part, octet by octet as it came, with canonical line ends (RFC 3156, 5). */
async function checkSigned(bytes: Uint8Array, type: string, keys: MailKeys): Promise<readonly SignatureCheck[]> {
  const boundaries = [...type.matchAll(PARAMETER)].flatMap(([, name, quoted, plain]) => (name?.toLowerCase() === 'boundary' ? [quoted ?? plain ?? ''] : []));
  const mark = `--${boundaries[0] ?? ''}`;
  const raw = Buffer.from(bytes).toString('latin1').replaceAll(/\r?\n/g, '\r\n');
  // A line that only begins like a boundary is none.
  const places: number[] = [];
  for (let from = raw.indexOf(`\r\n${mark}`); from !== -1 && places.length < 4; from = raw.indexOf(`\r\n${mark}`, from + 2)) {
    if (/^(?:--)?[ \t]*(?:\r\n|$)/.test(raw.slice(from + 2 + mark.length, from + 100 + mark.length))) places.push(from);
  }
  const [first, second, third] = places;
  if (mark === '--' || boundaries.length !== 1 || first === undefined || second === undefined) return [];
  // Two parts, the signature the second; a third would be read, and nobody signed it.
  const closed = third === undefined || raw.startsWith(`\r\n${mark}--`, third);
  const signed = raw.slice(raw.indexOf('\r\n', first + 2) + 2, second);
  const signature = raw.slice(second, third);
  const start = signature.indexOf('-----BEGIN PGP SIGNATURE-----');
  if (start === -1) return [];
  const checks = await keys.verify(Buffer.from(signed, 'latin1'), signature.slice(start).replaceAll('\r\n', '\n'));
  return closed ? checks : checks.map((check): SignatureCheck => ({ ...check, partial: true }));
}
