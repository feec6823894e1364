import { relative } from 'node:path';
import { COMMAND_SETTING, HOOK_NAMES, HOOK_SCRIPT, SERVER_HOOK_NAMES, hookLine, hookState, shellWords, type HookName, type HookState } from '../documents/hook-script.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';

interface Hook {
  readonly name: HookName;
  readonly state: HookState;
}

const MEANING: Readonly<Record<HookState, string>> = {
  missing: 'not installed',
  current: 'installed',
  outdated: 'installed by another version of vcc; vcc hooks install renews it',
  edited: 'written by vcc and edited since',
  chained: 'a hook of your own that calls vcc',
  foreign: 'a hook of your own that does not call vcc',
};

/** vcc hooks install: the hooks of a clone, or that of a server. Never overwrites a hook that vcc did not write. */
export async function hooksInstall(env: Environment): Promise<number> {
  const folder = await ownHookFolder(env);
  const hooks = await readHooks(env);
  const foreign = hooks.filter(({ state }) => state === 'foreign' || state === 'edited');
  if (foreign.length > 0) {
    throw refusal(
      'foreign-hook',
      `${folder} has hooks that vcc did not write or that were edited: ${foreign.map(({ name }) => name).join(', ')}`,
      `Add a line to each of them:\n${foreign.map(({ name }) => `  ${name}: ${shellWords(env.hooks.ownCommand)} ${hookLine(name)}`).join('\n')}\nOr move them away and run vcc hooks install again.`,
    );
  }
  const due = hooks.filter(({ state }) => state === 'missing' || state === 'outdated');
  if (!env.options.dryRun) {
    await env.hooks.configure(COMMAND_SETTING, shellWords(env.hooks.ownCommand));
    for (const { name } of due) await env.hooks.write(name, HOOK_SCRIPT);
  }
  const done = env.options.dryRun ? 'would install' : 'installed';
  return finish(env, folder, env.options.dryRun ? hooks : await readHooks(env), due.length > 0 ? due.map(({ name }) => `${done} ${name} in ${folder}`) : [`All hooks are in place in ${folder}.`]);
}

/** vcc hooks status: exit code 1 when something that Git does here is not checked. */
export async function hooksStatus(env: Environment): Promise<number> {
  const hooks = await readHooks(env);
  const folder = await env.hooks.folder();
  finish(env, folder, hooks, hooks.map(({ name, state }) => `${name}: ${MEANING[state]}`));
  if (hooks.every(({ state }) => state === 'current' || state === 'chained' || state === 'outdated')) return 0;
  env.out.say('Not everything is checked here: vcc hooks install');
  return 1;
}

/** vcc hooks uninstall: takes away what vcc wrote, and nothing else. */
export async function hooksUninstall(env: Environment): Promise<number> {
  const hooks = await readHooks(env);
  const folder = await env.hooks.folder();
  const edited = hooks.filter(({ state }) => state === 'edited');
  if (edited.length > 0) {
    throw refusal('edited-hook', `Written by vcc and edited since: ${edited.map(({ name }) => name).join(', ')} in ${folder}`, 'Look at it and delete it yourself.');
  }
  const ours = hooks.filter(({ state }) => state === 'current' || state === 'outdated');
  if (!env.options.dryRun) for (const { name } of ours) await env.hooks.remove(name);
  const done = env.options.dryRun ? 'would remove' : 'removed';
  const kept = hooks.filter(({ state }) => state === 'chained').map(({ name }) => `${name} is a hook of your own and still calls vcc`);
  return finish(env, folder, env.options.dryRun ? hooks : await readHooks(env), ours.length > 0 ? [...ours.map(({ name }) => `${done} ${name} in ${folder}`), ...kept] : [`No hook of vcc is in ${folder}.`, ...kept]);
}

function finish(env: Environment, folder: string, hooks: readonly Hook[], lines: readonly string[]): number {
  if (env.out.json) env.out.envelope('hooks', { folder, hooks });
  else for (const line of lines) env.out.print(line);
  return 0;
}

async function readHooks(env: Environment): Promise<readonly Hook[]> {
  const names: readonly HookName[] = env.hooks.bare ? SERVER_HOOK_NAMES : HOOK_NAMES;
  return Promise.all(names.map(async (name) => ({ name, state: hookState(await env.hooks.read(name)) })));
}

/** A folder that core.hooksPath shares between repositories would run vcc in those that hold no cases, and stop every commit there. */
async function ownHookFolder(env: Environment): Promise<string> {
  const folder = await env.hooks.folder();
  if (env.hooks.bare) return folder;
  const fromRoot = relative(env.root(), folder);
  const inside = fromRoot !== '..' && !fromRoot.startsWith('../') && !/^(?:\/|[A-Za-z]:)/.test(fromRoot);
  if (!inside && !/\.git(?:[\\/]|$)/.test(folder)) {
    throw refusal('shared-hooks', `core.hooksPath points to ${folder}, which is not part of this repository`, 'Give this repository a folder of its own: git config core.hooksPath .git/hooks');
  }
  return folder;
}
