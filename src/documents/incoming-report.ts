import { VccError, refusal } from '../domain/problem.ts';
import type { Product, ReceivedEntry, Report, Reporter } from '../generated/documents.ts';
import type { SignatureCheck } from '../domain/signature.ts';
import { fieldProblem } from './check-shape.ts';
import { foreignFormat, type ForeignDocument } from './foreign-document.ts';
import { legibleLine } from './legible.ts';
import { parseMail, withoutMboxLine, type MailKeys } from './opened-mail.ts';
import { readReport } from './report.ts';
import type { ProsePart } from './report-form.ts';
import { readReportMail } from './report-mail.ts';

/** A report as it came in: its bytes, and as much of the report as they say. */
export interface Incoming {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly channel: ReceivedEntry['channel'];
  readonly report: Partial<Report>;
  /** The product as far as a mail names it. */
  readonly product?: Partial<Product>;
  /** The subject of a mail that names no title: it becomes the title. */
  readonly fromSubject?: string;
  /** The body of a mail. */
  readonly text?: string;
  /** Who signed it, as far as that is known. */
  readonly signatures?: readonly SignatureCheck[];
  /** What was encrypted in it, in clear. */
  readonly decrypted?: Uint8Array;
  /** It is kept sealed as it is; nobody could read it. */
  readonly unread?: boolean;
  /** The part of a mail that ran on to its end. */
  readonly openEnd?: ProsePart;
  /** A document in a format of others, where it is one. */
  readonly document?: ForeignDocument;
  /** Whether the mail forwards another one. */
  readonly forwarded?: boolean;
}

const MAIL_HEADER = /^(?:from|to|subject|date|received|return-path|message-id|mime-version|delivered-to|x-[a-z-]+|dkim-signature|content-type|content-transfer-encoding):/i;

/** What mail programs put in front of the subject of a mail that they forward. */
const FORWARDS = /^\s*(?:fwd?|転送)\s*[:：]/i;

/** These, and those of answers: no part of a title. */
const PREFIXES = /^(?:\s*(?:fwd?|re|aw|wg|転送|返信)\s*(?:\[\d{1,3}\])?\s*[:：])+/i;

/** The first line decides, not the name of the file: mail clients save under any name. */
export function beginsLikeMail(bytes: Uint8Array): boolean {
  const firstLine = new TextDecoder('latin1').decode(bytes.subarray(0, 2000)).split(/\r?\n/, 1)[0] ?? '';
  return MAIL_HEADER.test(firstLine) || firstLine.startsWith('From ');
}

/** Reads a report in YAML or JSON, or a mail; refuses with the findings when it is neither. Unread: a mail that nobody can open is taken as it is. */
export async function readIncoming(input: { readonly name: string; readonly bytes: Uint8Array }, keys: MailKeys, unread = false): Promise<Incoming> {
  const { name, bytes } = input;
  if (bytes.length === 0) throw refusal('empty-report', `${name}: the file is empty`, 'Name the file that holds the report.');
  if (unread) {
    const reporter = await senderInClear(name, bytes);
    return { name, bytes, channel: 'mail', report: reporter === undefined ? {} : { reporter }, unread };
  }
  if (name.endsWith('.eml') || beginsLikeMail(bytes)) return readMail(name, bytes, keys);
  const foreign = foreignFormat(name, bytes);
  if (foreign !== undefined) throw refusal('foreign-document', `${legibleLine(name)} is no report of vcc but a document in the format ${foreign}`, `vcc intake --from ${foreign} FILE`);
  const read = readReport(name, bytes);
  if (!read.ok) throw new VccError({ code: 'report-invalid', message: `${name}: not a report that vcc can read`, hint: 'Mend the places above; an example: vcc intake --help; the whole format, in a case repository: .vcc/schemas/report.schema.json', findings: read.findings });
  return { name, bytes, channel: 'form', report: read.report };
}

/** The sender by the header, which is not encrypted; none where it forwards the mail of another, or cannot be read at all. */
async function senderInClear(name: string, bytes: Uint8Array): Promise<Reporter | undefined> {
  try {
    const { from, subject = '' } = await parseMail(legibleLine(name), withoutMboxLine(name, bytes));
    const email = from?.address;
    if (email === undefined || FORWARDS.test(subject) || fieldProblem('report', ['reporter', 'email'], email, '') !== undefined) return undefined;
    const sender = legibleLine(from?.name.trim() ?? '').slice(0, 500);
    return { ...(sender === '' ? {} : { name: sender }), email };
  } catch (problem) {
    // What nobody can read is kept as well.
    if (!(problem instanceof VccError)) throw problem;
    return undefined;
  }
}

async function readMail(name: string, bytes: Uint8Array, keys: MailKeys): Promise<Incoming> {
  const mail = await readReportMail(name, bytes, keys);
  const { title, ...fields } = mail.fields;
  const subject = mail.subject.replace(PREFIXES, '').trim();
  const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/u.test(subject);
  const fromSubject = subject === '' ? undefined : japanese ? { ja: subject } : { en: subject };
  const reporter = { ...mail.from, ...fields.reporter };
  const heading = title ?? fromSubject;
  return {
    name,
    bytes,
    channel: 'mail',
    text: mail.text,
    signatures: mail.signatures,
    ...(mail.decrypted === undefined ? {} : { decrypted: mail.decrypted }),
    ...(title === undefined && subject !== '' ? { fromSubject: subject } : {}),
    ...(mail.forwarded === true ? { forwarded: true } : {}),
    product: mail.product,
    ...(mail.openEnd === undefined ? {} : { openEnd: mail.openEnd }),
    report: {
      ...fields,
      ...(heading === undefined ? {} : { title: heading }),
      language: fields.language ?? (japanese || /[\u3040-\u30ff]/u.test(mail.text) ? 'ja' : 'en'),
      ...(Object.keys(reporter).length === 0 ? {} : { reporter }),
    },
  };
}
