import type { CaseState, EmbargoStatus, StateChange, VendorState } from './case-state.ts';
import type { CaseRecord, LoggedEntry } from './case.ts';
import { ALLOWED_IN, mayStand, movesCase, statusesFor, transition, type Condition } from './lifecycle.ts';
import type { Draft, Objection, Raise } from './replay-draft.ts';
import { takeEffect } from './replay-events.ts';

function holds(condition: Condition, draft: Draft, logged: LoggedEntry, record: CaseRecord): boolean {
  const { entry } = logged;
  switch (condition) {
    case 'assessed':
      return draft.assessed !== undefined;
    case 'ready-to-schedule':
      return draft.remediations.length > 0 || draft.committeeCleared !== undefined || [...draft.agreedDates.keys()].some((party) => party !== 'team');
    case 'emergency':
      return entry.event === 'published' && entry.emergency !== undefined && (draft.latches.exploit ?? draft.latches.attacks) !== undefined;
    case 'not-emergency':
      return entry.event === 'published' && entry.emergency === undefined;
    case 'no-resolution-direct':
      return entry.event === 'closed' && entry.because === 'no-resolution' && record.file.route === 'direct';
    case 'committee-refused':
      return entry.event === 'closed' && entry.because === 'committee-refused' && draft.committeeRefused;
    case 'done':
      return entry.event === 'closed' && entry.because === 'done';
    case 'never-published':
      return draft.published === undefined;
    case 'was-published':
      return draft.published !== undefined;
  }
}

/** The vendor that an entry speaks of, in whatever field. */
function vendorOf(logged: LoggedEntry): { readonly slug: string; readonly field: string } | undefined {
  const { entry } = logged;
  if (entry.event === 'vendor-added') return undefined;
  if ('vendor' in entry) return { slug: entry.vendor, field: 'vendor' };
  if ('party' in entry && entry.party.startsWith('vendor:')) return { slug: entry.party.slice('vendor:'.length), field: 'party' };
  return undefined;
}

/** Whether the entry may stand where it stands, before it has any effect. */
function objectionsTo(draft: Draft, logged: LoggedEntry): readonly Objection[] {
  const { entry } = logged;
  const named = vendorOf(logged);
  if (named && !draft.vendors.has(named.slug)) {
    return [{
      rule: 'vendor-not-in-case',
      message: `${named.slug} is not a party to the case at this time`,
      place: logged.where(named.field),
      fix: `add it first: a vendor-added entry before ${entry.event}`,
    }];
  }
  const allowed = ALLOWED_IN[entry.event];
  if (allowed && !mayStand(entry.event, draft.status)) {
    return [{ rule: 'illegal-transition', message: `${entry.event} is not possible in a case that is '${draft.status}'; it is in one that is ${statusesFor(entry.event).join(', ')}` }];
  }
  if (entry.event === 'escalated' && draft.vendors.get(entry.vendor)?.firstContact === undefined) {
    return [{ rule: 'illegal-transition', message: `${entry.vendor} was never contacted, so it cannot be silent`, place: logged.where('vendor') }];
  }
  return [];
}

type Standing = { readonly embargo: EmbargoStatus; readonly vendors: ReadonlyMap<string, Pick<VendorState, 'progress' | 'fixPath'>> };

const standing = ({ embargo, vendors }: Draft): Standing => ({ embargo: embargo.status, vendors: new Map([...vendors].map(([slug, { progress, fixPath }]) => [slug, { progress, fixPath }])) });

/** What an entry changed; a vendor that joins by it begins its two ways. */
function changesSince(before: Standing, draft: Draft, by: LoggedEntry): StateChange[] {
  const { status } = draft.embargo;
  return [
    ...(status === before.embargo ? [] : [{ of: 'embargo', to: status, by } as const]),
    ...[...draft.vendors.values()].flatMap(({ slug, progress, fixPath }): StateChange[] => [
      ...(progress === before.vendors.get(slug)?.progress ? [] : [{ of: 'progress', vendor: slug, to: progress, by } as const]),
      ...(fixPath === before.vendors.get(slug)?.fixPath ? [] : [{ of: 'fix-path', vendor: slug, to: fixPath, by } as const]),
    ]),
  ];
}

/** Lets one entry take effect, or says why it cannot. */
export function applyEntry(draft: Draft, logged: LoggedEntry, record: CaseRecord, object: Raise): void {
  const objections = objectionsTo(draft, logged);
  if (objections.length > 0) {
    objections.forEach(object);
    return;
  }
  const { event } = logged.entry;
  const from = draft.status;
  let to = from;
  if (movesCase(event)) {
    const found = transition(from, event, (condition) => holds(condition, draft, logged, record));
    if (found.ok) to = found.row.to;
    // A contact moves a case only out of accepted; elsewhere it is one more contact, and so with others of that table.
    else if (ALLOWED_IN[event] === undefined) {
      object({ rule: 'illegal-transition', message: `${event} is not possible here, the case is '${from}': ${found.why}` });
      return;
    }
  }
  const before = standing(draft);
  if (!takeEffect(draft, logged, object)) return;
  draft.changes.push(...changesSince(before, draft, logged));
  if (to !== from || event === 'updated') draft.path.push({ from, to: to as CaseState['status'], by: logged });
  draft.status = to;
  draft.entries.push(logged);
}
