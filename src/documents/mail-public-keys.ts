import { openpgpBlocks } from '../domain/openpgp-block.ts';
import type { OpenedMail } from './opened-mail.ts';

/** Where in a mail a key was found, and its octets as they are. */
export interface MailedKey {
  readonly where: string;
  readonly bytes: Uint8Array;
}

/** More than anybody sends of their own. */
const MOST = 20;

/** The public keys that a mail brings: attached (RFC 3156, 7), in its text, or in the Autocrypt header (Autocrypt Level 1). */
export function publicKeysIn({ mail, body, attachments }: OpenedMail): MailedKey[] {
  const texts = [{ where: 'in the text', text: body }, ...attachments.map(({ filename, content }) => ({ where: `attached as ${filename === '' ? 'a file without a name' : filename}`, text: Buffer.from(content).toString('latin1') }))];
  const armored = texts.flatMap(({ where, text }) =>
    openpgpBlocks(text)
      .filter(({ kind, complete }) => complete && kind === 'PUBLIC KEY BLOCK')
      .map(({ start, end }) => ({ where, bytes: Buffer.from(text.slice(start, end)) })),
  );
  const binary = attachments.filter(({ contentType, content }) => /^application\/pgp-keys\b/i.test(contentType) && (content[0] ?? 0) >= 0x80).map(({ filename, content }) => ({ where: `attached as ${filename}`, bytes: content }));
  const autocrypt = mail.headers.filter(({ key }) => key === 'autocrypt').flatMap(({ value }) => {
    const data = /(?:^|;)\s*keydata\s*=\s*([A-Za-z0-9+/=\s]+)$/.exec(value)?.[1];
    return data === undefined ? [] : [{ where: 'in the Autocrypt header', bytes: Buffer.from(data, 'base64') }];
  });
  return [...armored, ...binary, ...autocrypt].slice(0, MOST);
}
