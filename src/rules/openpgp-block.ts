import { placeAt } from '../documents/source-text.ts';
import { openpgpBlocks } from '../domain/openpgp-block.ts';
import type { Rule } from './rule.ts';

export const openpgpBlock: Rule = {
  id: 'openpgp-block',
  severity: 'error',
  safety: true,
  summary: 'No OpenPGP key, signature or message stands in the readable files of a case.',
  why: 'A key and a signature name their owner as well as a name does, and a reporter chooses who learns it (guideline IV.2). What is committed stays in every clone.',
  fix: 'Take it out. Keys of vendors go into keys/ (vcc key import), the key of a reporter into the sealed identity.',
  *checkFile(file) {
    if (!/^cases\/.*\.md$/s.test(file.path) || file.kind === 'symlink' || file.kind === 'submodule') return;
    // Most files have none, and decoding all of them would take a commit its time.
    if (!/begin pgp/i.test(file.latin1())) return;
    const text = new TextDecoder().decode(file.bytes());
    // One is enough to mend the file by; a hostile one has thousands.
    for (const { kind, start } of openpgpBlocks(text).slice(0, 5)) yield { file: file.path, ...placeAt(text, start), message: `holds an OpenPGP ${kind.toLowerCase()}` };
  },
};
