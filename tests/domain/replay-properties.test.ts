import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkShape } from '../../src/documents/check-shape.ts';
import { CASE_STATUSES, type CaseState } from '../../src/domain/case-state.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { EMBARGO } from '../../src/domain/embargo.ts';
import { FIX_PATH } from '../../src/domain/fix-path.ts';
import { LATCH_NAMES } from '../../src/domain/latches.ts';
import { LIFECYCLE, mayStand, movesCase } from '../../src/domain/lifecycle.ts';
import { replay } from '../../src/domain/replay.ts';
import { VENDOR_PROGRESS } from '../../src/domain/vendor-progress.ts';
import { EVENTS } from '../../src/generated/events.ts';
import { aRecord, entry } from '../support/a-case.ts';
import { anEntryOf, anyEntry, anyLog, inTurn } from '../support/any-entry.ts';

const SEED = 61247051;
const RUNS = 1000;
const WALKS = 150;
const run = (log: readonly LoggedEntry[]): ReturnType<typeof replay> => replay(aRecord(log));
const check = <T>(property: fc.IPropertyWithHooks<T>, numRuns = RUNS): void => {
  fc.assert(property, { numRuns, seed: SEED });
};

/** How often a run met what its property is about: a property that is never put to the test says nothing. */
function counter(least: number): { readonly met: () => void; readonly done: () => void } {
  let times = 0;
  return { met: () => void (times += 1), done: () => { expect(times).toBeGreaterThan(least); } };
}

/** The states after each entry, for logs without corrections: those change the past. */
function statesOf(log: readonly LoggedEntry[]): CaseState[] {
  const told = log.filter(({ entry }) => entry.event !== 'corrected');
  return told.map((_, place) => run(inTurn(told).slice(0, place + 1)).state);
}

const pairs = (log: readonly LoggedEntry[]): [CaseState, CaseState][] => {
  const states = statesOf(log);
  return states.slice(1).map((after, place) => [states[place] as CaseState, after]);
};

describe('the generator', () => {
  test.each(EVENTS.map(({ name }) => name))('%s: 20 entries that the schema accepts, and every field occurs', (event) => {
    const seen = new Set<string>();
    check(
      fc.property(anEntryOf(event), ({ entry }) => {
        expect(checkShape('log-entry', entry, () => ({ line: 1, column: 1 }), 'entry.md')).toEqual([]);
        Object.keys(entry).forEach((field) => seen.add(field));
      }),
      20,
    );
    expect([...seen].sort()).toEqual(['at', 'by', 'event', ...(EVENTS.find(({ name }) => name === event)?.fields ?? []).map(({ name }) => name)].sort());
  });
});

describe(`whatever the log says, ${RUNS} logs each`, () => {
  test('there is a state, and the order of the files changes neither it nor the findings', () => {
    check(
      fc.property(anyLog.chain((log) => fc.tuple(fc.constant(log), fc.shuffledSubarray(log, { minLength: log.length }))), ([log, shuffled]) => {
        const one = run(log);
        expect(CASE_STATUSES).toContain(one.state.status);
        expect(run(shuffled)).toEqual(one);
      }),
    );
  });

  test('a finding names a file of the case', () => {
    check(
      fc.property(anyLog, (log) => {
        const files = new Set([...log.map(({ path }) => path), `${aRecord([]).folder}/case.md`]);
        for (const { file, message } of run(log).findings) expect([message, files.has(file)]).toEqual([message, true]);
      }),
    );
  });

  test('an entry that is wrong where it stands has no effect', () => {
    check(
      fc.property(anyLog, (log) => {
        const { state, findings } = run(log);
        const kept = new Set(state.entries.map(({ path }) => path));
        for (const { rule, file, message } of findings) if (rule === 'illegal-transition' || rule === 'vendor-not-in-case') expect([message, kept.has(file)]).toEqual([message, false]);
      }),
    );
  });

  test('the case, its vendors, their fixes and the embargo move along their tables only', () => {
    check(
      fc.property(anyLog, (log) => {
        const { state } = run(log);
        const last = new Map<string, string>();
        for (const { from, to, by } of state.path) expect(LIFECYCLE.some((row) => row.from === from && row.to === to && row.event === by.entry.event)).toBe(true);
        for (const change of state.changes) {
          const key = change.of === 'embargo' ? change.of : `${change.of} ${change.vendor}`;
          const from = last.get(key) ?? (change.of === 'embargo' ? 'none' : undefined);
          const table: Readonly<Record<string, Readonly<Record<string, string>>>> = change.of === 'embargo' ? EMBARGO : change.of === 'progress' ? VENDOR_PROGRESS : FIX_PATH;
          // Publication ends an embargo, or voids the proposal of one, without a step of its own.
          const byPublication = change.of === 'embargo' && change.by.entry.event === 'published' && (change.to === 'exited' || change.to === 'none');
          // Where two ends were proposed, the acceptance of the earlier leaves the later as a revision at once.
          const leftOver = change.of === 'embargo' && from === 'proposed' && change.to === 'revise';
          if (from !== undefined && !byPublication && !leftOver) expect([key, from, change.to, Object.values(table[from] ?? {}).includes(change.to)]).toEqual([key, from, change.to, true]);
          last.set(key, change.to);
        }
        for (const { slug, progress, fixPath } of state.vendors.values()) expect([last.get(`progress ${slug}`), last.get(`fix-path ${slug}`)]).toEqual([progress, fixPath]);
        expect(last.get('embargo') ?? 'none').toBe(state.embargo.status);
      }),
    );
  });

  test('no entry is kept where it may not stand', () => {
    check(
      fc.property(anyLog, (log) => {
        const { state } = run(log);
        for (const [place, { entry }] of state.entries.entries()) {
          const before = run(state.entries.slice(0, place)).state;
          const started = state.entries.slice(0, place).some(({ entry: { event } }) => event === 'received');
          if (started) expect([entry.event, before.status, mayStand(entry.event, before.status)]).toEqual([entry.event, before.status, true]);
        }
      }),
      150,
    );
  });
});

describe(`from entry to entry, ${WALKS} logs each`, () => {
  test('a latch that is set stays with the entry that set it', () => {
    const latched = counter(200);
    check(
      fc.property(anyLog, (log) => {
        for (const [before, after] of pairs(log)) {
          for (const name of LATCH_NAMES) {
            if (!before.latches[name]) continue;
            latched.met();
            expect(after.latches[name]?.name).toBe(before.latches[name].name);
          }
        }
      }),
      WALKS,
    );
    latched.done();
  });

  test('an embargo that is over never comes back, and none is without an end while in force', () => {
    const over = counter(100);
    const agreed = [entry('embargo-proposed', '2014-05-09T10:00', { party: 'team', until: '2015-01-01T00:00:00Z' }), entry('embargo-accepted', '2014-05-10T10:00', { party: 'reporter' })];
    const ended = entry('embargo-terminated', '2014-05-11T10:00', { reason: 'x' });
    check(
      fc.property(anyLog, anyLog, anyLog, (begin, between, then) => {
        for (const [before, after] of pairs([...begin.slice(0, 6), ...agreed, ...between.slice(-4), ended, ...then.slice(-12)])) {
          if (after.embargo.status === 'active' || after.embargo.status === 'revise') expect(after.embargo.until).toBeTypeOf('number');
          if (before.embargo.status !== 'exited') continue;
          over.met();
          expect(after.embargo.status).toBe('exited');
        }
      }),
      WALKS,
    );
    over.done();
  });

  test('what is published stays published', () => {
    const published = counter(20);
    check(
      fc.property(anyLog, (log) => {
        for (const [before, after] of pairs(log)) {
          if (!before.published) continue;
          published.met();
          expect(after.published?.name).toBe(before.published.name);
          expect(['published', 'closed']).toContain(after.status);
        }
      }),
      WALKS,
    );
    published.done();
  });

  test('nobody unlearns a flaw or loses a fix, and closing a case touches no embargo', () => {
    const order = Object.keys(FIX_PATH);
    check(
      fc.property(anyLog, (log) => {
        for (const [before, after] of pairs(log)) {
          for (const { slug, fixPath } of before.vendors.values()) expect(order.indexOf(after.vendors.get(slug)?.fixPath ?? '')).toBeGreaterThanOrEqual(order.indexOf(fixPath));
          if (after.status !== before.status && (after.status === 'closed' || after.status === 'withdrawn')) expect(after.embargo).toEqual(before.embargo);
        }
      }),
      WALKS,
    );
  });

  test('details to a vendor that has not accepted the embargo are a finding, in whatever status they may be sent', () => {
    const unlawful = counter(40);
    const details = anEntryOf('vendor-contacted').map((logged) => ({ ...logged, entry: { ...logged.entry, purpose: 'details' } }) as LoggedEntry);
    check(
      fc.property(anyLog, anEntryOf('embargo-proposed'), anyLog, details, (begin, proposed, then, told) => {
        const log = inTurn([...begin, proposed, ...then.slice(-6), told].filter(({ entry }) => entry.event !== 'corrected'));
        const last = log.at(-1);
        if (last?.entry.event !== 'vendor-contacted' || last.entry.outcome === 'bounced') return;
        const { state } = run(log.slice(0, -1));
        const { status, until } = state.embargo;
        const over = status === 'exited' || ((status === 'active' || status === 'revise') && (until ?? 0) <= last.at) || state.published !== undefined;
        const proposedOnce = state.entries.some(({ entry: { event } }) => event === 'embargo-proposed');
        const vendor = state.vendors.get(last.entry.vendor);
        if (over || !proposedOnce || !vendor || vendor.acceptedEmbargo || !mayStand('vendor-contacted', state.status)) return;
        unlawful.met();
        expect(run(log).findings.filter(({ file }) => file === last.path).map(({ rule }) => rule)).toContain('embargo-order');
      }),
      RUNS,
    );
    unlawful.done();
  });

  test('one more entry at the end never undoes what the others found', () => {
    check(
      fc.property(anyLog, anyEntry, (log, more) => {
        fc.pre(more.entry.event !== 'corrected');
        const told = inTurn([...log, more]);
        const errors = (entries: readonly LoggedEntry[]): string[] => run(entries).findings.filter(({ severity }) => severity === 'error').map(({ message, file }) => `${file} ${message}`);
        const after = new Set(errors(told));
        for (const error of errors(told.slice(0, -1)).filter((text) => !text.includes('is not in the log') && !text.includes('has no'))) expect(after).toContain(error);
      }),
      WALKS,
    );
  });
});

test('an event that moves no case is in no row of the lifecycle', () => {
  expect(EVENTS.filter(({ name }) => movesCase(name as never)).map(({ name }) => name).sort()).toEqual(['accepted', 'closed', 'committee-returned', 'declined', 'published', 'received', 'reopened', 'scheduled', 'unscheduled', 'updated', 'vendor-contacted', 'withdrawn']);
});
