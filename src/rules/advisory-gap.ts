import { gapsIn, isMarkedGap } from '../documents/advisory.ts';
import type { Rule } from './rule.ts';

export const advisoryGap: Rule = {
  id: 'advisory-gap',
  severity: 'error',
  summary: 'A public text has no gaps left.',
  why: 'Both languages go out complete, at the same minute (publication gate). From the day the date is set a gap is a warning: it says what is still to be written and keeps nobody from committing. Of a published advisory the mark of a gap is still a warning, for an update may be in progress, which the gate keeps in; what is missing without a mark is a mistake.',
  fix: 'Write the section, and take the GAP mark away.',
  *checkCase({ record, state }) {
    // Before there is a date the texts are rightly unwritten; a warning at every commit would only teach people to ignore it.
    if (!state.published && state.status !== 'scheduled') return;
    for (const advisory of [record.advisories.en, record.advisories.ja]) {
      if (!advisory) continue;
      for (const gap of gapsIn(advisory)) yield { ...gap, severity: state.published && !isMarkedGap(gap) ? 'error' : 'warning' };
    }
  },
};
