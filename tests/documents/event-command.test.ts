import { describe, expect, test } from 'vitest';
import { DECLARATIONS } from '../../src/command-list/index.ts';
import { commandsFor } from '../../src/documents/event-command.ts';
import { explainState, stateTopics } from '../../src/documents/explain-state.ts';
import { typedWords } from '../../src/documents/typed-words.ts';
import { EVENTS } from '../../src/generated/events.ts';

/** Flags of a command line that its declaration does not know, or that the command itself is unknown. */
function unknownIn(command: string): string[] {
  const [vcc, ...words] = typedWords(command);
  const declaration = DECLARATIONS.find(({ name }) => name === words[0] || name === words.slice(0, 2).join(' '));
  if (vcc !== 'vcc' || !declaration) return [command];
  const known = new Set((declaration.options ?? []).map(([syntax]) => syntax.split(' ')[0]));
  return words.filter((word) => word.startsWith('--') && !known.has(word)).map((word) => `${word} in ${command}`);
}

describe('commands that are shown can be typed', () => {
  test.each(EVENTS.map((event) => [event.name, event] as const))('%s', (_name, event) => {
    const commands = commandsFor(event);
    expect(commands.length).toBeGreaterThan(0);
    expect(commands.flatMap(unknownIn)).toEqual([]);
  });

  test('every required field of an event that vcc record logs has its flag', () => {
    for (const event of EVENTS) {
      const recorded = commandsFor(event).find((command) => command.startsWith('vcc record'));
      if (recorded === undefined) continue;
      expect(recorded.match(/ --/g)?.length ?? 0).toBe(event.fields.filter(({ required }) => required).length);
    }
  });

  test.each(stateTopics().map(({ name }) => name))('on the way out of %s', (name) => {
    const commands = explainState(name).flatMap(({ facts }) => facts.flatMap(([, lines]) => lines.filter((line) => line.startsWith('$ ')).map((line) => line.slice(2))));
    expect(commands.flatMap(unknownIn)).toEqual([]);
    for (const command of commands) expect(command).not.toMatch(/[|<>;]/);
  });
});
