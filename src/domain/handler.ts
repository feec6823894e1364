import type { CaseState } from './case-state.ts';
import { isEvent } from './case.ts';

/** The coordinator who handles a case: to whom it was last assigned, else who accepted it, else who took the report. */
export function handlerOf({ entries }: CaseState): string | undefined {
  const assigned = entries.filter(isEvent('assigned')).at(-1);
  return assigned?.entry.to ?? entries.filter(isEvent('accepted')).at(-1)?.entry.by ?? entries[0]?.entry.by;
}
