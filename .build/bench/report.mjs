// The figures of npm run bench as docs/performance.md.

/** Name, what it is, its ratio, and how high that may be. */
const ROWS = [
  ['`vcc --version`', 'Node alone', ({ version, node }) => version / node, 1.25],
  ['`vcc show CASE`', 'Node alone', ({ show, node }) => show / node],
  ['`vcc lint --staged`, one case', 'Node alone', ({ staged, node }) => staged / node, 3],
  ['what the hooks add to a commit of one case', 'what empty Node hooks add', (best) => (best['case ours'] - best['case without']) / (best['case empty'] - best['case without']), 1.5],
  ['what the hooks add to a commit of none of our files', 'Node alone', (best) => (best['foreign ours'] - best['foreign without']) / best.node, 0.3],
  ['`vcc lint` again', 'Node alone and `git status`', ({ warmLint, node, status }) => warmLint / (node + status), (cases) => (cases <= 1000 ? 2.5 : cases <= 10_000 ? 3.5 : 1.5)],
  ['`vcc list`', 'Node alone and `git status`', ({ list, node, status }) => list / (node + status), (cases) => (cases <= 1000 ? 2.5 : cases <= 10_000 ? 3.5 : undefined)],
  ['`vcc due`', 'Node alone and `git status`', ({ due, node, status }) => due / (node + status), (cases) => (cases <= 1000 ? 2.5 : cases <= 10_000 ? 3.5 : undefined)],
  ['`vcc list`', 'Backlog.md, `task list` of as many tasks', ({ list, backlog }) => (backlog === undefined ? undefined : list / backlog), 1],
  ['`vcc lint` with nothing kept', 'reading the files in Node', ({ coldLint, read }) => coldLint / read, 3],
  ['`vcc lint` with nothing kept', 'ajv-cli on the front matter', ({ coldLint, ajv }) => (ajv === undefined ? undefined : coldLint / ajv), 0.45],
];

const shown = (ratio) => (ratio === undefined ? '-' : ratio >= 10 ? ratio.toFixed(0) : ratio.toFixed(2));

function cell(row, { best, count }) {
  const ratio = row[2](best);
  const limit = typeof row[3] === 'function' ? row[3](count) : row[3];
  if (ratio === undefined) return '-';
  return limit === undefined ? shown(ratio) : `${shown(ratio)} (${ratio <= limit ? 'within' : '**over**'} ${limit})`;
}

export function inWords(results, { quick, cpu, cores, node, git }) {
  const head = (first) => `| ${first.join(' | ')} |\n|${first.map(() => '---').join('|')}|\n`;
  const counts = results.map(({ count }) => `${count.toLocaleString('en')} cases`);
  const floors = ['node', 'status', 'read', 'coldLint', 'warmLint', 'list', 'due', 'ajv', 'backlog'];
  return `# How fast vcc is

Written by \`npm run bench -- --cases ${results.map(({ count }) => count).join(',')} --peers${cpu ? ' --cpu' : ''}${quick ? ' --quick' : ''} --write\`; do not edit. Measured on ${cores} cores with Node ${node} and ${git}.

The repositories hold the cases of cases.example again and again, each with a number, CVE ids, vendors and guards of its own. A figure is
${quick ? 'that of one or two runs' : 'the fastest of several runs that take turns'}, as a ratio to a floor of the same run: what the machine needs for Node, Git and the disk alone.
${cpu ? 'Others used the machine meanwhile, so it is the time of the processor, not that of the clock.\n' : ''}"Over" is a target that is not met.

${head(['what', 'compared with', ...counts])}${ROWS.map((row) => `| ${row[0]} | ${row[1]} | ${results.map((result) => cell(row, result)).join(' | ')} |\n`).join('')}
The figures behind them:

${head(['', ...counts])}| files | ${results.map(({ files }) => files.toLocaleString('en')).join(' | ')} |
| memory of a lint with nothing kept, MiB | ${results.map(({ best }) => best.peak.toFixed(0)).join(' | ')} |
${floors.map((name) => `| ${name}, ms | ${results.map(({ best }) => (best[name] === undefined ? '-' : best[name].toFixed(0))).join(' | ')} |\n`).join('')}
## What the time goes into

- Each command starts Node and loads the program with what V8 compiled of it when it was built, which takes as long again. vcc.yaml and policy.yaml are kept as they were checked, and the changes of the
  clocks in their time zones with them, for the first use of Intl would take another half of Node's start.
- \`vcc lint --staged\` then asks Git three times, while the rules are loaded, and replays the case that changed with every rule. What else the repository holds is not read, but Git's index is,
  twice: with ten times as many cases that takes half as long again. A commit runs two hooks, one for its files and one for its message.
- A commit of none of our files is recognized by the shell of the hooks, without Node: each asks Git for the names of what is staged, and Git reads its whole index to tell, as \`git commit\` itself does.
- \`vcc lint\`, \`list\` and \`due\` have Git compare the files with its index, as \`git status\` does, and read what an earlier run kept meanwhile, and what belongs to no case. It is kept by the blobs that were looked at, so that another checkout of the
  same files finds it; what has changed is examined anew.
- \`vcc lint\` with nothing kept replays every case by every rule, in as many threads as there are processors. To read the files is a thirtieth of that; ajv-cli looks at the shape of the front matter and at nothing else.
- What belongs to no case is compared with every one of them. So that vendors times cases does not count, files that say the same are compared once, and leave out what they make known themselves.
`;
}
