import type { Instant } from '../domain/instant.ts';
import { refusal, VccError } from '../domain/problem.ts';
import type { Product, Report } from '../generated/documents.ts';
import { checkShape } from './check-shape.ts';
import { htmlText } from './html-text.ts';
import { legible, legibleLine, storable } from './legible.ts';
import { readForm } from './report-form.ts';

/** Bytes; a mail may bring a screen recording, no more. */
export const MAIL_LIMIT = 10_000_000;

export interface ReportMail {
  readonly from?: { readonly name?: string; readonly email: string };
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  readonly date?: Instant;
  /** What the body says by the labels of a report form; only what fits schemas/report.schema.json. */
  readonly fields: Partial<Report>;
  /** The product as far as the form names it, for what fields.products lacks. */
  readonly product: Partial<Product>;
  readonly attachments: readonly { readonly filename: string; readonly contentType: string; readonly content: Uint8Array }[];
}

const EMAIL = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,189}$/u;
const PUBLIC_KEY = /-----BEGIN PGP PUBLIC KEY BLOCK-----\r?\n[\s\S]*?-----END PGP PUBLIC KEY BLOCK-----/;

/** Reads a mail with a report in it. Refuses what is no mail, and an encrypted one with what to do about it. */
export async function readReportMail(name: string, bytes: Uint8Array): Promise<ReportMail> {
  const shown = legibleLine(name);
  if (bytes.length > MAIL_LIMIT) {
    throw refusal('mail-too-large', `${shown}:1:1 the mail is larger than ${MAIL_LIMIT.toLocaleString('en')} bytes (${bytes.length.toLocaleString('en')})`, 'Take the attachments out, keep them in a safe place, and name them in the report.');
  }
  const mail = await parse(shown, bytes);
  if (mail.headers.length === 0) throw refusal('not-a-mail', `${shown}:1:1 is not a mail: it has no header`, 'Save the whole message with its headers as .eml, or write the report as YAML.');
  const text = mail.text ?? htmlText(mail.html ?? '');
  const types = [mail.headers.find((header) => header.key === 'content-type')?.value ?? '', ...mail.attachments.map((part) => part.mimeType)];
  if (types.some((type) => /multipart\/encrypted|application\/pgp-encrypted/i.test(type)) || text.includes('-----BEGIN PGP MESSAGE-----')) {
    throw refusal('mail-encrypted', `${shown} is encrypted with OpenPGP`, 'Decrypt it first: gpg --decrypt < MAIL > report.txt, put what it says into a report, and run vcc intake on that; delete the plain text afterwards.');
  }
  if (types.some((type) => /application\/(?:x-)?pkcs7-mime/i.test(type) && !/signed-data/i.test(type))) {
    throw refusal('mail-encrypted', `${shown} is encrypted with S/MIME`, 'Open it in your mail client and save the decrypted message as .eml.');
  }
  const { fields, product } = readForm(text);
  const attachments = mail.attachments.map((part, index) => ({ filename: safeName(part.filename, index), contentType: part.mimeType, content: bytesOf(part.content) }));
  const key = PUBLIC_KEY.exec([text, ...attachments.filter(({ content }) => content.length < 200_000).map(({ content }) => new TextDecoder('latin1').decode(content))].join('\n'))?.[0];
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
    product,
    attachments,
  };
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
