import type { Parting } from './advisory-lines.ts';
import { isOpen, type CaseState } from './case-state.ts';
import type { CaseRecord } from './case.ts';
import { cvePartings, scorePartings } from './id-facts.ts';
import { scriptPartings, translationPartings } from './language-facts.ts';
import { versionPartings } from './version-facts.ts';

/** Whether somebody will read the texts: those of a case that was declined or ended otherwise stay as they were left. */
export const isToBeRead = ({ status }: Pick<CaseState, 'status'>): boolean => isOpen(status) || status === 'published';

/** Where the texts contradict the facts of the case or each other, without doubt: what closes the gate. By the rule that finds it. */
export const contradictions = (record: CaseRecord, state: CaseState): (Parting & { readonly rule: string })[] =>
  [
    { rule: 'advisory-versions', found: versionPartings(record, state) },
    { rule: 'advisory-cve', found: cvePartings(record, state) },
    { rule: 'advisory-scores', found: scorePartings(record) },
    { rule: 'advisory-translation', found: translationPartings(record) },
    { rule: 'advisory-language', found: scriptPartings(record, []) },
  ].flatMap(({ rule, found }) => [...found].filter(({ sure }) => sure).map((parting) => ({ rule, ...parting })));
