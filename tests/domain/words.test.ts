import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { eventList, fieldFlags, fieldLabel, flagsOf, flagOf, OWN_COMMAND, RECORDABLE } from '../../src/domain/event-words.ts';
import { didYouMean, distance, nearestWord } from '../../src/domain/near-word.ts';
import { refusePlaceholder } from '../../src/domain/placeholders.ts';
import { EVENTS } from '../../src/generated/events.ts';

describe('the nearest word', () => {
  it.each([
    ['vendor-reply', ['vendor-replied', 'vendor-added'], 'vendor-replied'],
    ['acne', ['libre', 'acme'], 'acme'],
    ['ACME', ['acme'], 'acme'],
    ['x', ['y', 'z'], undefined],
    ['reporter', ['receiving-organisation'], undefined],
    ['acme', ['acme'], undefined],
  ])('to %s among %j is %s', (wrong, known, near) => {
    expect(nearestWord(wrong, known)).toBe(near);
    expect(didYouMean(wrong, known)).toBe(near === undefined ? '' : `Did you mean ${near}? `);
  });

  it('is found for every event with one letter lost', () => {
    const names = RECORDABLE.map(({ name }) => name);
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, at) => {
        const wrong = name.slice(0, at % name.length) + name.slice((at % name.length) + 1);
        const near = nearestWord(wrong, names) ?? '';
        expect(distance(near, wrong, 3)).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('the words of the log', () => {
  it('has every event once: recorded, or with a command of its own', () => {
    expect([...RECORDABLE.map(({ name }) => name), ...Object.keys(OWN_COMMAND)].sort()).toEqual(EVENTS.map(({ name }) => name).sort());
    expect(eventList().split('\n')).toHaveLength(RECORDABLE.length + 1);
  });

  it('begins with what is common and ends with what is rare', () => {
    expect(RECORDABLE[0]?.name).toBe('vendor-replied');
    expect(RECORDABLE.slice(-2).map(({ name }) => name)).toEqual(['reopened', 'corrected']);
  });

  it('names every field in plain words and has a flag for it', () => {
    const flags = fieldFlags().map(([syntax]) => syntax.split(' ')[0]);
    expect(new Set(flags).size).toBe(flags.length);
    for (const event of RECORDABLE) {
      for (const field of event.fields) {
        if (field.kind === 'object' && field.name !== 'conditions') continue;
        expect(fieldLabel(event.name, field.name), `${event.name}.${field.name}`).toMatch(/^[A-Z]/);
        expect(flags).toEqual(expect.arrayContaining(flagsOf(field).map(flagOf)));
      }
    }
  });
});

describe('placeholders', () => {
  it.each(['TEXT', ' REASON ', 'SLUG', 'WHEN', 'NAME', 'FILE', ['acme', 'SLUG']])('%j is refused, by its flag', (value) => {
    expect(() => refusePlaceholder('--text', value)).toThrow(/^--text: [A-Z]+ stands for/);
  });

  it.each(['The text', 'text', 'A TEXT', '', true, undefined, ['acme']])('%j is not', (value) => {
    expect(() => refusePlaceholder('--text', value)).not.toThrow();
  });
});
