import { canBeCiphertext, readArmor, TAG } from '../documents/openpgp-packets.ts';
import { wholeFile, type Rule } from './rule.ts';

export const sealedPlaintext: Rule = {
  id: 'sealed-plaintext',
  severity: 'error',
  safety: true,
  summary: 'Files in sealed/ are OpenPGP messages, encrypted to keys.',
  why: "Only the vendor gets the report (policy E), and the reporter chooses who learns his or her name (guideline IV.2). A file that lies in sealed/ without being encrypted looks safe and is not; one that is locked by a password can be guessed at by whoever has a clone.",
  fix: 'Take it out of the history before you push, and seal it to the keys of the team.',
  *checkFile(file) {
    if (!/^cases\/[^/]+\/[^/]+\/sealed\/(?![^/]+\.guard\.yaml$)/.test(file.path) || file.kind === 'symlink' || file.kind === 'submodule') return;
    const problem = wrongWith(file.latin1());
    if (problem !== undefined) yield { ...wholeFile(file.path), message: problem };
  },
};

function wrongWith(text: string): string | undefined {
  const armor = readArmor(text);
  if (armor?.kind !== 'MESSAGE') return 'is not an armored OpenPGP message';
  if (armor.readable !== '') return 'has readable text around the encrypted message';
  const tags = armor.packets.map(({ tag }) => tag);
  if (armor.broken) return 'is cut off or damaged';
  if (tags.includes(TAG.passwordSessionKey)) return 'is locked by a password and not only by keys';
  const data = tags.at(-1);
  const encrypted = tags.length > 1 && tags.slice(0, -1).every((tag) => tag === TAG.encryptedSessionKey) && (data === TAG.integrityProtected || data === TAG.authenticatedEncrypted);
  if (!encrypted) return 'is armored and not encrypted to a key';
  return armor.packets.every(canBeCiphertext) ? undefined : 'has the outside of an encrypted message, and inside it something that is none';
}
