import { lostEntries } from '../documents/folded-log.ts';
import { entryEvent } from '../documents/log-entry.ts';
import { contentOf, readArmor, recipientsOf } from '../documents/openpgp-packets.ts';
import { stands } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

const SEALED = /^(cases\/[0-9]{4}\/[0-9]{8})\/sealed\//;
const MESSAGE = 'the commit changes or deletes what is written once';

export const sealedRewritten: Rule = {
  id: 'sealed-rewritten',
  severity: 'error',
  safety: true,
  summary: 'Sealed files, and the entry of the log that names them, are written once.',
  why: "Nobody sees from the outside what is in a sealed file. One that is exchanged would send something else to the vendor, perhaps another case's report (policy E), and would let a text pass that names the reporter (guideline IV.2).",
  fix: 'Leave it as it was: git checkout HEAD -- FILE, or, where it is committed already, git checkout COMMIT~1 -- FILE. What is new goes into a new file, or into a note: vcc record CASE note.',
  *check({ tree, repository, altered }) {
    // The entry of the receipt says which of them there are.
    for (const { folder, name, file, place } of lostEntries(tree, altered)) if (entryEvent(name) === 'received' && tree.files(folder).length > 0) yield { file, ...place, message: MESSAGE };
    for (const [path, before] of altered) {
      const [, folder] = SEALED.exec(path) ?? [];
      // A case that goes as a whole takes what is sealed with it.
      if (folder === undefined || tree.files(folder).length === 0) continue;
      const [was, now] = [before(), tree.read(path)];
      // A change of its mode is another rule's.
      if ((now !== undefined && Buffer.compare(was, now) === 0) || onlyRewrapped(was, now)) continue;
      // An organisation that wants no marks may take them away.
      if (repository.configuration.leakGuard === 'none' && path.endsWith('.guard.yaml') && !stands(tree, path)) continue;
      yield { ...wholeFile(path), message: MESSAGE };
    }
  },
};

/** Whether a message is for other keys and otherwise the same: who joins or leaves the team changes no content. */
function onlyRewrapped(before: Uint8Array, now: Uint8Array | undefined): boolean {
  const [old, current] = [before, now].map((bytes) => bytes && readArmor(Buffer.from(bytes).toString('latin1')));
  if (!old || !current) return false;
  // For the same keys there is nothing to wrap anew: what was wrapped would be exchanged, perhaps for what nobody can open.
  if (String(recipientsOf(old).sort()) === String(recipientsOf(current).sort())) return false;
  const [was, is] = [contentOf(old), contentOf(current)];
  return was.length > 0 && was.length === is.length && was.every(({ tag, body }, index) => tag === is[index]?.tag && Buffer.compare(body, is[index].body) === 0);
}
