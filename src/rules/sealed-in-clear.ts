import { SCHEMA_HINT } from '../documents/yaml-text.ts';
import { guardedCase, leaksIn, vendorOf, type Audience } from '../domain/leaks.ts';
import { wordsOf } from '../domain/words.ts';
import { knownPath } from './layout.ts';
import { wholeFile, type Rule } from './rule.ts';

/** What people name themselves with vcc seal --name, and whatever else lies there. */
const namedByVcc = (path: string): boolean => knownPath(path) && !/\/sealed\/(?!(?:original|decrypted|report|report-(?:en|ja)|poc|reporter|(?:mail|reporter-key)-[0-9a-f]{8})\.)/.test(path);

export const sealedInClear: Rule = {
  id: 'sealed-in-clear',
  severity: 'error',
  summary: 'What is sealed stands in no readable file of its case.',
  why: 'Who has a clone can read it, for good: the name, address, handle or key of a reporter who stays unknown (guideline IV.2), how the flaw is exploited (policy E), what a vendor said in confidence (handling overview). The sealed values are compared by their marks, so CI finds them without a key.',
  fix: 'Write "the reporter", or what the sealed part is about, in other words. What a vendor gave for the public is recorded as such: vcc record CASE vendor-status --statement-en TEXT.',
  *checkCase({ files, record, guards }, { tree, repository, touched }) {
    if (guards.length === 0) return;
    const guarded = guardedCase(record, guards);
    for (const { path, kind } of files) {
      if (!touched(path)) continue;
      if (!namedByVcc(path)) {
        for (const { what } of leaksIn(wordsOf(path.slice(record.folder.length)), guarded, { to: 'team' })) yield { ...wholeFile(path), message: `the name of the file gives ${what}` };
      }
      if (kind === 'symlink' || kind === 'submodule' || path.startsWith(`${record.folder}/sealed/`)) continue;
      // The line that names the schema is the same in every file, and half of the words of a short one.
      const text = new TextDecoder().decode(tree.read(path)).replace(SCHEMA_HINT, '\n');
      const team = repository.configuration.team.map(({ slug }) => slug);
      const audience: Audience = path.includes('/log/') ? { to: 'team', vendor: vendorOf(text) } : { to: 'team' };
      for (const { what, place } of leaksIn(wordsOf(withoutAuthor(text, team)), guarded, audience)) yield { file: path, ...place, message: `gives ${what}` };
    }
  },
};

/** Who in the team wrote an entry stands in each: a coordinator may once have reported it. */
const withoutAuthor = (text: string, team: readonly string[]): string => text.replace(/^by: ([a-z0-9-]{1,63})$/m, (line, slug: string) => (team.includes(slug) ? ' '.repeat(line.length) : line));
