import { basename, resolve } from 'node:path';
import { checkShape } from '../documents/check-shape.ts';
import { COMMAND_SETTING, HOOK_NAMES, HOOK_SCRIPT, shellWords } from '../documents/hook-script.ts';
import { newRepository } from '../documents/new-repository.ts';
import { isError } from '../domain/finding.ts';
import { treeWithPlan } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment, NewFile } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import { askConfiguration, type InitFlags } from '../questions/init.ts';
import { lintRepository } from '../rules/lint-repository.ts';

export interface InitOptions extends InitFlags {
  readonly dir?: string | undefined;
}

/** vcc init: a case repository with the organisation, its team and keys, a policy, CI files and hooks; by prompts or by flags. */
export async function init(env: Environment, options: InitOptions): Promise<number> {
  const folder = resolve(env.cwd, options.dir ?? '.');
  await env.requireNewFolder(folder);
  const policy = choosePolicy(env, options.policy);
  const { configuration, keys, notices } = await askConfiguration(env, options, policy);
  const wrong = checkShape('vcc', configuration, () => ({ line: 1, column: 1 }), 'vcc.yaml');
  if (wrong.length > 0) throw usage(`vcc.yaml would be wrong: ${wrong.map(({ message }) => message).join('; ')}`, 'Correct the flag that says it.');
  const schemas = env.shippedFiles('schemas').filter((name) => name.endsWith('.schema.json'));
  const files = newRepository({ configuration, policy, keys, schemas }, (path) => env.shipped(path));
  checkResult(env, files);

  if (env.options.dryRun) {
    if (env.out.json) env.out.envelope('plan', { folder, files });
    else env.out.print(`Would make a case repository in ${folder}:\n${files.map(({ path }) => `  ${path}`).join('\n')}\n\nNothing was written (--dry-run).`);
    return 0;
  }
  if (env.ask.interactive) {
    env.out.say(`A case repository in ${folder} for ${nameOf(configuration)}, with ${files.length} files and hooks that check every commit.`);
    if (!(await env.ask.confirm('Make it?', true))) throw refusal('declined', 'Nothing was written.', 'Run the command again when you are ready.');
  }
  const commit = await env.create(
    folder,
    files,
    { subject: `Case repository of ${nameOf(configuration)}`, body: 'Made by vcc init: vcc.yaml (the organisation and its team), policy.yaml (its rules, each with its source),\nkeys/ (the public keys of the team), and what editors, Git and CI need.' },
    {
      hooks: HOOK_NAMES.map((name) => ({ name, script: HOOK_SCRIPT })),
      configuration: [[COMMAND_SETTING, shellWords(env.hooks.ownCommand)]],
    },
  );
  report(env, { folder, commit, files, notices, dir: options.dir, team: configuration.team.length });
  return 0;
}

function report(env: Environment, made: { folder: string; commit: string; files: readonly NewFile[]; notices: readonly string[]; dir: string | undefined; team: number }): void {
  const { folder, commit, files, notices, dir, team } = made;
  if (env.out.json) {
    env.out.envelope('init', { folder, commit, files: files.map(({ path }) => path), hooks: HOOK_NAMES, notices });
    return;
  }
  env.out.print(`Made a case repository in ${folder} (commit ${commit.slice(0, 12)}).`);
  for (const notice of notices) env.out.say(`note: ${notice}`);
  const steps = [
    ...(dir === undefined || dir === '.' ? [] : [[`cd ${shellWords([dir])}`, `into the repository`]]),
    ...(team > 1 ? [] : [['vcc team add', 'a second coordinator: whoever writes an advisory cannot approve it']]),
    ['vcc vendor add SLUG', 'the vendors that you will write to'],
    ['vcc intake report.yaml', 'the first report becomes a case'],
    ['vcc hooks install', 'in every other clone: hooks are not cloned'],
  ];
  env.out.say(`Next:\n${steps.map(([command, why]) => `  ${command}\n      ${why}`).join('\n')}`);
}

const nameOf = ({ organisation }: Configuration): string => organisation.name.en ?? organisation.name.ja ?? basename(organisation.email);

/** A policy of one's own is made by changing policy.yaml: here only what ships can be chosen. */
function choosePolicy(env: Environment, wanted: string | undefined): string {
  const presets = env.shippedFiles('templates/policies').filter((name) => name.endsWith('.yaml')).map((name) => name.slice(0, -'.yaml'.length));
  const policy = wanted ?? 'jpcert';
  if (!presets.includes(policy)) throw usage(`--policy: there is no policy ${policy}`, `One of: ${presets.join(', ')}; policy.yaml can be changed afterwards.`);
  return policy;
}

/** What init writes passes its own lint, or is a mistake in what the person gave. */
function checkResult(env: Environment, files: readonly NewFile[]): void {
  const nothing = { files: () => [], read: () => undefined };
  const tree = treeWithPlan(nothing, { summary: '', writes: files, seals: [], messages: [], commit: { subject: '', body: '', trailers: [] }, notices: [], next: [] });
  const errors = lintRepository(tree, { now: env.clock.now() }).filter(isError);
  if (errors.length > 0) throw refusal('would-not-lint', 'The new repository would break a rule, so nothing was written', 'Correct the flag that leads to what is listed above.', errors);
}
