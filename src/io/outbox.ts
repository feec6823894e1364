import { mimeNode, type MimeNode } from './nodemailer.ts';
import { mailDate } from './clock.ts';
import type { Instant } from '../domain/instant.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { Configuration } from '../generated/documents.ts';
import type { Signer } from './signer.ts';

export interface Posting {
  readonly message: OutgoingMessage;
  /** The recipient's usable key; undefined only where a coordinator decided that the message goes in clear. */
  readonly recipientKey: string | undefined;
  readonly organisation: Configuration['organisation'];
  readonly at: Instant;
  /** Makes the part boundaries: hexadecimal digits. */
  readonly seed: string;
}

const CONTROL = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;

/** The message as a mail client can send it: PGP/MIME (RFC 3156), CRLF, 7 bit. Signed always, encrypted unless it was decided otherwise. */
export async function composeMail(posting: Posting, signer: Signer): Promise<Uint8Array> {
  const { message, at } = posting;
  requirePlainHeaders(message);
  const Node = await mimeNode();
  const make = (type: string): MimeNode => new Node(type, { newline: 'win', baseBoundary: posting.seed, disableFileAccess: true, disableUrlAccess: true });
  // A child builds without the headers of a message: what is signed is the entity alone.
  const entity = asCrlf(await content(make('multipart/mixed'), message).build());

  if (posting.recipientKey === undefined) {
    const { armored, micalg } = await signer.sign(entity, at);
    const mail = headers(make(`multipart/signed; protocol="application/pgp-signature"; micalg=${micalg}`), posting);
    // Raw: one changed byte would break the signature.
    mail.createChild().setRaw(Buffer.from(entity));
    sevenBit(mail, 'application/pgp-signature; name="signature.asc"', armored);
    return mail.build();
  }
  const encrypted = await signer.signAndEncrypt(entity, posting.recipientKey, at);
  const mail = headers(make('multipart/encrypted; protocol="application/pgp-encrypted"'), posting);
  sevenBit(mail, 'application/pgp-encrypted', 'Version: 1\n');
  sevenBit(mail, 'application/octet-stream; name="encrypted.asc"', encrypted).setHeader('Content-Disposition', 'inline; filename="encrypted.asc"');
  return mail.build();
}

/** The addresses and ids go into headers: a line end in one of them would start a header of the stranger's choice. */
function requirePlainHeaders(message: OutgoingMessage): void {
  const fields = [message.subject, message.to.email, message.to.name ?? '', message.messageId, ...message.references];
  const bad = fields.find((field) => CONTROL.test(field));
  if (bad !== undefined) throw refusal('mail-header', `a control character in a mail header: ${JSON.stringify(bad)}`, 'Correct the name or address where it is recorded.');
  if (/[\s<>,;"]/.test(message.to.email)) throw refusal('mail-header', `not one mail address: ${JSON.stringify(message.to.email)}`, 'Correct the address where it is recorded.');
}

function content(root: MimeNode, message: OutgoingMessage): MimeNode {
  const text = (parent: MimeNode): MimeNode => parent.createChild('text/plain; charset=utf-8').setHeader('Content-Language', message.language).setContent(Buffer.from(asText(message.body)));
  if (message.attachments.length === 0) return text(root);
  const mixed = root.createChild('multipart/mixed');
  text(mixed);
  for (const attachment of message.attachments) {
    mixed
      .createChild(attachment.contentType, { filename: attachment.filename })
      .setHeader('Content-Disposition', 'attachment')
      // Base64 keeps the bytes whatever a relay thinks of their line ends.
      .setHeader('Content-Transfer-Encoding', 'base64')
      .setContent(Buffer.from(attachment.content));
  }
  return mixed;
}

const asText = (body: string): string => (body.endsWith('\n') ? body : `${body}\n`).replace(/\r\n?|\n/g, '\r\n');

const asCrlf = (entity: Buffer): Uint8Array => Buffer.from(entity.toString('latin1').replace(/\r\n?|\n/g, '\r\n'), 'latin1');

function headers(node: MimeNode, { message, organisation, at }: Posting): MimeNode {
  const name = organisation.name[message.language] ?? organisation.name.en ?? organisation.name.ja ?? '';
  node.setHeader('From', { name, address: organisation.email });
  node.setHeader('To', { name: message.to.name ?? '', address: message.to.email });
  node.setHeader('Subject', message.subject);
  node.setHeader('Date', mailDate(at));
  node.setHeader('Message-ID', angled(message.messageId));
  const parent = message.references.at(-1);
  if (parent !== undefined) {
    node.setHeader('In-Reply-To', angled(parent));
    node.setHeader('References', message.references.map(angled).join(' '));
  }
  return node.setHeader('Content-Language', message.language);
}

const angled = (id: string): string => (id.startsWith('<') ? id : `<${id}>`);

function sevenBit(parent: MimeNode, type: string, armored: string): MimeNode {
  return parent.createChild(type).setHeader('Content-Transfer-Encoding', '7bit').setContent(armored.replace(/\r\n?|\n/g, '\r\n'));
}

/** What the file in the outbox is called by: the party, a vendor or partner by its short name; never an address. */
export const partyLabel = (party: OutgoingMessage['party']): string => party.slice(party.indexOf(':') + 1);
