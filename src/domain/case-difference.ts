import type { CaseState, CaseStatus, EmbargoStatus, VendorState } from './case-state.ts';
import type { AdvisoryText, CaseRecord, EntryOf, LoggedEntry, SectionId } from './case.ts';
import { isSettled, type DueDate } from './deadlines.ts';
import type { Instant } from './instant.ts';

/** A case as one commit has it, with what follows from its log. */
export interface CaseSide {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly dues: readonly DueDate[];
  /** Hash of what would become public of it; undefined where a language is missing. */
  readonly text?: string;
}

/**
 * appeared, moved, extended, gone: its date. met, met-late, broken: overdue now and not before. ended: does not apply any more.
 * paused, runs-again: its clock; reopened: what was settled is owed again.
 */
type DeadlineStep = 'appeared' | 'moved' | 'extended' | 'gone' | 'met' | 'met-late' | 'broken' | 'ended' | 'paused' | 'runs-again' | 'reopened';

type TextStep = 'new' | 'changed' | 'gone';
/** text: all of it. header: title and other fields. unknown-section: one that is not published. */
export type TextPart = 'text' | 'header' | SectionId | 'unknown-section';

/** One thing that means something else on the other side. A missing from or to: there was none, or is none any more. */
export type CaseChange =
  | { readonly about: 'status'; readonly from?: CaseStatus; readonly to: CaseStatus }
  | { readonly about: 'known'; readonly what: 'public' | 'exploit' | 'attacks'; readonly to: boolean; readonly by?: LoggedEntry }
  | { readonly about: 'date'; readonly of: 'publication' | 'published' | 'embargo' | 'embargo-offer'; readonly from?: Instant; readonly to?: Instant }
  | { readonly about: 'embargo'; readonly from?: EmbargoStatus; readonly to: EmbargoStatus }
  | { readonly about: 'embargo-party'; readonly party: string; readonly bound: boolean }
  | { readonly about: 'agreed'; readonly party: string; readonly from?: Instant; readonly to?: Instant }
  | { readonly about: 'deadline'; readonly step: DeadlineStep; readonly due: DueDate; readonly from?: Instant; readonly by?: LoggedEntry }
  | { readonly about: 'vendor'; readonly vendor: string; readonly of: 'role' | 'progress' | 'fixPath' | 'status'; readonly from?: string; readonly to?: string }
  | { readonly about: 'cve'; readonly id: string; readonly assigner: string; readonly to: boolean }
  | { readonly about: 'text'; readonly language: 'en' | 'ja'; readonly step: TextStep; readonly parts: readonly TextPart[] }
  | { readonly about: 'approval'; readonly step: 'given' | 'lost' | 'missing'; readonly approvals: readonly LoggedEntry<EntryOf<'approved'>>[] }
  | { readonly about: 'facts'; readonly field: string }
  | { readonly about: 'sealed'; readonly name: string; readonly to: boolean };

export interface CaseDifference {
  readonly number: string;
  readonly folder: string;
  readonly status: { readonly from?: CaseStatus; readonly to?: CaseStatus };
  /** Entries that came, in order of time; what is derived from them stands in changes. */
  readonly added: readonly LoggedEntry[];
  /** Entries that say something else now, as they say it now; entries that are gone, as they were. */
  readonly rewritten: readonly LoggedEntry[];
  readonly deleted: readonly LoggedEntry[];
  readonly changes: readonly CaseChange[];
}

/** What differs between two states of a case in meaning. A missing side: there is no such case there, or it can't be read. */
export function caseDifference(before: CaseSide | undefined, after: CaseSide | undefined): CaseDifference {
  const { record } = (after ?? before) as CaseSide;
  const old = new Map((before?.record.log ?? []).map((logged) => [logged.name, logged]));
  const now = new Map((after?.record.log ?? []).map((logged) => [logged.name, logged]));
  return {
    number: record.number,
    folder: record.folder,
    status: { ...given('from', before?.state.status), ...given('to', after?.state.status) },
    added: [...now.values()].filter(({ name }) => !old.has(name)).sort((a, b) => a.at - b.at || (a.name < b.name ? -1 : 1)),
    rewritten: [...now.values()].filter((logged) => old.has(logged.name) && said(logged) !== said(old.get(logged.name))),
    deleted: [...old.values()].filter(({ name }) => !now.has(name)),
    changes: after === undefined ? [] : changesBetween(before, after),
  };
}

/** Whether nothing differs that a reviewer has to know. */
export const isNothing = ({ added, rewritten, deleted, changes, status }: CaseDifference): boolean =>
  added.length + rewritten.length + deleted.length + changes.length === 0 && status.from === status.to;

const given = <K extends string, V>(name: K, value: V | undefined): Partial<Record<K, V>> => (value === undefined ? {} : ({ [name]: value } as Record<K, V>));
const said = (logged: LoggedEntry | undefined): string => JSON.stringify([logged?.entry, logged?.text]);

function changesBetween(before: CaseSide | undefined, after: CaseSide): CaseChange[] {
  const [old, now] = [before?.state, after.state];
  return [
    ...(old?.status === now.status ? [] : [{ about: 'status', ...given('from', old?.status), to: now.status } as const]),
    ...(['public', 'exploit', 'attacks'] as const).flatMap((what): CaseChange[] => {
      const [was, is] = [old?.latches[what], now.latches[what]];
      return (was === undefined) === (is === undefined) ? [] : [{ about: 'known', what, to: is !== undefined, ...given('by', is) }];
    }),
    ...moved('publication', old?.scheduled, now.scheduled),
    ...moved('published', old?.published?.at, now.published?.at),
    ...agreedDates(old, now),
    ...embargoChanges(old, now),
    ...deadlineChanges(before?.dues ?? [], after.dues),
    ...vendorChanges(old, now),
    ...cveChanges(old, now),
    ...textChanges(before?.record, after.record),
    ...approvalChanges(before, after),
    ...factChanges(before?.record, after.record),
    ...listed(before?.record.sealed, after.record.sealed).map(({ value, to }) => ({ about: 'sealed', name: value, to }) as const),
  ];
}

const moved = (of: 'publication' | 'published' | 'embargo' | 'embargo-offer', from: Instant | undefined, to: Instant | undefined): CaseChange[] =>
  from === to ? [] : [{ about: 'date', of, ...given('from', from), ...given('to', to) }];

/** What came to a list, and what went. */
const listed = (before: readonly string[] = [], after: readonly string[] = []): { readonly value: string; readonly to: boolean }[] => [
  ...after.filter((value) => !before.includes(value)).map((value) => ({ value, to: true })),
  ...before.filter((value) => !after.includes(value)).map((value) => ({ value, to: false })),
];

function agreedDates(old: CaseState | undefined, now: CaseState): CaseChange[] {
  const parties = [...new Set([...(old?.agreedDates.keys() ?? []), ...now.agreedDates.keys()])];
  return parties.flatMap((party): CaseChange[] => {
    const [from, to] = [old?.agreedDates.get(party), now.agreedDates.get(party)];
    return from === to ? [] : [{ about: 'agreed', party, ...given('from', from), ...given('to', to) }];
  });
}

function embargoChanges(old: CaseState | undefined, now: CaseState): CaseChange[] {
  const was = old?.embargo.status ?? 'none';
  return [
    ...(was === now.embargo.status ? [] : [{ about: 'embargo', from: was, to: now.embargo.status } as const]),
    ...moved('embargo', old?.embargo.until, now.embargo.until),
    ...moved('embargo-offer', old?.embargo.offer, now.embargo.offer),
    ...listed(old?.embargo.acceptedBy, now.embargo.acceptedBy).map(({ value, to }) => ({ about: 'embargo-party', party: value, bound: to }) as const),
  ];
}

const scopeOf = ({ id, vendor, cve }: DueDate): string => `${id} ${vendor ?? ''} ${cve ?? ''}`;
const clockOf = (due: DueDate): string => `${scopeOf(due)} ${due.startedBy.name}`;

/** Clocks of both sides in pairs: of the same start, then of the same rule and party, for another start moves a date. */
function pairs(before: readonly DueDate[], after: readonly DueDate[]): (readonly [DueDate | undefined, DueDate | undefined])[] {
  const left = [...before];
  const take = (fits: (due: DueDate) => boolean): DueDate | undefined => {
    const place = left.findIndex(fits);
    return place === -1 ? undefined : left.splice(place, 1)[0];
  };
  const exact = after.map((due) => [take((other) => clockOf(other) === clockOf(due)), due] as const);
  const matched = exact.map(([old, due]) => [old ?? take((other) => scopeOf(other) === scopeOf(due)), due] as const);
  return [...matched, ...left.map((due) => [due, undefined] as const)];
}

function deadlineChanges(before: readonly DueDate[], after: readonly DueDate[]): CaseChange[] {
  return pairs(before, after).flatMap(([old, due]): CaseChange[] => {
    const step = (what: DeadlineStep, of: DueDate, more: { readonly from?: Instant; readonly by?: LoggedEntry } = {}): CaseChange => ({ about: 'deadline', step: what, due: of, ...more });
    if (due === undefined) return old === undefined || isSettled(old) ? [] : [step('gone', old)];
    const settled = due.state === 'met' || due.state === 'met-late' ? [step(due.state, due, given('by', due.metBy))] : [];
    const broken = due.state === 'overdue' && old?.state !== 'overdue' ? [step('broken', due)] : [];
    if (old === undefined) return due.state === 'not-applicable' ? [] : settled.length > 0 ? settled : broken.length > 0 ? broken : [step('appeared', due, { by: due.startedBy })];
    if (isSettled(due)) return isSettled(old) ? [] : settled.length > 0 ? settled : [step('ended', due)];
    const extended = due.extendedBy !== undefined && due.extendedBy.name !== old.extendedBy?.name;
    const by = extended ? due.extendedBy : due.startedBy.name === old.startedBy.name ? undefined : due.startedBy;
    return [
      ...(isSettled(old) ? [step('reopened', due)] : old.due === due.due ? [] : [step(extended ? 'extended' : 'moved', due, { from: old.due, ...given('by', by) })]),
      ...(due.state === 'paused' && old.state !== 'paused' ? [step('paused', due, given('by', due.pausedBy))] : []),
      ...(due.state !== 'paused' && old.state === 'paused' ? [step('runs-again', due)] : []),
      ...broken,
    ];
  });
}

const vendorFacts = (vendor: VendorState | undefined) => ({ role: vendor?.role, progress: vendor?.progress, fixPath: vendor?.fixPath, status: vendor?.status?.entry.status });

function vendorChanges(old: CaseState | undefined, now: CaseState): CaseChange[] {
  const slugs = [...new Set([...now.vendors.keys(), ...(old?.vendors.keys() ?? [])])];
  return slugs.flatMap((vendor) => {
    const [was, is] = [vendorFacts(old?.vendors.get(vendor)), vendorFacts(now.vendors.get(vendor))];
    return (['role', 'progress', 'fixPath', 'status'] as const).flatMap((of): CaseChange[] => (was[of] === is[of] ? [] : [{ about: 'vendor', vendor, of, ...given('from', was[of]), ...given('to', is[of]) }]));
  });
}

function cveChanges(old: CaseState | undefined, now: CaseState): CaseChange[] {
  const named = (state: CaseState | undefined): string[] => (state?.cves ?? []).map(({ id, assigner }) => `${id} ${assigner}`);
  return listed(named(old), named(now)).map(({ value, to }) => {
    const [id = '', ...assigner] = value.split(' ');
    return { about: 'cve', id, assigner: assigner.join(' '), to };
  });
}

function textChanges(old: CaseRecord | undefined, now: CaseRecord): CaseChange[] {
  return (['en', 'ja'] as const).flatMap((language) => {
    const steps = partSteps(old?.advisories[language], now.advisories[language]);
    return (['gone', 'changed', 'new'] as const).flatMap((step): CaseChange[] => {
      const parts = steps.filter((one) => one.step === step).map(({ part }) => part);
      return parts.length === 0 ? [] : [{ about: 'text', language, step, parts }];
    });
  });
}

function partSteps(was: AdvisoryText | undefined, is: AdvisoryText | undefined): { readonly part: TextPart; readonly step: TextStep }[] {
  if (was === undefined || is === undefined) return was === is ? [] : [{ part: 'text', step: is === undefined ? 'gone' : 'new' }];
  const words = ({ sections }: AdvisoryText, id: SectionId | undefined): string | undefined => {
    const written = sections.filter((section) => section.id === id);
    return written.length === 0 ? undefined : JSON.stringify(written.map(({ heading, text }) => [heading, text]));
  };
  const ids = [...new Set([...was.sections, ...is.sections].map(({ id }) => id))];
  const header = JSON.stringify(was.header) === JSON.stringify(is.header) ? [] : [{ part: 'header', step: 'changed' } as const];
  return [
    ...header,
    ...ids.flatMap((id) => {
      const [before, after] = [words(was, id), words(is, id)];
      return before === after ? [] : [{ part: id ?? 'unknown-section', step: before === undefined ? 'new' : after === undefined ? 'gone' : 'changed' } as const];
    }),
  ];
}

/** The approvals of exactly the text that stands there. */
const boundApprovals = (side: CaseSide | undefined): CaseState['approvals'] => (side?.text === undefined ? [] : side.state.approvals.filter(({ entry }) => entry.text === side.text));

/** given: somebody approved what stands now. lost: it was approved and what stands now is not. missing: it changed and nobody has approved it, as before. */
function approvalChanges(before: CaseSide | undefined, after: CaseSide): CaseChange[] {
  const [was, is] = [boundApprovals(before), boundApprovals(after)];
  const fresh = is.filter(({ name }) => !was.some((known) => known.name === name));
  if (fresh.length > 0) return [{ about: 'approval', step: 'given', approvals: fresh }];
  if (is.length > 0 || after.text === before?.text) return [];
  return was.length > 0 ? [{ about: 'approval', step: 'lost', approvals: was }] : after.text === undefined ? [] : [{ about: 'approval', step: 'missing', approvals: [] }];
}

/** Fields of case.md, and its narrative. Their values stay where they are: a title under an embargo belongs in no comment. */
function factChanges(old: CaseRecord | undefined, now: CaseRecord): CaseChange[] {
  if (old === undefined) return [];
  const [was, is] = [old.file, now.file] as unknown as readonly Readonly<Record<string, unknown>>[];
  const fields = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].filter((field) => JSON.stringify(was?.[field]) !== JSON.stringify(is?.[field]));
  return [...fields, ...(old.narrative === now.narrative ? [] : ['narrative'])].map((field) => ({ about: 'facts', field }));
}
