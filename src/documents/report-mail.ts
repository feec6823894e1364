import type { Instant } from '../domain/instant.ts';
import { openpgpBlocks, withoutOpenpgpBlocks } from '../domain/openpgp-block.ts';
import { refusal } from '../domain/problem.ts';
import type { SignatureCheck } from '../domain/signature.ts';
import { checkShape } from './check-shape.ts';
import { legible, legibleLine, storable } from './legible.ts';
import { openMail, type MailKeys, type MailPart, type OpenedMail } from './opened-mail.ts';
import { readForm, type ReadForm } from './report-form.ts';

/** Bytes; a mail may bring a screen recording, no more. */
export const MAIL_LIMIT = 64 * 1024 * 1024;

export interface ReportMail extends ReadForm {
  readonly from?: { readonly name?: string; readonly email: string };
  readonly subject: string;
  /** The body, without OpenPGP keys and signatures: those name the sender. */
  readonly text: string;
  readonly messageId?: string;
  readonly date?: Instant;
  readonly attachments: readonly MailPart[];
  readonly signatures: readonly SignatureCheck[];
  /** Whether it forwards another mail: whose report it is, neither sender says for sure. */
  readonly forwarded?: boolean;
  /** What was encrypted in it, in clear. */
  readonly decrypted?: Uint8Array;
}

const EMAIL = /^[^\s@<>"\p{Cc}]{1,64}@[^\s@<>"\p{Cc}]{1,189}$/u;

/** Reads a mail with a report in it, and what is encrypted in it. Refuses what is no mail, and what cannot be opened, with what to do about it. */
export async function readReportMail(name: string, bytes: Uint8Array, keys: MailKeys): Promise<ReportMail> {
  const shown = legibleLine(name);
  if (bytes.length > MAIL_LIMIT) {
    throw refusal('mail-too-large', `${shown}:1:1 the mail is larger than ${MAIL_LIMIT.toLocaleString('en')} bytes (${bytes.length.toLocaleString('en')})`, 'Take the attachments out of it first: seal them as files of their own.');
  }
  const outer = await openMail(name, bytes, keys);
  const inner = await forwardedIn(shown, outer, keys);
  const { mail } = outer;
  const { subject, body, attachments: parts, signatures, decrypted, mixed } = inner ?? outer;
  const forwarded = inner !== undefined || FORWARDED.test(body);
  const text = withoutOpenpgpBlocks(body);
  const { fields, ...form } = readForm(text);
  const attachments = parts.map((part, index) => ({ ...part, filename: safeName(part.filename, index) }));
  // Where only a part was encrypted, whoever sent it may have it from elsewhere: a key from beside it would get the answer.
  const key = publicKeyIn(mixed === true && decrypted !== undefined ? [new TextDecoder('latin1').decode(decrypted)] : [body, ...attachments.filter(({ content }) => content.length < 200_000).map(({ content }) => new TextDecoder('latin1').decode(content))]);
  const sender = mail.from?.address === undefined ? undefined : { name: legibleLine(mail.from.name.trim()).slice(0, 500), email: mail.from.address };
  const date = mail.date === undefined ? Number.NaN : Date.parse(mail.date);
  const reporter = { ...(key === undefined ? {} : { key: storable(key) }) };
  return {
    ...(forwarded ? { forwarded } : {}),
    ...(sender && !forwarded && EMAIL.test(sender.email) ? { from: { ...(sender.name === '' ? {} : { name: sender.name }), email: sender.email } } : {}),
    subject: legibleLine(forwarded && decrypted !== undefined ? (mail.subject ?? '') : subject),
    text: legible(text),
    ...(mail.messageId === undefined ? {} : { messageId: legibleLine(mail.messageId) }),
    ...(Number.isNaN(date) ? {} : { date }),
    fields: { ...fields, ...(key === undefined || checkShape('reporter', reporter, () => ({ line: 1, column: 1 }), name).length > 0 ? {} : { reporter }) },
    ...form,
    attachments,
    signatures,
    ...(decrypted === undefined ? {} : { decrypted }),
  };
}

/** The line that mail clients put in front of what they forward in the text. */
const FORWARDED = /^(?:[-_]{3,} ?Forwarded message|Begin forwarded message:|[-_]{3,} ?転送メッセージ|[-_]{3,} ?Weitergeleitete Nachricht)/im;

/** The mail that another one forwards as an attachment, read together with it; undefined where there is none, or more than one. */
async function forwardedIn(shown: string, outer: OpenedMail, keys: MailKeys): Promise<OpenedMail | undefined> {
  const [forwarded, second] = outer.attachments.filter(({ contentType }) => /^message\/rfc822\b/i.test(contentType));
  if (forwarded === undefined || second !== undefined) return undefined;
  const inner = await openMail(`what ${shown} forwards`, forwarded.content, keys);
  const decrypted = outer.decrypted ?? inner.decrypted;
  return {
    ...inner,
    body: `${outer.body}\n\n${inner.body}`,
    attachments: [...outer.attachments.filter((part) => part !== forwarded), ...inner.attachments],
    signatures: [...outer.signatures, ...inner.signatures],
    // Whoever forwards may have somebody else's words opened: neither their key nor their subject counts for these.
    ...(decrypted === undefined ? {} : { decrypted, mixed: true }),
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

/** A name that stays where it is put: no folders, no leading dot or hyphen, nothing invisible. */
function safeName(filename: string, index: number): string {
  const name = legibleLine(filename).replaceAll(/[/\\:]/g, '_').replace(/^[.\s-]+/, '').slice(0, 120).trim();
  return name === '' ? `attachment-${index + 1}` : name;
}
