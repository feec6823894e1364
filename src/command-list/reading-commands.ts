import { CASE, type Declaration } from './declaration.ts';

/** What shows cases and clocks. */
export const READING_COMMANDS: readonly Declaration[] = [
  {
    name: 'list',
    summary: 'the cases, what needs a person now first',
    options: [['--all', 'ended cases too'], ['--status <status>', 'only cases in this state'], ['--limit <number>', 'how many cases to show; 0 for all (default: 10; --json always has all)']],
    examples: ['vcc list', 'vcc list --status coordinating --json'],
    async run(env, _values, flags) {
      env.ahead('caseMemory');
      return (await import('../commands/list.ts')).list(env, flags);
    },
  },
  {
    name: 'show',
    summary: 'one case: state, parties, clocks, what to do next',
    arguments: [CASE],
    options: [['--graph', 'how it got there: states, vendors, fixes and embargo side by side']],
    examples: ['vcc show 61247051', 'vcc show 61247051 --graph'],
    run: async (env, values, flags) => (await import('../commands/show.ts')).show(env, { case: values[0] as string, ...flags }),
  },
  {
    name: 'preview',
    summary: 'the advisory as it would be published, in the browser of this machine',
    arguments: [CASE],
    options: [['--port <number>', 'serve on this port (default: a free one)'], ['--print <file>', 'print one file instead, for example en.html or advisory.ja.md']],
    more: 'The address works on this machine alone and holds a word that nobody can guess. Each reload reads the case anew; Ctrl-C ends it.\nNothing is written, and nothing of the frame around the pages is ever published. From another machine: ssh -L PORT:127.0.0.1:PORT HOST',
    examples: ['vcc preview 61247051', 'vcc preview 61247051 --port 8061', 'vcc preview 61247051 --print advisory.en.md'],
    run: async (env, values, flags) => (await import('../commands/preview.ts')).preview(env, { case: values[0] as string, ...flags }),
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
    async run(env, _values, flags) {
      env.ahead('caseMemory');
      return (await import('../commands/due.ts')).due(env, flags);
    },
  },
  {
    name: 'outbox',
    summary: 'messages that wait, were sent, or could not be',
    options: [['--all', 'what was sent, too']],
    examples: ['vcc outbox', 'vcc outbox --all --json'],
    run: (env, _values, flags) => import('../commands/outbox.ts').then(({ outbox }) => outbox(env, flags)),
  },
  {
    name: 'open',
    summary: 'open a sealed part of a case with your own key',
    arguments: [CASE, ['[name]', 'its name in sealed/, such as report, poc or mail-1f2e3d4c; without it the names are listed']],
    options: [['--output <file>', 'write it there, byte by byte, outside of the repository (default: its text, of a mail decoded, on the terminal)']],
    examples: ['vcc open 61247051', 'vcc open 61247051 report', 'vcc open 61247051 original --output ~/report.eml'],
    run: async (env, values, flags) => (await import('../commands/open.ts')).open(env, { case: values[0] as string, name: values[1] as string | undefined, ...flags }),
  },
  {
    name: 'log',
    summary: 'the story of a case, entry by entry',
    arguments: [CASE],
    examples: ['vcc log 61247051'],
    run: async (env, values) => (await import('../commands/log.ts')).log(env, { case: values[0] as string }),
  },
  {
    name: 'review',
    summary: 'what a branch changes in meaning: states, dates, vendors, texts, rules, and who vouches for it',
    arguments: [['[range]', 'BASE...HEAD (from where they parted), or BASE..HEAD or BASE, where HEAD has all of it; when missing, what the default branch does not have yet']],
    options: [['--format <form>', 'text, md (a comment for a pull request) or json']],
    more: `Reads commits and nothing else; what is not committed is no part of it. Besides what vcc lint finds in what changed, it finds
  entry-by-another   an entry in the name of somebody who did not write the commit
  commit-signature   a commit with a bad signature, or by a revoked key
  commit-unproven    where commits are signed: one that is not, or whose key is not known here
The exit code is 1 where something is wrong. Free text, titles and sealed parts are left out: comments go out by mail, in clear.`,
    examples: ['vcc review', 'vcc review origin/main...HEAD', 'vcc review HEAD~3 --format md', 'vcc review HEAD^1..HEAD --json'],
    run: async (env, values, flags) => (await import('../commands/review.ts')).review(env, { range: values[0] as string | undefined, ...flags }),
  },
  {
    name: 'explain',
    summary: 'why something is as it is: a deadline, a rule, a state or an event',
    arguments: [
      ['[topic]', 'deadline, rule, state or event; or a name that is only one of them'],
      ['[name]', 'its name; without one, what can be explained'],
    ],
    options: [['--markdown', 'with state and no name: all tables as a page (docs/lifecycle.md)']],
    examples: ['vcc explain', 'vcc explain deadline acknowledge', 'vcc explain state coordinating', 'vcc explain event fix-available', 'vcc explain illegal-transition'],
    anywhere: true,
    run: async (env, values, flags) => (await import('../commands/explain.ts')).explain(env, { kind: values[0] as string | undefined, name: values[1] as string | undefined, ...flags }),
  },
];
