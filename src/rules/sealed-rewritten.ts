import { wholeFile, type Rule } from './rule.ts';

/** Sealed files, and the entry that says which of them there are. */
const ONCE = /^(cases\/[0-9]{4}\/[0-9]{8})\/(?:sealed\/|log\/[^/]*-received-[^/]*$)/;

export const sealedRewritten: Rule = {
  id: 'sealed-rewritten',
  severity: 'error',
  summary: 'Sealed files, and the entry of the log that names them, are written once.',
  why: "Nobody sees from the outside what is in a sealed file. One that is exchanged would send something else to the vendor, perhaps another case's report (policy E), and would let a text pass that names the reporter (guideline IV.2).",
  fix: 'Leave it as it was: git checkout HEAD -- FILE. What is new goes into a new file, or into a note: vcc record CASE note.',
  *check({ tree, altered }) {
    for (const path of altered) {
      const [, folder] = ONCE.exec(path) ?? [];
      // A case that goes as a whole takes what is sealed with it.
      if (folder !== undefined && tree.files(folder).length > 0) yield { ...wholeFile(path), message: 'the commit changes or deletes what is written once' };
    }
  },
};
