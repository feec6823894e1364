import { CASE, type Declaration } from './declaration.ts';

/** What shows cases and clocks. */
export const READING_COMMANDS: readonly Declaration[] = [
  {
    name: 'list',
    summary: 'the cases, what needs a person now first',
    options: [['--all', 'ended cases too'], ['--status <status>', 'only cases in this state'], ['--limit <number>', 'how many cases to show; 0 for all (default: 10; --json always has all)']],
    examples: ['vcc list', 'vcc list --status coordinating --json'],
    run: async (env, _values, flags) => (await import('../commands/list.ts')).list(env, flags),
  },
  {
    name: 'show',
    summary: 'one case: state, parties, clocks, what to do next',
    arguments: [CASE],
    examples: ['vcc show 61247051'],
    run: async (env, values) => (await import('../commands/show.ts')).show(env, { case: values[0] as string }),
  },
  {
    name: 'due',
    summary: 'what is due, when, why, and what to type',
    options: [
      ['--within <time>', 'only what is due within this time: 7d, 2w (default: 30d; overdue always)'],
      ['--case <case>', 'only this case'],
      ['--mine', 'only the cases that you handle'],
      ['--limit <number>', 'how many to show; 0 for all (default: 10; --json and --ics always have all)'],
      ['--all', 'what was met or does not apply any more, too'],
      ['--ics <file>', 'write them as iCalendar for a calendar client; - for standard output'],
    ],
    examples: ['vcc due --within 7d', 'vcc due --mine --ics ~/vcc.ics', 'vcc due --case 61247051 --json'],
    run: async (env, _values, flags) => (await import('../commands/due.ts')).due(env, flags),
  },
  {
    name: 'log',
    summary: 'the story of a case, entry by entry',
    arguments: [CASE],
    examples: ['vcc log 61247051'],
    run: async (env, values) => (await import('../commands/log.ts')).log(env, { case: values[0] as string }),
  },
];
