import { apart, idsOfKey, sealedAmong, teamSeals, type SealedFor } from '../documents/sealed-for.ts';
import { wholeFile, type Rule } from './rule.ts';

export const sealedRecipients: Rule = {
  id: 'sealed-recipients',
  severity: 'error',
  safety: true,
  summary: 'What is sealed can be opened by the team and by nobody else.',
  why: 'The identity of the reporter and the proof of concept are sealed to the keys of the team (guideline IV.2; policy E). A file that somebody sealed to another key, or to a hidden one, would be read by whoever holds it.',
  fix: 'Take it out of the history before you push, and let vcc seal it. The key of somebody who was in the team stands under former in vcc.yaml.',
  *check({ tree, repository, files, everything, facts }) {
    const read = new Set(facts.map(({ folder }) => folder));
    const others = sealedAmong(tree, files.filter(({ path }) => !read.has(path.split('/', 3).join('/'))));
    // One after the other: of a hundred thousand cases they are many.
    const sealed = function* (): Generator<SealedFor> {
      for (const each of facts) yield* apart(each.folder, each.sealed);
      yield* others;
    };
    // Most commits seal nothing, and need not wait for the keys.
    if (sealed().next().done === true) return;
    const { team, former = [] } = repository.configuration;
    // What was sealed before somebody left may still be for them; a key that only lies in keys/ is nobody's.
    const known = new Set([...team, ...former].flatMap(({ key }) => idsOfKey(tree, key)));
    let count = 0;
    for (const { path, recipients } of sealed()) {
      count += 1;
      const strangers = recipients.filter((id) => !known.has(id));
      if (strangers.length > 0) yield { ...wholeFile(path), message: `can be opened with a key that is not the team's: ${strangers.map((id) => (/^0+$/.test(id) ? 'one that hides whose it is' : id)).join(', ')}` };
    }
    // One line each: after somebody joined, it is every sealed file there is.
    if (!everything) return;
    const { closedTo, openToOthers } = teamSeals(tree, onlyFor(known, sealed()), team);
    for (const [slug, paths] of closedTo) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `${slug} cannot open ${paths.length} of ${count} sealed files, such as ${paths[0] ?? ''}`, fix: REWRAP };
    if (openToOthers.length > 0) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `a key that is no coordinator's any more opens ${openToOthers.length} of ${count} sealed files, such as ${openToOthers[0] ?? ''}`, fix: REWRAP };
  },
};

function* onlyFor(known: ReadonlySet<string>, sealed: Iterable<SealedFor>): Generator<SealedFor> {
  for (const each of sealed) if (each.recipients.every((id) => known.has(id))) yield each;
}

const REWRAP = 'vcc team rewrap';
