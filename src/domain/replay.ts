import { EVENTS } from '../generated/events.ts';
import type { CaseState } from './case-state.ts';
import type { CaseRecord, EventName, LoggedEntry } from './case.ts';
import type { Finding } from './finding.ts';
import { newDraft, stateOf, type Objection } from './replay-draft.ts';
import { outlived } from './replay-embargo.ts';
import { applyEntry } from './replay-entry.ts';

const RANK: ReadonlyMap<string, number> = new Map(EVENTS.map(({ name }, rank) => [name, rank]));
/** Where an event stands among others of the same second. */
export const rankOf = (event: EventName): number => RANK.get(event) ?? EVENTS.length;

/** The order of a log: by time, at the same time by the order of events in a case, then by file name. */
export const byTime = (a: LoggedEntry, b: LoggedEntry): number =>
  a.at - b.at || rankOf(a.entry.event) - rankOf(b.entry.event) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

function findingAt(logged: LoggedEntry, objection: Omit<Objection, 'rule'> & { readonly rule: string }): Finding {
  return {
    rule: objection.rule,
    severity: objection.severity ?? 'error',
    file: logged.path,
    ...(objection.place ?? logged.where('event')),
    message: objection.message,
    ...(objection.fix === undefined ? {} : { fix: objection.fix }),
  };
}

/**
 * Leaves out what other entries correct. What is corrected may bear a later time, for that may be the mistake. It may itself be a
 * correction, and then an earlier one: from the newest to the oldest, so that a correction that was taken back does nothing.
 */
function inForce(ordered: readonly LoggedEntry[], report: (finding: Finding) => void): LoggedEntry[] {
  const places = new Map(ordered.map((logged, place) => [logged.name, place]));
  const dropped = new Set<number>();
  for (const [place, logged] of [...ordered.entries()].reverse()) {
    if (logged.entry.event !== 'corrected' || dropped.has(place)) continue;
    const target = places.get(logged.entry.entry);
    if (target === undefined) {
      report(findingAt(logged, { rule: 'dangling-entry', message: `the log has no entry ${logged.entry.entry}`, place: logged.where('entry'), fix: 'name a file in log/ of this case' }));
    } else if (target >= place && ordered[target]?.entry.event === 'corrected') {
      report(findingAt(logged, { rule: 'log-order', message: 'a correction of a correction names an earlier one, not itself or a later one', place: logged.where('entry') }));
    } else dropped.add(target);
  }
  return ordered.filter((_, place) => !dropped.has(place));
}

/** The log begins with the report, and with nothing else. */
function checkStart(record: CaseRecord, entries: readonly LoggedEntry[], report: (finding: Finding) => void): void {
  const first = entries[0];
  if (!first) {
    report({ rule: 'log-order', severity: 'error', file: `${record.folder}/case.md`, ...record.where(), message: 'the log has no received entry, so nobody can say when the report came', fix: 'record it: a received entry in log/' });
  } else if (first.entry.event !== 'received') {
    report(findingAt(first, { rule: 'log-order', message: 'the first thing in a log is the report (received)', place: first.where('at'), fix: 'check the time of this entry and of the received entry' }));
  }
}

function checkEvidence(logged: LoggedEntry, ordered: readonly LoggedEntry[], standing: ReadonlySet<string>, report: (finding: Finding) => void): void {
  if (logged.entry.event !== 'escalated') return;
  for (const [place, name] of logged.entry.evidence.entries()) {
    const cited = ordered.find((candidate) => candidate.name === name);
    const at = { place: logged.where('evidence', place) };
    if (!cited) report(findingAt(logged, { rule: 'dangling-entry', message: `the evidence ${name} is not in the log`, ...at, fix: 'name a file in log/ of this case' }));
    else if (!standing.has(name)) report(findingAt(logged, { rule: 'dangling-entry', severity: 'warning', message: `the evidence ${name} was corrected since`, ...at, fix: 'check whether the step still stands, or correct it too' }));
    else if (byTime(cited, logged) >= 0) report(findingAt(logged, { rule: 'log-order', message: `the evidence ${name} is later than the step that rests on it`, ...at }));
  }
}

/** An embargo outlives neither the secret nor the exploit, and should not outlive the first attack. */
function checkEmbargoEnds(state: CaseState, report: (finding: Finding) => void): void {
  const found = outlived(state);
  if (found) report(findingAt(found.known, { rule: 'embargo-order', severity: 'warning', message: found.message, fix: found.fix }));
}

/**
 * Derives the state of a case from its log. Total: whatever the log says, there is a state and a list of findings.
 * An entry that is not possible where it stands is a finding and takes no effect.
 */
export function replay(record: CaseRecord): { readonly state: CaseState; readonly findings: Finding[] } {
  const findings: Finding[] = [];
  const report = (finding: Finding): void => {
    findings.push(finding);
  };
  const ordered = [...record.log].sort(byTime);
  const entries = inForce(ordered, report);
  const standing = new Set(entries.map(({ name }) => name));
  checkStart(record, entries, report);
  const draft = newDraft();
  for (const logged of entries) {
    checkEvidence(logged, ordered, standing, report);
    applyEntry(draft, logged, record, (objection) => report(findingAt(logged, objection)));
  }
  const state = stateOf(draft);
  checkEmbargoEnds(state, report);
  return { state, findings };
}
