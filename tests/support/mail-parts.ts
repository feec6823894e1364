/** The text of a decrypted mail with its quoted-printable parts read, for tests that look for words in it. */
export const simpleParts = (entity: string): string =>
  entity.replace(/=\r?\n/g, '').replace(/(?:=[0-9A-F]{2})+/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'));
