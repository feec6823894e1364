import type { Declaration } from './declaration.ts';

/** The case repository itself, and vcc. */
export const REPOSITORY_COMMANDS: readonly Declaration[] = [
  {
    name: 'init',
    summary: 'make a case repository',
    arguments: [['[dir]', 'where; the current folder when missing']],
    options: [
      ['--name <name>', 'name of the organisation in English'],
      ['--name-ja <name>', 'name of the organisation in Japanese'],
      ['--email <address>', 'address that messages are sent from'],
      ['--url <url>', 'web page of the organisation'],
      ['--timezone <zone>', 'time zone in which days are counted (default with the policy jpcert: Asia/Tokyo)'],
      ['--closure <MM-DD>', '* day of the year on which the office is closed; may be repeated (default in Asia/Tokyo: 12-29 to 01-03)'],
      ['--series <prefix>', 'prefix of public ids on the partnership route (default with jpcert: JVN)'],
      ['--series-direct <prefix>', 'prefix of public ids on the direct route (default with jpcert: JVNVU)'],
      ['--policy <name>', 'the rules to start from (default: jpcert)'],
      ['--coordinator <person>', '* a member of the team: "Name <address>", or "short-name: Name <address>"; may be repeated'],
      ['--key <file>', '* OpenPGP public key of the coordinator, in the same order; may be repeated'],
      ['--public <path>', 'the public repository, from the root of this one; needs --public-url'],
      ['--public-url <url>', 'web address under which the public repository is served; needed with --public'],
      ['--cna <name>', 'short name of the organisation as a CVE Numbering Authority'],
      ['--cna-org <uuid>', 'its organisation id at the CVE Program'],
    ],
    examples: ['vcc init my-cases', 'vcc init my-cases --name "Example CERT" --email vuls@example.org --coordinator "Aoki Hanako <aoki@example.org>" --key aoki.asc'],
    writes: true,
    anywhere: true,
    run: async (env, values, flags) => (await import('../commands/init.ts')).init(env, { dir: values[0] as string | undefined, ...flags }),
  },
  {
    name: 'lint',
    summary: 'check the case repository',
    arguments: [['[paths...]', 'only findings in these files or folders']],
    options: [['--staged', 'check what git commit would record'], ['--fix', 'first mend in the work tree what is mechanical, without a commit'], ['-n, --dry-run', 'with --fix: say what would be mended, and write nothing'], ['--rule <id>', '* only this rule; may be repeated'], ['--pushed', 'check what a push brings, by the refs on standard input (for the hooks pre-push and pre-receive)'], ['--base <commit>', 'compare with a commit as well, such as origin/main: is the log rewritten, is a case gone'], ['--format <form>', 'text, json, sarif, github (workflow commands), gitlab (Code Quality) or junit'], ['--max-warnings <number>', 'fail with more warnings than that'], ['--quiet', 'show errors only, in every form; warnings that are too many for --max-warnings are shown'], ['--message <file>', 'check a commit message for what is sealed (- for standard input)'], ['--commits <range>', 'check the messages of commits for what is sealed, such as main..HEAD']],
    examples: ['vcc lint', 'vcc lint --staged', 'vcc lint --fix --dry-run', 'vcc lint --fix', 'vcc lint --base origin/main --format sarif > findings.sarif', 'vcc lint --commits main..HEAD', 'vcc lint cases/2014/61247051'],
    more: `--fix changes only what says the same afterwards: line ends, a byte order mark, the execute bit, the form of a package URL, a
suppression that has ended. It never touches entries of the log that are committed, keys, sealed files, texts that somebody has approved,
or a file that a safety rule found something in. It ends with the exit code of what is left.`,
    run: async (env, values, { pushed, ...flags }) => {
      const paths = (values[0] ?? []) as readonly string[];
      if (pushed === true) return (await import('../commands/lint-pushed.ts')).lintPushed(env, { paths, ...flags });
      if (flags.staged === true || (typeof flags.message === 'string' && flags.message !== '-')) env.ahead('staged');
      else if (paths.length === 0 && ['fix', 'rule', 'message', 'commits'].every((name) => !(name in flags))) env.ahead('caseMemory');
      return (await import('../commands/lint.ts')).lint(env, { paths, ...flags });
    },
  },
  {
    name: 'archive',
    summary: 'fold the logs of cases that have long been over: one file in place of one an entry',
    arguments: [['[cases...]', 'only these; when missing, every case that has been over for long enough']],
    options: [['--closed-for <length>', 'how long ago the last thing happened in a case: "1 year" (default), "6 months", "90 days"'], ['--unfold', 'the other way round, for one case: the entries of log.md are files of log/ again']],
    examples: ['vcc archive --dry-run', 'vcc archive', 'vcc archive --closed-for "6 months"', 'vcc archive 61247051', 'vcc archive 61247051 --unfold'],
    more: `A case is over when it is closed, declined, withdrawn or published, nothing is left to do in it, no clock runs, and lint finds no error in it.
Then log.md takes the place of log/: every entry whole and byte for byte below the name of its file. Before anything is written, the folded
case is read: each entry, the state and what lint says must be the same. One commit folds 1,000 cases at most. case.md, the public texts and sealed
parts stay files of their own. All commands read a folded log as before; what happens later goes into log/, and is folded in its turn.`,
    writes: true,
    run: async (env, values, flags) => (await import('../commands/archive.ts')).archive(env, { cases: (values[0] ?? []) as readonly string[], ...flags }),
  },
  {
    name: 'site build',
    summary: 'make the pages, lists and feeds of the public repository anew from its advisory.json files',
    options: [['--check', 'write nothing; compare everything, and exit with 1 where something differs'], ['--all', 'look at everything, and not only at what changed since the last build in this clone']],
    examples: ['vcc site build', 'vcc site build --all', 'vcc site build --dry-run', 'vcc site build --check --json'],
    more: `vcc publish keeps the site up to date by itself. This is for what it cannot see: another style or other words of a newer vcc, another
name or address in vcc.yaml, a change of the list of unreachable developers, a merge in the public repository. Only what differs
is written; pages that nothing is on any more go. More than 10000 files go in several commits. Only what changed since the last build in
this clone is looked at, where vcc and vcc.yaml are the same.`,
    writes: true,
    run: async (env, _values, flags) => (await import('../commands/site-build.ts')).siteBuild(env, flags),
  },
  {
    name: 'hooks install',
    summary: 'check every commit, message, merge and push in this clone; on a server, what is pushed to it',
    examples: ['vcc hooks install'],
    writes: true,
    run: async (env) => (await import('../commands/hooks.ts')).hooksInstall(env),
  },
  {
    name: 'hooks status',
    summary: 'which hooks are in place',
    examples: ['vcc hooks status'],
    run: async (env) => (await import('../commands/hooks.ts')).hooksStatus(env),
  },
  {
    name: 'hooks uninstall',
    summary: 'take the hooks of vcc away',
    examples: ['vcc hooks uninstall'],
    writes: true,
    run: async (env) => (await import('../commands/hooks.ts')).hooksUninstall(env),
  },
  {
    name: 'demo',
    summary: 'one real case from the report to the advisory, in a temporary repository',
    options: [['--fast', 'do not pause between the steps']],
    examples: ['vcc demo'],
    run: async (env, _values, flags) => (await import('../commands/demo.ts')).demo(env, flags),
  },
];
