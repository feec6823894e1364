import { createMessage, encrypt, generateKey, readKey } from 'openpgp';

/** An OpenPGP key made for one test run. */
export interface ExampleKey {
  readonly fingerprint: string;
  readonly publicKey: string;
  readonly privateKey: string;
}

/** Made long before any date that the tests use, so that it is valid at all of them. */
export async function makeExampleKey(name: string, email: string, options: { readonly passphrase?: string; readonly date?: Date } = {}): Promise<ExampleKey> {
  const { publicKey, privateKey } = await generateKey({ userIDs: [{ name, email }], date: options.date ?? new Date('2010-01-01T00:00:00Z'), format: 'armored', ...(options.passphrase === undefined ? {} : { passphrase: options.passphrase }) });
  return { fingerprint: (await readKey({ armoredKey: publicKey })).getFingerprint().toUpperCase(), publicKey, privateKey };
}

/** An armored message to the key. */
export const sealTo = async (key: ExampleKey, text: string): Promise<string> =>
  (await encrypt({ message: await createMessage({ text }), encryptionKeys: (await readKey({ armoredKey: key.publicKey })).toPublic(), date: new Date('2014-05-01T00:00:00Z'), format: 'armored' })) as string;

/** An armored message that a password opens. */
export const lockWith = async (password: string, text: string): Promise<string> =>
  (await encrypt({ message: await createMessage({ text }), passwords: password, format: 'armored' })) as string;
