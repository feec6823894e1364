import { holdersAmong, idsOfKey, sealedAmong, together } from '../documents/sealed-for.ts';
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
    const others = sealedAmong(tree, files.filter(({ path }) => !read.has(path.split('/', 3).join('/')))).map((each) => ({ folder: each.path.split('/', 3).join('/'), sealed: together([each]) }));
    const all = [...facts, ...others];
    // Most commits seal nothing, and need not wait for the keys.
    if (all.every(({ sealed }) => sealed.length === 0)) return;
    const { team, former = [] } = repository.configuration;
    const holds = holdersAmong(tree, team);
    // What was sealed before somebody left may still be for them; a key that only lies in keys/ is nobody's.
    const known = new Set([...team, ...former].flatMap(({ key }) => idsOfKey(tree, key)));
    // Of a hundred thousand cases most are sealed to the same few.
    const judged = new Map<string, Judged>();
    const judge = (ids: string): Judged => {
      const recipients = ids === '' ? [] : ids.split(' ');
      const found = judged.get(ids) ?? { ...holds(recipients), strangers: recipients.filter((id) => !known.has(id)) };
      judged.set(ids, found);
      return found;
    };
    let count = 0;
    const closedTo = new Map<string, Some>();
    let openToOthers: Some = { count: 0, first: '' };
    for (const { folder, sealed } of all) {
      for (const { recipients, names } of sealed) {
        const { strangers, without, toOthers } = judge(recipients);
        const paths = names.split('/').map((name) => `${folder}/sealed/${name}`);
        count += paths.length;
        for (const path of strangers.length === 0 ? [] : paths) yield { ...wholeFile(path), message: `can be opened with a key that is not the team's: ${strangers.map((id) => (/^0+$/.test(id) ? 'one that hides whose it is' : id)).join(', ')}` };
        // Those are said already.
        if (strangers.length > 0) continue;
        for (const slug of without) closedTo.set(slug, withMore(closedTo.get(slug), paths));
        if (toOthers) openToOthers = withMore(openToOthers, paths);
      }
    }
    // One line each: after somebody joined, it is every sealed file there is.
    if (!everything) return;
    for (const { slug } of team) {
      const closed = closedTo.get(slug);
      if (closed) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `${slug} cannot open ${closed.count} of ${count} sealed files, such as ${closed.first}`, fix: REWRAP };
    }
    if (openToOthers.count > 0) yield { ...wholeFile('vcc.yaml'), severity: 'warning', message: `a key that is no coordinator's any more opens ${openToOthers.count} of ${count} sealed files, such as ${openToOthers.first}`, fix: REWRAP };
  },
};

interface Judged extends ReturnType<ReturnType<typeof holdersAmong>> {
  readonly strangers: readonly string[];
}

interface Some {
  readonly count: number;
  readonly first: string;
}

const withMore = (known: Some | undefined, paths: readonly string[]): Some => ({ count: (known?.count ?? 0) + paths.length, first: known === undefined || known.count === 0 ? (paths[0] ?? '') : known.first });

const REWRAP = 'vcc team rewrap';
