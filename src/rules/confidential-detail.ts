import { textsIn } from '../documents/folded-log.ts';
import { FILE_LIMIT, placeAt } from '../documents/source-text.ts';
import { SCHEMA_HINT } from '../documents/yaml-text.ts';
import { confidentialDetails } from '../domain/confidential-detail.ts';
import type { Rule } from './rule.ts';

export const confidentialDetail: Rule = {
  id: 'confidential-detail',
  severity: 'warning',
  safety: true,
  summary: 'Nothing in case.md or the log looks like a proof of concept, a credential or an internal address.',
  why: 'These files are not sealed: how a flaw is exploited goes to the vendor and to nobody else (policy E), and a password or an address of an own network helps whoever gets hold of a clone.',
  fix: 'Describe it in other words. A proof of concept comes in by vcc intake or vcc record --from, which seal it.',
  *checkFile(file) {
    if (!/^cases\/[^/]+\/[^/]+\/(?:case\.md$|log)/.test(file.path) || !file.path.endsWith('.md') || file.kind === 'symlink' || file.kind === 'submodule') return;
    for (const { text: each, placeOf } of textsIn(file.path, new TextDecoder().decode(file.bytes()))) {
      // What is longer is an error, and on a line of megabytes the signs run out of stack. Where the schema lies climbs.
      const text = each.slice(0, FILE_LIMIT).replace(SCHEMA_HINT, (hint) => hint.replace(/[^\n]/g, ' '));
      for (const { what, at } of confidentialDetails(text)) yield { file: file.path, ...placeOf(placeAt(text, at)), message: `has what looks like ${what}` };
    }
  },
};
