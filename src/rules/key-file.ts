import { fingerprintOf, readArmor, TAG } from '../documents/openpgp-packets.ts';
import { wholeFile, type Mistake, type Rule } from './rule.ts';

export const keyFile: Rule = {
  id: 'key-file',
  severity: 'error',
  safety: true,
  summary: 'keys/<fingerprint>.asc holds exactly the public key of that fingerprint.',
  why: 'Messages are encrypted to the file that a contact names by fingerprint (policy E: only the vendor gets the report). Were another key in that file, its owner would read the report, and nobody would notice.',
  fix: 'Delete it and import the key again: vcc key import FILE',
  *checkFile(file) {
    const expected = /^keys\/([0-9A-F]{40})\.asc$/.exec(file.path)?.[1];
    if (expected === undefined || file.kind === 'symlink' || file.kind === 'submodule') return;
    const wrong = (message: string): Mistake => ({ ...wholeFile(file.path), message });
    const armor = readArmor(file.latin1());
    const keys = armor?.packets.filter(({ tag }) => tag === TAG.publicKey) ?? [];
    const [key] = keys;
    if (armor?.kind !== 'PUBLIC KEY BLOCK' || armor.broken || key === undefined) yield wrong('is not an armored OpenPGP public key');
    else if (keys.length > 1) yield wrong(`holds ${keys.length} keys`);
    else if (fingerprintOf(key) !== expected) yield wrong(`holds another key: ${fingerprintOf(key) ?? 'one that is not of version 4'}`);
  },
};
