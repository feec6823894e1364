import type { CaseFile, Policy } from '../generated/documents.ts';
import { attention, type Attention } from './attention.ts';
import { publicId, type CaseRecord, type EntryOf, type LoggedEntry } from './case.ts';
import { isWithdrawn, type CaseState, type CaseStatus } from './case-state.ts';
import { DUE_SOON_DAYS, isSettled, type Clock, type DueDate } from './deadlines.ts';
import { firstsOf } from './duties.ts';
import { isError, type Finding } from './finding.ts';
import { handlerOf } from './handler.ts';
import type { Instant } from './instant.ts';
import { steadySince, type Lasting } from './lasting.ts';

type Named = Pick<LoggedEntry, 'name' | 'at'>;
type Entries = 'startedBy' | 'metBy' | 'extendedBy' | 'pausedBy';

/** A deadline of a case without what its log entries say. */
export type DueFacts = Omit<DueDate, Entries> & { readonly [entry in keyof Pick<DueDate, Entries>]: DueDate[entry] extends LoggedEntry ? Named : Named | undefined };

/** How a case stands at a moment, for lists of many: nothing but what can be written down. */
export interface CaseStanding {
  readonly number: string;
  readonly publicId: string;
  readonly folder: string;
  readonly title: CaseFile['title'];
  readonly status: CaseStatus;
  readonly since?: Instant;
  readonly priority?: EntryOf<'assessed'>['priority'];
  readonly handler?: string;
  readonly isPublic: boolean;
  /** Its advisory is public and says that it no longer holds. */
  readonly isWithdrawn: boolean;
  /** Attacks were seen, or an exploit is public, and there is no advisory yet. */
  readonly attacked: boolean;
  readonly vendors: readonly string[];
  readonly attention: Attention<DueFacts>;
  /** Those that somebody still has to do something about. */
  readonly dues: readonly DueFacts[];
  readonly errors: readonly Finding[];
  /** How many findings there are, errors included. */
  readonly findings: number;
  /** When its log first had what sets off a duty, by the id of the duty. */
  readonly firsts: Readonly<Record<string, Instant>>;
}

interface View {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly findings: readonly Finding[];
  readonly dues: readonly DueDate[];
}

const named = ({ name, at }: LoggedEntry): Named => ({ name, at });

/** The same deadline, of its entries the names alone. */
export function dueFacts({ startedBy, metBy, extendedBy, pausedBy, ...due }: DueDate): DueFacts {
  return { ...due, startedBy: named(startedBy), ...(metBy && { metBy: named(metBy) }), ...(extendedBy && { extendedBy: named(extendedBy) }), ...(pausedBy && { pausedBy: named(pausedBy) }) };
}

export function standingOf({ record, state, findings, dues }: View, policy: Policy, now: Instant): CaseStanding {
  const { due, ...next } = attention(record, state, dues, now, policy);
  const since = state.path.findLast(({ from, to }) => from !== to)?.by.at;
  const priority = state.assessed?.entry.priority;
  const handler = handlerOf(state);
  return {
    number: record.number,
    publicId: publicId(record.file),
    folder: record.folder,
    title: record.file.title,
    status: state.status,
    ...(since === undefined ? {} : { since }),
    ...(priority === undefined ? {} : { priority }),
    ...(handler === undefined ? {} : { handler }),
    isPublic: state.published !== undefined,
    isWithdrawn: isWithdrawn(state),
    attacked: state.published === undefined && (state.latches.attacks ?? state.latches.exploit) !== undefined,
    vendors: [...state.vendors.keys()],
    attention: { ...next, ...(due === undefined ? {} : { due: dueFacts(due) }) },
    dues: dues.filter((each) => !isSettled(each)).map(dueFacts),
    errors: findings.filter(isError),
    findings: findings.length,
    firsts: firstsOf(state, policy.duties ?? []),
  };
}

const DAY = 86_400_000;

/**
 * How long around now a case stands as it does, as long as nobody changes it: up to the next moment at which a clock of it turns soon,
 * due or overdue, or its date comes. undefined where that cannot be told: see steadySince.
 */
export function standingLasts({ state, dues }: Pick<View, 'state' | 'dues'>, policy: Policy, now: Instant): Lasting | undefined {
  const newest = steadySince(state, policy, now);
  if (newest === undefined) return undefined;
  const soon = new Map(policy.deadlines.map(({ id, dueSoon = DUE_SOON_DAYS }) => [id, dueSoon * DAY]));
  const turns = ({ id, due, grace }: Clock & { readonly id: string }): Instant[] => [due, ...(grace === undefined ? [] : [grace]), due - (soon.get(id) ?? 0)];
  const moments = [...dues.flatMap(turns), ...(state.scheduled === undefined ? [] : [state.scheduled]), newest];
  // At the moment itself it may be either.
  if (moments.includes(now)) return undefined;
  return { from: Math.max(0, ...moments.filter((each) => each < now)) + 1, until: Math.min(Number.MAX_SAFE_INTEGER, ...moments.filter((each) => each > now)) - 1 };
}
