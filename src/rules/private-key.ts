import { readArmor, readPackets, TAG } from '../documents/openpgp-packets.ts';
import { placeAt } from '../documents/source-text.ts';
import { wholeFile, type Rule } from './rule.ts';

// Written in two parts, or a scanner for leaked keys would find this file.
const MARK = new RegExp('-----BEGIN (?:PGP PRIVATE KEY BLOCK|(?:[A-Z]+ )?PRIVATE ' + 'KEY)-----');

export const privateKey: Rule = {
  id: 'private-key',
  severity: 'error',
  summary: 'No private key, anywhere.',
  why: 'Whoever can read the repository could read every sealed file and sign as the centre. History keeps a key that was committed once, and so does every clone.',
  fix: 'Take the file away, revoke the key and make a new one: after a commit it counts as known to others.',
  *checkFile(file) {
    const text = file.latin1();
    const mark = MARK.exec(text);
    if (mark) {
      yield { file: file.path, ...placeAt(text, mark.index), message: 'holds a private key' };
      return;
    }
    if (!/\.(?:asc|gpg|pgp|key)$/.test(file.path)) return;
    const packets = readArmor(text)?.packets ?? readPackets(file.bytes()).packets;
    if (packets.some(({ tag }) => tag === TAG.secretKey || tag === TAG.secretSubkey)) yield { ...wholeFile(file.path), message: 'holds the packets of a private key' };
  },
};
