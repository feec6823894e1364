// The only import of openpgp (64 ms to load, so the callers import this file lazily). Hazards: a recipient key that
// announces SEIPDv2 makes packets that GnuPG 2.2 cannot read; a signature that is not asked for is not checked
// (expectSigned); a small message may decompress without end; `date` defaults to the machine's clock everywhere.
import * as openpgp from 'openpgp';

export { openpgp };

export const CONFIG: openpgp.PartialConfig = {
  maxDecompressedMessageSize: 64 * 1024 * 1024,
  // Nobody needs to know which program wrote it.
  showVersion: false,
  showComment: false,
};

export const ARMOR = /-----BEGIN PGP [A-Z ]+-----/;

export const full = (): openpgp.Config => ({ ...openpgp.config, ...CONFIG });

export const publicKey = async (armoredKey: string): Promise<openpgp.PublicKey> => (await openpgp.readKey({ armoredKey, config: CONFIG })).toPublic();

/** Undefined where openpgp.js cannot read what a stranger wrote. */
export async function readOr<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (problem) {
    if (problem instanceof Error) return undefined;
    throw problem;
  }
}
