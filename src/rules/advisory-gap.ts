import { gapsIn } from '../documents/advisory.ts';
import { isOpen } from '../domain/case-state.ts';
import type { Rule } from './rule.ts';

export const advisoryGap: Rule = {
  id: 'advisory-gap',
  severity: 'error',
  summary: 'A public text has no gaps left.',
  why: 'Both languages go out complete, at the same minute (publication gate). Until then a gap is a warning: it says what is still to be written and keeps nobody from committing; in a published text it is a mistake that the public can see.',
  fix: 'Write the section, and take the GAP mark away.',
  *checkCase({ record, state }) {
    // A case that ended without an advisory leaves its beginnings behind, and nobody will read them.
    if (!state.published && !isOpen(state.status)) return;
    for (const advisory of [record.advisories.en, record.advisories.ja]) {
      if (!advisory) continue;
      for (const gap of gapsIn(advisory)) yield { ...gap, severity: state.published ? 'error' : 'warning' };
    }
  },
};
