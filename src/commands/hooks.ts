import { join, relative } from 'node:path';
import { frameworkConfig, frameworkLines, frameworkStages } from '../documents/framework-hooks.ts';
import { COMMAND_SETTING, HOOK_NAMES, HOOK_SCRIPT, SERVER_HOOK_NAMES, hookLine, hookState, shellWords, type HookName, type HookState } from '../documents/hook-script.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';

/** As vcc init writes it. */
const FRAMEWORK_TEMPLATE = 'templates/ci/pre-commit.yml';

interface Hook {
  readonly name: HookName;
  readonly state: HookState;
  /** Where Git leaves it out, for it may not be run. */
  readonly executable?: false;
  /** Where the pre-commit framework keeps that of vcc beside its own, and runs it first. */
  readonly legacy?: true;
}

const MEANING: Readonly<Record<HookState, string>> = {
  missing: 'not installed',
  current: 'installed',
  outdated: 'installed by another version of vcc; vcc hooks install renews it',
  edited: 'written by vcc and edited since',
  chained: 'a hook of your own that calls vcc',
  foreign: 'a hook of your own that does not call vcc',
  'by-pre-commit': 'by pre-commit',
  'not-in-pre-commit': 'by pre-commit, whose configuration does not call vcc there',
};

const OURS: ReadonlySet<HookState> = new Set(['current', 'outdated']);
const CHECKS: ReadonlySet<HookState> = new Set([...OURS, 'chained', 'by-pre-commit']);

/** vcc hooks install: the hooks of a clone, or that of a server. Never overwrites a hook that vcc did not write. */
export async function hooksInstall(env: Environment): Promise<number> {
  const folder = await ownHookFolder(env);
  const hooks = await readHooks(env);
  refuseOthers(env, folder, hooks);
  const due = hooks.filter(({ state, executable }) => state === 'missing' || state === 'outdated' || (state === 'current' && executable === false));
  if (!env.options.dryRun) {
    await env.hooks.configure(COMMAND_SETTING, shellWords(env.hooks.ownCommand));
    for (const { name } of due) await env.hooks.write(name, HOOK_SCRIPT);
  }
  const done = env.options.dryRun ? 'would install' : 'installed';
  return finish(env, folder, env.options.dryRun ? hooks : await readHooks(env), due.length > 0 ? due.map(({ name }) => `${done} ${name} in ${folder}`) : [`All hooks are in place in ${folder}.`]);
}

/** What a person, or another program, has to put right. */
function refuseOthers(env: Environment, folder: string, hooks: readonly Hook[]): void {
  const foreign = hooks.filter(({ state }) => state === 'foreign' || state === 'edited');
  if (foreign.length > 0) {
    throw refusal(
      'foreign-hook',
      `${folder} has hooks that vcc did not write or that were edited: ${namesOf(foreign)}`,
      `Add a line to each of them:\n${foreign.map(({ name }) => `  ${name}: ${shellWords(env.hooks.ownCommand)} ${hookLine(name)}`).join('\n')}\nOr move them away and run vcc hooks install again.`,
    );
  }
  const unconfigured = hooks.filter(({ state }) => state === 'not-in-pre-commit').map(({ name }) => name);
  if (unconfigured.length > 0) {
    throw refusal(
      'not-in-pre-commit',
      `pre-commit runs ${unconfigured.join(', ')} here, and its configuration does not call vcc there`,
      `Add to it, below repos:\n${frameworkLines(env.shipped(FRAMEWORK_TEMPLATE), unconfigured)}Then type: pre-commit install ${unconfigured.map((name) => `-t ${name}`).join(' ')}`,
    );
  }
  const lame = hooks.filter(({ state, executable }) => executable === false && !OURS.has(state));
  if (lame.length > 0) throw refusal('not-executable', `Git leaves out hooks that may not be run: ${namesOf(lame)}`, `Type: chmod +x ${shellWords(lame.map(({ name }) => join(folder, name)))}`);
}

const namesOf = (hooks: readonly Hook[]): string => hooks.map(({ name }) => name).join(', ');

/** vcc hooks status: exit code 1 when something that Git does here is not checked. */
export async function hooksStatus(env: Environment): Promise<number> {
  const hooks = await readHooks(env);
  const folder = await env.hooks.folder();
  finish(env, folder, hooks, hooks.map(({ name, state, executable }) => `${name}: ${MEANING[state]}${executable === false ? '; Git leaves it out, for it is not executable' : ''}`));
  if (hooks.every(({ state, executable }) => CHECKS.has(state) && executable !== false)) return 0;
  const missing = hooks.filter(({ state }) => state === 'missing').map(({ name }) => `-t ${name}`);
  const byFramework = missing.length > 0 && hooks.some(({ state }) => state === 'by-pre-commit');
  env.out.say(`Not everything is checked here: vcc hooks install${byFramework ? `, or pre-commit install ${missing.join(' ')}` : ''}`);
  return 1;
}

/** vcc hooks uninstall: takes away what vcc wrote, and nothing else. */
export async function hooksUninstall(env: Environment): Promise<number> {
  const hooks = await readHooks(env);
  const folder = await env.hooks.folder();
  const edited = hooks.filter(({ state }) => state === 'edited');
  if (edited.length > 0) {
    throw refusal('edited-hook', `Written by vcc and edited since: ${namesOf(edited)} in ${folder}`, 'Look at it and delete it yourself.');
  }
  const ours = hooks.flatMap(({ name, state, legacy }) => [...(OURS.has(state) ? [name] : []), ...(legacy === true ? [`${name}.legacy`] : [])]);
  if (!env.options.dryRun) {
    for (const name of ours) await env.hooks.remove(name);
    await env.hooks.configure(COMMAND_SETTING);
  }
  const done = env.options.dryRun ? 'would remove' : 'removed';
  const after = env.options.dryRun ? hooks : await readHooks(env);
  const kept = [
    ...after.filter(({ state }) => state === 'chained').map(({ name }) => `${name} is a hook of your own and still calls vcc`),
    ...after.filter(({ state, legacy }) => state === 'by-pre-commit' && legacy !== true).map(({ name }) => `${name} is run by pre-commit, which still calls vcc`),
  ];
  return finish(env, folder, after, ours.length > 0 ? [...ours.map((name) => `${done} ${name} in ${folder}`), ...kept] : [`No hook of vcc is in ${folder}.`, ...kept]);
}

function finish(env: Environment, folder: string, hooks: readonly Hook[], lines: readonly string[]): number {
  if (env.out.json) env.out.envelope('hooks', { folder, hooks });
  else for (const line of lines) env.out.print(line);
  return 0;
}

async function readHooks(env: Environment): Promise<readonly Hook[]> {
  const names: readonly HookName[] = env.hooks.bare ? SERVER_HOOK_NAMES : HOOK_NAMES;
  return Promise.all(names.map(async (name): Promise<Hook> => {
    const file = await env.hooks.read(name);
    const state = hookState(file?.script);
    const config = state === 'foreign' ? frameworkConfig(file?.script ?? '') : undefined;
    const more = file?.executable === false ? { executable: false as const } : {};
    if (config === undefined) return { name, state, ...more };
    const before = await env.hooks.read(`${name}.legacy`);
    const legacy = before?.executable === true && OURS.has(hookState(before.script));
    const configured = frameworkStages(env.workTree().read(config) ?? new Uint8Array(), env.shipped(FRAMEWORK_TEMPLATE)).has(name);
    return { name, state: legacy || configured ? 'by-pre-commit' : 'not-in-pre-commit', ...more, ...(legacy ? { legacy } : {}) };
  }));
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
