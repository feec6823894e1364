import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { VccError, refusal } from '../domain/problem.ts';
import type { Ask } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import type { SetClock } from './clock.ts';
import { runGit } from './git-process.ts';
import { identityAt } from './git.ts';
import type { Signer } from './signer.ts';

/** The private key of the coordinator whose e-mail address Git has: from VCC_KEY_FILE, git config vcc.keyFile, or GnuPG. */
export async function actingSigner(root: string, team: Configuration['team'], clock: SetClock, ask: Ask): Promise<Signer> {
  const identity = await identityAt(root);
  if (!identity) throw noIdentity();
  const coordinator = team.find((member) => member.email.toLowerCase() === identity.email.toLowerCase());
  if (!coordinator) {
    throw refusal('not-in-team', `${identity.email} is not in the team of vcc.yaml`, 'Set git config user.email to your address in vcc.yaml, or add yourself under team.');
  }
  const file = await keyFile(root);
  if (file === undefined) return (await import('./gnupg.ts')).gnupgSigner(coordinator.key, clock);
  return keyFileSigner(file, coordinator.key, ask);
}

/** What to do when Git does not know who is at work; before there is a repository, only its configuration for all of them can say so. */
export const noIdentity = (where: 'here' | 'anywhere' = 'here'): VccError => {
  const set = where === 'here' ? 'git config' : 'git config --global';
  return refusal('no-identity', 'Git does not know who you are', `Type: ${set} user.name "Your Name" && ${set} user.email you@example.org${where === 'here' ? ', with your address in vcc.yaml.' : ''}`);
};

async function keyFile(root: string): Promise<string | undefined> {
  const variable = process.env.VCC_KEY_FILE;
  if (variable !== undefined && variable !== '') return resolve(variable);
  // --type=path expands ~; exit code 1 means that it is not set.
  const result = await runGit(root, ['config', '--type=path', '--get', 'vcc.keyFile']);
  const configured = result.stdout.toString('utf8').trim();
  return result.code === 0 && configured !== '' ? resolve(root, configured) : undefined;
}

async function keyFileSigner(file: string, fingerprint: string, ask: Ask): Promise<Signer> {
  let content: Uint8Array;
  try {
    content = await readFile(file);
  } catch (cause) {
    throw new VccError({ code: 'key-file', message: `cannot read the private key ${file}`, hint: 'Set VCC_KEY_FILE to an existing file, or unset it to use GnuPG.', cause });
  }
  const { unlockPrivateKey } = await import('./openpgp-keys.ts');
  const openpgp = await import('./openpgp-messages.ts');
  const passphrase = async (): Promise<string> =>
    process.env.VCC_PASSPHRASE ?? (await ask.secret({ flag: 'VCC_PASSPHRASE', message: `Passphrase of ${file}` }));
  const key = await unlockPrivateKey(content, file, fingerprint, passphrase);
  return {
    fingerprint,
    signAndEncrypt: (entity, recipient, at) => openpgp.signAndEncrypt(key, recipient, entity, at),
    sign: (entity, at) => openpgp.signDetached(key, entity, at),
    open: (armored) => openpgp.decryptWith(key, armored),
    sessionKeys: (armored) => openpgp.sessionKeysWith(key, armored),
  };
}
