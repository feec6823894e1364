import { CHAPTERS, INTRODUCTION, MATERIAL, PEOPLE, type DemoStep, type Person } from '../demo-story.ts';
import { shellWords } from '../documents/hook-script.ts';
import { paint, type Paint } from '../documents/paint.ts';
import { typedWords } from '../documents/typed-words.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';

/** Milliseconds before each chapter; the commands take their own time. */
const PAUSE = 400;

/** What stays from one step to the next, as in a person's shell. */
interface Desk {
  readonly folder: string;
  readonly cwd: string;
  readonly now: string;
  readonly by: Person;
}

type Result = Awaited<ReturnType<Environment['shell']['run']>>;

/** vcc demo: one real case from the report to the advisory, each step a real command in a folder of its own. */
export async function demo(env: Environment, options: { readonly fast?: boolean }): Promise<number> {
  const { out, shell } = env;
  const colours = paint(out.colour);
  const print = (text: string): unknown => out.json || out.print(text);
  const folder = await shell.temporaryFolder('vcc-demo-');
  await layOut(env, folder);
  print(`${INTRODUCTION}\n\n${colours.prompt('$')} cd ${folder}`);

  let desk: Desk = { folder, cwd: folder, now: '', by: 'mori' };
  const done: { command: string; code: number }[] = [];
  let vendorMail = '';
  for (const [index, chapter] of CHAPTERS.entries()) {
    if (out.colour && options.fast !== true) await shell.pause(PAUSE);
    print(`\n${colours.strong(`${index + 1}. ${chapter.title}`)}\n${chapter.say}\n`);
    for (const step of chapter.steps) {
      if (step.by !== undefined && step.by !== desk.by) print(`${colours.prompt('$')} export GIT_CONFIG_GLOBAL=${identityFile(folder, step.by)}    ${colours.quiet(`# ${PEOPLE[step.by].name} sits down`)}`);
      desk = { ...desk, now: step.now ?? desk.now, by: step.by ?? desk.by };
      if (step.say !== undefined) print(colours.quiet(step.say));
      print(`${colours.prompt('$')} ${asTyped(step, desk, colours)}`);
      const result = await carryOutStep(env, step, desk);
      desk = { ...desk, cwd: result.cwd };
      if (result.output.trim() !== '') print(result.output.replace(/\s+$/, ''));
      checkEnd(step, result, folder);
      if (step.refused) print(colours.soon('(refused with exit code 1, as it should be)'));
      print('');
      done.push({ command: step.type, code: result.code });
      vendorMail = /openssl \(details\)\s+in the outbox: (\S+)/.exec(result.output)?.[1] ?? vendorMail;
    }
  }
  if (out.json) out.envelope('demo', { folder, cases: `${folder}/cases`, public: `${folder}/public`, steps: done });
  print(ending(env, folder, vendorMail, colours));
  return 0;
}

const identityFile = (folder: string, person: Person): string => `${folder}/${person}.gitconfig`;

/** The report, the texts, the example keys, and a Git configuration for each person: the user's own is left alone. */
async function layOut(env: Environment, folder: string): Promise<void> {
  for (const name of MATERIAL) await env.shell.write(`${folder}/${name}`, env.shipped(`templates/demo/${name}`));
  for (const [person, { name, email }] of Object.entries(PEOPLE)) {
    const key = JSON.stringify(`${folder}/keys/${person}.secret.asc`);
    await env.shell.write(identityFile(folder, person as Person), `[user]\n\tname = ${name}\n\temail = ${email}\n[vcc]\n\tkeyFile = ${key}\n[init]\n\tdefaultBranch = main\n`);
  }
}

const isVcc = (step: DemoStep): boolean => step.type.startsWith('vcc ');

const asTyped = (step: DemoStep, desk: Desk, colours: Paint): string => `${step.type}${isVcc(step) ? colours.quiet(` --now ${desk.now}`) : ''}`;

async function carryOutStep(env: Environment, step: DemoStep, desk: Desk): Promise<Result & { readonly cwd: string }> {
  const [program = '', ...words] = typedWords(step.type);
  const at = (path: string): string => `${desk.cwd}/${path}`;
  const quiet = { code: 0, output: '', cwd: desk.cwd };
  switch (program) {
    case 'vcc':
      return { ...(await run(env, [...env.hooks.ownCommand, ...words, '--now', desk.now], desk)), cwd: desk.cwd };
    case 'git':
      return { ...(await run(env, [program, ...words], desk)), cwd: desk.cwd };
    // These are done here, so that the demo needs nothing but Node and Git on any system.
    case 'cd':
      return { ...quiet, cwd: at(words[0] ?? '') };
    case 'cp': {
      const target = words.at(-1) ?? '';
      for (const source of words.slice(0, -1)) await env.shell.write(at(`${target}/${source.split('/').at(-1) ?? ''}`), await env.shell.read(at(source)));
      return quiet;
    }
    case 'head': {
      const [, count = '10', file = ''] = words;
      return { ...quiet, output: (await env.shell.read(at(file))).split('\n').slice(0, Number(count)).join('\n') };
    }
    default:
      throw new RangeError(`the demo cannot run ${program}`);
  }
}

function run(env: Environment, command: readonly string[], desk: Desk): Promise<Result> {
  const { name, email } = PEOPLE[desk.by];
  return env.shell.run(command, {
    cwd: desk.cwd,
    env: {
      GIT_CONFIG_GLOBAL: identityFile(desk.folder, desk.by),
      // Nothing of the machine's or the user's own set-up: signing, hooks, another identity, another clock.
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_COUNT: '0',
      GIT_CONFIG_PARAMETERS: '',
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: desk.now,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: desk.now,
      GIT_PAGER: 'cat',
      VCC_KEY_FILE: '',
      // The hooks of git commit look at the clock too.
      VCC_NOW: desk.now,
    },
  });
}

function checkEnd(step: DemoStep, { code }: Result, folder: string): void {
  const expected = step.refused ? 1 : 0;
  if (code === expected) return;
  throw refusal('demo-stopped', `The demo stopped: exit code ${code} instead of ${expected} from\n${step.type}`, `What it left lies in ${folder}. Please report this with the output above.`);
}

function ending(env: Environment, folder: string, vendorMail: string, colours: Paint): string {
  const number = '61247051';
  return `${colours.strong('Try it yourself')}
The case repository is ${folder}/cases, the public one ${folder}/public.
The page: ${folder}/public/2014/${number}/en.html

  alias vcc='${shellWords(env.hooks.ownCommand).replaceAll("'", "'\\''")}'
  export GIT_CONFIG_GLOBAL=${identityFile(folder, 'hayashi')}
  cd ${folder}/cases

1. Take in a report by answering questions, then see what needs a person now:
  vcc intake && vcc list
2. Read what the OpenSSL contact received, with the contact's own key (needs gpg):
  export GNUPGHOME=$(mktemp -d) && gpg --batch --quiet --import ../keys/openssl.secret.asc ../keys/hayashi.public.asc
  gpg --decrypt ${vendorMail}
3. Drop a proof of concept in clear beside the case, and see who stops you:
  echo exploit > cases/2014/${number}/poc.txt && git add . && git commit -m oops`;
}
