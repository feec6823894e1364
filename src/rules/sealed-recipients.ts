import { fingerprintOf, readArmor, TAG } from '../documents/openpgp-packets.ts';
import { NOT_SEALED_YET } from '../domain/plan.ts';
import { wholeFile, type LintContext, type Rule } from './rule.ts';

const SEALED = /^cases\/[^/]+\/[^/]+\/sealed\/[^/]+\.asc$/;
const KEY_ID_BYTES = 8;
const KEY_TAGS: readonly number[] = [TAG.publicKey, TAG.publicSubkey];

export const sealedRecipients: Rule = {
  id: 'sealed-recipients',
  severity: 'error',
  summary: 'What is sealed can be opened by the team and by nobody else.',
  why: 'The identity of the reporter and the proof of concept are sealed to the keys of the team (guideline IV.2; policy E). A file that somebody sealed to another key, or to a hidden one, would be read by whoever holds it.',
  fix: 'Take it out of the history before you push, and let vcc seal it.',
  *check({ tree, repository, files }) {
    const sealed = files.filter(({ path, kind }) => SEALED.test(path) && kind !== 'symlink' && kind !== 'submodule');
    if (sealed.length === 0) return;
    const contacts = new Set([...repository.vendors().values()].flatMap(({ vendor }) => vendor.contacts).concat([...repository.partners().values()].flatMap(({ partner }) => partner.contacts)).map(({ key }) => key));
    const team = new Set(repository.configuration.team.map(({ key }) => key));
    // A key in keys/ that is no contact's is that of somebody who has left the team: what was sealed then stays as it is.
    const ours = tree.files('keys').map(({ path }) => path.slice('keys/'.length, -'.asc'.length)).filter((key) => team.has(key) || !contacts.has(key));
    const known = new Set(ours.flatMap((key) => keyIdsOf(tree, key)));
    for (const { path } of sealed) {
      const bytes = tree.read(path);
      const text = Buffer.from(bytes ?? []).toString('latin1');
      if (text === NOT_SEALED_YET) continue;
      const packets = readArmor(text)?.packets ?? [];
      const strangers = packets.filter(({ tag }) => tag === TAG.encryptedSessionKey).map(({ body }) => hex(body.subarray(1, 1 + KEY_ID_BYTES))).filter((id) => !known.has(id));
      if (strangers.length > 0) yield { ...wholeFile(path), message: `can be opened with a key that is not the team's: ${strangers.map((id) => (/^0+$/.test(id) ? 'one that hides whose it is' : id)).join(', ')}` };
    }
  },
};

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();

/** The ids of a public key and its subkeys: the end of each fingerprint. */
function keyIdsOf(tree: LintContext['tree'], key: string): string[] {
  const bytes = tree.read(`keys/${key}.asc`);
  const packets = (bytes && readArmor(Buffer.from(bytes).toString('latin1'))?.packets) ?? [];
  return packets.filter(({ tag }) => KEY_TAGS.includes(tag)).flatMap((packet) => fingerprintOf(packet)?.slice(-2 * KEY_ID_BYTES) ?? []);
}
