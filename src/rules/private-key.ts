import { readArmors, readPackets, TAG, type Packet } from '../documents/openpgp-packets.ts';
import { placeAt } from '../documents/source-text.ts';
import { wholeFile, type Rule } from './rule.ts';

// Written in two parts, or a scanner for leaked keys would find this file.
const MARK = new RegExp('-----BEGIN (?:PGP PRIVATE KEY BLOCK|(?:[A-Z]+ )?PRIVATE ' + 'KEY)-----');

export const privateKey: Rule = {
  id: 'private-key',
  severity: 'error',
  safety: true,
  summary: 'No private key, anywhere.',
  why: 'Whoever can read the repository could read every sealed file and sign as the centre. History keeps a key that was committed once, and so does every clone.',
  fix: 'Take the file away, revoke the key and make a new one: after a commit it counts as known to others.',
  *checkFile(file) {
    // As UTF-16 writes it, every other byte is zero.
    const text = file.latin1().replaceAll('\0', '');
    const mark = MARK.exec(text);
    if (mark) {
      yield { file: file.path, ...placeAt(text, mark.index), message: 'holds a private key' };
      return;
    }
    const armored = text.includes('-----BEGIN PGP ') ? readArmors(text).flatMap(({ packets }) => packets) : [];
    const binary = isSecret(file.bytes()[0] ?? 0) ? readPackets(file.bytes()).packets : [];
    if ([...armored, ...binary].some(isKey)) yield { ...wholeFile(file.path), message: 'holds the packets of a private key' };
  },
};

/** Whether a first byte is that of a secret key's packet, in the old or the new form of packet headers (RFC 9580, 4.2). */
const isSecret = (first: number): boolean => [TAG.secretKey, TAG.secretSubkey].some((tag) => (first & 0xfc) === (0x80 | (tag << 2)) || first === (0xc0 | tag));

/** Files of other kinds may begin with that byte; the version of the key comes next. */
const isKey = ({ tag, body }: Packet): boolean => (tag === TAG.secretKey || tag === TAG.secretSubkey) && [3, 4, 5, 6].includes(body[0] ?? 0);
