import type { LogEntry, Reporter } from '../generated/documents.ts';
import { isEvent, type CaseRecord, type LoggedEntry } from './case.ts';
import { withoutVendor } from './identity.ts';

type Dropped = Extract<LogEntry, { event: 'mark-dropped' }>['of'];

/** What a coordinator decided to look for no longer in a case, as far as nobody took it back. */
export function droppedMarks(log: readonly LoggedEntry[]): ReadonlySet<Dropped> {
  const dropped = log.filter(isEvent('mark-dropped'));
  if (dropped.length === 0) return new Set();
  const corrected = new Set<string>();
  // From the newest, so that a correction that was taken back does nothing.
  for (const { name, entry } of log.toReversed()) if (entry.event === 'corrected' && !corrected.has(name)) corrected.add(entry.entry);
  return new Set(dropped.filter(({ name }) => !corrected.has(name)).map(({ entry }) => entry.of));
}

/** The reporter as the texts of the case must not give them: without the vendor itself, and without what is looked for no longer. */
export function keptOut(reporter: Reporter, { file, log }: Pick<CaseRecord, 'file' | 'log'>): Reporter {
  const dropped = droppedMarks(log);
  const person = withoutVendor(reporter, file.products);
  if (dropped.size === 0) return person;
  const { name, credit, handle, organisation, ...rest } = person;
  return {
    ...rest,
    ...(name === undefined || dropped.has('name') ? {} : { name }),
    ...(credit === undefined || dropped.has('name') ? {} : { credit }),
    ...(handle === undefined || dropped.has('handle') ? {} : { handle }),
    ...(organisation === undefined || dropped.has('organisation') ? {} : { organisation }),
  };
}
