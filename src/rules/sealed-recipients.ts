import { idsOfKey, sealedAmong, teamSeals } from '../documents/sealed-for.ts';
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
    const others = files.filter(({ path }) => !read.has(path.split('/', 3).join('/')));
    const sealed = [...facts.flatMap((each) => each.sealed), ...sealedAmong(tree, others)].sort((a, b) => (a.path < b.path ? -1 : 1));
    if (sealed.length === 0) return;
    const { team, former = [] } = repository.configuration;
    // What was sealed before somebody left may still be for them; a key that only lies in keys/ is nobody's.
    const known = new Set([...team, ...former].flatMap(({ key }) => idsOfKey(tree, key)));
    for (const { path, recipients } of sealed) {
      const strangers = recipients.filter((id) => !known.has(id));
      if (strangers.length > 0) yield { ...wholeFile(path), message: `can be opened with a key that is not the team's: ${strangers.map((id) => (/^0+$/.test(id) ? 'one that hides whose it is' : id)).join(', ')}` };
    }
    // One line each: after somebody joined, it is every sealed file there is.
    if (!everything) return;
    const { closedTo, openToOthers } = teamSeals(tree, sealed.filter(({ recipients }) => recipients.every((id) => known.has(id))), team);
    for (const [slug, paths] of closedTo) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `${slug} cannot open ${paths.length} of ${sealed.length} sealed files, such as ${paths[0] ?? ''}`, fix: REWRAP };
    if (openToOthers.length > 0) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `a key that is no coordinator's any more opens ${openToOthers.length} of ${sealed.length} sealed files, such as ${openToOthers[0] ?? ''}`, fix: REWRAP };
  },
};

const REWRAP = 'vcc team rewrap';
