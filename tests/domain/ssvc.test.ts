import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideBy, idleRules, possibleOutcomes, ssvcOffers, undecidedCombination, type SsvcValues } from '../../src/domain/ssvc.ts';
import { replay } from '../../src/domain/replay.ts';
import type { SsvcTable } from '../../src/generated/documents.ts';
import { aRecord, entry, jpcertPolicy, STORY } from '../support/a-case.ts';

const TABLES = jpcertPolicy().ssvc ?? [];
const table = (id: string): SsvcTable => {
  const found = TABLES.find((one) => one.id === id);
  if (!found) throw new Error(`the policy has no table ${id}`);
  return found;
};

/** The official tables of SSVC; they are read where they lie and are no part of the project. */
const FORMATS = new URL('../../../shared/formats/ssvc/', import.meta.url);
const here = existsSync(FORMATS);
interface Official {
  readonly decision_points: Readonly<Record<string, { readonly values: readonly { readonly key: string; readonly name: string }[] }>>;
  readonly outcome: string;
  readonly mapping: readonly Readonly<Record<string, string>>[];
}

/** Key of the official point -> ours, and where a value is named otherwise, the value. */
const POINTS: Readonly<Record<string, string>> = {
  RP: 'report-public', SCON: 'supplier-contacted', RC: 'report-credibility', SC: 'supplier-cardinality', SE: 'supplier-engagement', U: 'utility', PSI: 'public-safety-impact',
  SINV: 'supplier-involvement', E: 'exploitation', PVA: 'public-value-added',
};
const RENAMED: Readonly<Record<string, string>> = { 'uncooperative/unresponsive': 'uncooperative' };
const ours = (name: string): string => {
  const word = name.toLowerCase().replaceAll(' ', '-');
  return RENAMED[word] ?? word;
};

const OFFICIAL = [
  ['coordinate', 'coordinator_triage_1_0_0.json', 192],
  ['publish', 'coordinator_publish_decision_table_1_0_0.json', 27],
] as const;

describe.skipIf(!here)(`against the official tables of SSVC${here ? '' : ' (SKIPPED: ../shared/formats/ssvc is not here)'}`, () => {
  test.each(OFFICIAL)('%s gives what %s gives, in all %d combinations', (id, file, size) => {
    const official = JSON.parse(readFileSync(new URL(file, FORMATS), 'utf8')) as Official;
    const word = (point: string, key: string | undefined): string => ours(official.decision_points[point]?.values.find((value) => value.key === key)?.name ?? '');
    const seen = new Set<string>();
    for (const row of official.mapping) {
      const values = Object.fromEntries(Object.keys(row).filter((point) => point !== official.outcome).map((point) => [POINTS[point.split(':')[1] ?? ''] ?? point, word(point, row[point])]));
      seen.add(JSON.stringify(values));
      expect([values, possibleOutcomes(table(id), values)]).toEqual([values, [word(official.outcome, row[official.outcome])]]);
    }
    expect(seen.size).toBe(size);
    expect(table(id).points.reduce((product, { values }) => product * values.length, 1)).toBe(size);
  });
});

test.each(TABLES.map(({ id }) => id))('%s decides every combination, and every rule decides something', (id) => {
  expect(undecidedCombination(table(id))).toBeUndefined();
  expect(idleRules(table(id))).toEqual([]);
});

const combinations = (points: SsvcTable['points']): SsvcValues[] =>
  points.reduce<SsvcValues[]>((all, { id, values }) => all.flatMap((one) => values.map((value) => ({ ...one, [id]: value }))), [{}]);
const slow = (one: SsvcTable, values: SsvcValues): string | undefined =>
  one.rules.find(({ when = {} }) => Object.entries(when).every(([point, wanted]) => wanted.includes(values[point] ?? '')))?.outcome;

/** A table of three points with up to three values each, with any rules; it may leave combinations open. */
const anyTable = fc.record({
  sizes: fc.array(fc.integer({ min: 2, max: 3 }), { minLength: 3, maxLength: 3 }),
  rules: fc.array(fc.record({ outcome: fc.constantFrom('a1', 'b1', 'c1'), when: fc.array(fc.option(fc.subarray([0, 1, 2], { minLength: 1 })), { minLength: 3, maxLength: 3 }) }), { minLength: 1, maxLength: 6 }),
}).map(({ sizes, rules }): SsvcTable => ({
  id: 'any',
  title: { en: 'Any' },
  source: 'own choice',
  outcomes: ['a1', 'b1', 'c1'],
  points: sizes.map((size, point) => ({ id: `p${point}`, question: { en: 'Q' }, values: Array.from({ length: size }, (_, value) => `v${value}`) as [string, string] })),
  rules: rules.map(({ outcome, when }) => ({ outcome, when: Object.fromEntries(when.flatMap((values, point) => (values === null ? [] : [[`p${point}`, values.map((value) => `v${value}`)]]))) })),
}));

describe('the outcomes that remain possible', () => {
  test('are those of every way to complete the answers', () => {
    fc.assert(
      fc.property(anyTable, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }), fc.nat(), (one, answered, pick) => {
        const all = combinations(one.points);
        const chosen = all[pick % all.length] ?? {};
        const known = Object.fromEntries(Object.entries(chosen).filter((_, index) => answered[index]));
        const completions = all.filter((values) => Object.entries(known).every(([point, value]) => values[point] === value));
        const expected = new Set(completions.flatMap((values) => slow(one, values) ?? []));
        expect(new Set(possibleOutcomes(one, known))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });
  test('a combination is named as undecided exactly where no rule fits it', () => {
    fc.assert(
      fc.property(anyTable, (one) => {
        const open = undecidedCombination(one);
        if (open === undefined) expect(combinations(one.points).filter((values) => slow(one, values) === undefined)).toEqual([]);
        else expect(slow(one, open)).toBeUndefined();
      }),
      { numRuns: 2000 },
    );
  });
  test('an answer that the table does not have leaves none', () => {
    expect(possibleOutcomes(table('publish'), { exploitation: 'nonsense' })).toEqual([]);
  });
});

test('answers that decide already are recorded with the outcome, others without', () => {
  expect(decideBy(table('coordinate'), { 'report-public': 'yes', 'public-safety-impact': 'minimal' })).toMatchObject({ table: 'coordinate', outcome: 'decline' });
  expect(decideBy(table('coordinate'), { 'report-public': 'no' })).toEqual({ table: 'coordinate', values: { 'report-public': 'no' } });
});

describe('what the case says itself', () => {
  const offers = (log: Parameters<typeof aRecord>[0], file: NonNullable<Parameters<typeof aRecord>[1]>['file'] = {}): SsvcValues => {
    const record = aRecord(log, { file });
    return ssvcOffers(record.file, replay(record).state);
  };
  test('nothing but the number of suppliers where nothing is known', () => {
    expect(offers([STORY.received])).toEqual({ 'supplier-cardinality': 'one' });
  });
  test('the checklist, the reporter and several vendors', () => {
    const assessed = entry('assessed', '2014-05-02T10:00', { criteria: { 'not-public': { answer: 'yes' } }, spread: 'wide', priority: 'priority' });
    expect(offers([STORY.received, assessed], { vendorContacted: 'yes', products: [{ vendor: 'A', name: 'x', versions: ['1'] }, { vendor: 'B', name: 'y', versions: ['1'] }] })).toEqual({ 'report-public': 'no', 'supplier-contacted': 'yes', 'supplier-cardinality': 'multiple' });
  });
  test('the log: an engaged vendor, a fix, attacks', () => {
    const attacks = entry('attacks-observed', '2014-05-21T09:00', { how: 'a honeypot' });
    expect(offers([STORY.received, STORY.assessed, STORY.accepted, STORY.added, STORY.contacted, STORY.replied, STORY.fixed, attacks])).toMatchObject({ 'supplier-engagement': 'active', 'supplier-involvement': 'fix-ready', exploitation: 'active' });
  });
});
