import { RECEIVING } from '../domain/partner-permission.ts';
import type { Rule } from './rule.ts';

export const receivingOrganisationTwice: Rule = {
  id: 'receiving-organisation-twice',
  severity: 'error',
  summary: 'There is one receiving organisation.',
  why: 'The log says that the receiving organisation was told, and names none (coordination). With two of them nobody knows which one talks to the reporter, and who of them heard what.',
  fix: 'Give one of them another kind.',
  *check({ repository, touchedBelow }) {
    if (!touchedBelow('partners')) return;
    const [first, ...further] = [...repository.partners().values()].filter(({ partner }) => partner.kind === RECEIVING);
    for (const { path, where } of further) yield { file: path, ...where('kind'), message: `${first?.slug ?? ''} is the receiving organisation already` };
  },
};
