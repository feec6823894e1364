import type { Instant } from '../domain/instant.ts';
import { openpgpBlocks, withoutOpenpgpBlocks } from '../domain/openpgp-block.ts';
import { refusal, VccError } from '../domain/problem.ts';
import { checkShape } from './check-shape.ts';
import { htmlText } from './html-text.ts';
import { legible, legibleLine, storable } from './legible.ts';
import { readForm, type ReadForm } from './report-form.ts';

/** Bytes; a mail may bring a screen recording, no more. */
export const MAIL_LIMIT = 10_000_000;

export interface ReportMail extends ReadForm {
  readonly from?: { readonly name?: string; readonly email: string };
  readonly subject: string;
  /** The body, without OpenPGP keys and signatures: those name the sender. */
  readonly text: string;
  readonly messageId?: string;
  readonly date?: Instant;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[];
}

const EMAIL = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,189}$/u;

/** Reads a mail with a report in it. Refuses what is no mail, and an encrypted one with what to do about it. */
export async function readReportMail(name: string, bytes: Uint8Array): Promise<ReportMail> {
  const shown = legibleLine(name);
  if (bytes.length > MAIL_LIMIT) {
    throw refusal('mail-too-large', `${shown}:1:1 the mail is larger than ${MAIL_LIMIT.toLocaleString('en')} bytes (${bytes.length.toLocaleString('en')})`, 'Take the attachments out, keep them in a safe place, and name them in the report.');
  }
  const mail = await parse(shown, bytes);
  if (mail.headers.length === 0) throw refusal('not-a-mail', `${shown}:1:1 is not a mail: it has no header`, 'Save the whole message with its headers as .eml, or write the report as YAML.');
  const body = mail.text ?? htmlText(mail.html ?? '');
  const types = [mail.headers.find((header) => header.key === 'content-type')?.value ?? '', ...mail.attachments.map((part) => part.mimeType)];
  if (types.some((type) => /multipart\/encrypted|application\/pgp-encrypted/i.test(type)) || body.includes('-----BEGIN PGP MESSAGE-----')) {
    throw refusal('mail-encrypted', `${shown} is encrypted with OpenPGP`, 'Decrypt it first: gpg --decrypt < MAIL > report.txt, put what it says into a report, and run vcc intake on that; delete the plain text afterwards.');
  }
  if (types.some((type) => /application\/(?:x-)?pkcs7-mime/i.test(type) && !/signed-data/i.test(type))) {
    throw refusal('mail-encrypted', `${shown} is encrypted with S/MIME`, 'Open it in your mail client and save the decrypted message as .eml.');
  }
  const text = withoutOpenpgpBlocks(body);
  const { fields, ...form } = readForm(text);
  const attachments = mail.attachments.map((part, index) => ({ filename: safeName(part.filename, index), contentType: part.mimeType, content: bytesOf(part.content) }));
  const key = publicKeyIn([body, ...attachments.filter(({ content }) => content.length < 200_000).map(({ content }) => new TextDecoder('latin1').decode(content))]);
  const sender = mail.from?.address === undefined ? undefined : { name: legibleLine(mail.from.name.trim()).slice(0, 500), email: mail.from.address };
  const date = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  const reporter = { ...(key === undefined ? {} : { key: storable(key) }) };
  return {
    ...(sender && EMAIL.test(sender.email) ? { from: { ...(sender.name === '' ? {} : { name: sender.name }), email: sender.email } } : {}),
    subject: legibleLine(mail.subject ?? ''),
    text: legible(text),
    ...(mail.messageId === undefined ? {} : { messageId: legibleLine(mail.messageId) }),
    ...(Number.isNaN(date) ? {} : { date }),
    fields: { ...fields, ...(key === undefined || checkShape('reporter', reporter, () => ({ line: 1, column: 1 }), name).length > 0 ? {} : { reporter }) },
    ...form,
    attachments,
  };
}

/** The first whole public key in one of the texts. */
function publicKeyIn(texts: readonly string[]): string | undefined {
  for (const text of texts) {
    const block = openpgpBlocks(text).find(({ kind, complete }) => complete && kind === 'PUBLIC KEY BLOCK');
    if (block) return text.slice(block.start, block.end);
  }
  return undefined;
}

async function parse(shown: string, bytes: Uint8Array) {
  const { default: PostalMime } = await import('postal-mime');
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 30, maxRfc822NestingDepth: 2 });
  } catch (cause) {
    throw new VccError({ code: 'mail-unreadable', message: `${shown} cannot be read as a mail`, hint: 'Save the message anew from the mail client, or write the report as YAML.', cause });
  }
}

const bytesOf = (content: ArrayBuffer | Uint8Array | string): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content instanceof Uint8Array ? content : new Uint8Array(content);

/** A name that stays where it is put: no folders, no leading dot or hyphen, nothing invisible. */
function safeName(filename: string | null, index: number): string {
  const name = legibleLine(filename ?? '').replaceAll(/[/\\:]/g, '_').replace(/^[.\s-]+/, '').slice(0, 120).trim();
  return name === '' ? `attachment-${index + 1}` : name;
}
