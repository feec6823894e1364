import type { Parting } from './advisory-lines.ts';
import { isOpen, type CaseState } from './case-state.ts';
import type { CaseRecord } from './case.ts';
import { cvePartings, scorePartings } from './id-facts.ts';
import { scriptPartings, translationPartings } from './language-facts.ts';
import { versionPartings } from './version-facts.ts';

/** Whether somebody will read the texts: those of a case that was declined or ended otherwise stay as they were left. */
export const isToBeRead = ({ status }: Pick<CaseState, 'status'>): boolean => isOpen(status) || status === 'published';

/** Where the texts contradict the facts of the case or each other, without doubt: what closes the gate. */
export const contradictions = (record: CaseRecord, state: CaseState): Parting[] =>
  [...versionPartings(record, state), ...cvePartings(record, state), ...scorePartings(record), ...translationPartings(record), ...scriptPartings(record, [])].filter(({ sure }) => sure);
