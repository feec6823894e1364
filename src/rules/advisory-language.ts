import { scriptPartings } from '../domain/language-facts.ts';
import { isToBeRead } from '../domain/text-facts.ts';
import type { Rule } from './rule.ts';

export const advisoryLanguage: Rule = {
  id: 'advisory-language',
  severity: 'warning',
  summary: 'A public text is in the language of its page.',
  why: 'A sentence that was pasted to be translated and stayed is read by the public and by nobody who can understand it. Names, titles of pages and what stands in quotation marks may be in the other language.',
  fix: 'Translate it, or put it into quotation marks where it is a name.',
  *checkCase({ record, state }, { repository }) {
    if (!isToBeRead(state)) return;
    const { team, organisation } = repository.configuration;
    const named = [...repository.vendors().values()].map(({ vendor }) => vendor.name);
    yield* scriptPartings(record, [organisation.name, ...named].flatMap(({ en, ja }) => [en, ja]).concat(team.map(({ name }) => name)).filter((name) => name !== undefined));
  },
};
