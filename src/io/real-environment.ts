import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { chooseClock, hasOffset } from './clock.ts';
import { gitFacts } from './git.ts';
import { onServer } from './git-process.ts';
import { hookFolder } from './hook-folder.ts';
import { stagedTree } from './index-tree.ts';
import { readInput } from './input.ts';
import { makeKeyring } from './keyring.ts';
import { withoutMemory } from './notes.ts';
import { makeMailbox } from './mailbox.ts';
import { writeOutput } from './output.ts';
import { prompts } from './prompts.ts';
import { cryptographicRandom } from './random.ts';
import { realShell } from './shell.ts';
import { shipped, shippedFiles } from './shipped-files.ts';
import { actingSigner } from './acting-signer.ts';
import { progressLine, terminal } from './terminal.ts';
import { requireWholeCheckout } from './whole-checkout.ts';
import { workTree } from './work-tree.ts';

/** Builds the one Environment of a run. Nothing is read or started before a command asks for it. */
export function realEnvironment(options: {
  readonly cwd: string;
  /** The command line that starts this very vcc. */
  readonly argv0: readonly string[];
  readonly now?: string;
  /** In which a time without an offset counts, for --now and VCC_NOW. */
  readonly zone?: string | undefined;
  readonly yes: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}): Environment {
  if (statSync(options.cwd, { throwIfNoEntry: false })?.isDirectory() !== true) throw usage(`-C: there is no folder ${options.cwd}`, 'Name the case repository, or a folder in it.');
  const clock = chooseClock(options.now, process.env.VCC_NOW, options.zone);
  const random = cryptographicRandom;
  const ask = prompts({ yes: options.yes, json: options.json, stdin: process.stdin, stderr: process.stderr });
  let found: string | undefined;
  const root = (): string => (found ??= findRoot(options.cwd));
  // A server keeps the repository bare: there is a history to look at, and no work tree.
  const gitRoot = (): string => {
    if (!isBare(options.cwd)) return root();
    // One that lies in a clone may be somebody's trap: whoever means it, says so, as Git does in its hooks.
    if (!onServer()) throw refusal('bare-repository', `${options.cwd} is a bare repository, and nothing says that it is meant`, 'Clone it to look at it. For its hook, on the server: GIT_DIR=. vcc hooks install');
    return options.cwd;
  };
  const tree = (): ReturnType<typeof workTree> => {
    requireWholeCheckout(root());
    return workTree(root());
  };
  const staged = startedAhead(async () => stagedTree(root()));
  const caseMemory = startedAhead(async () => (withoutMemory() ? undefined : (await import('./case-memory.ts')).openCaseMemory(root())));
  return {
    cwd: options.cwd,
    clock,
    random,
    ask,
    out: terminal({ stdout: process.stdout, stderr: process.stderr }, { json: options.json }),
    options: { yes: options.yes, dryRun: options.dryRun },
    root,
    workTree: tree,
    repositoryAt(folder) {
      const at = resolve(options.cwd, folder);
      if (!existsSync(join(at, 'vcc.yaml'))) return undefined;
      requireWholeCheckout(at);
      return workTree(at);
    },
    publicTree: (folder) => workTree(resolve(root(), folder)),
    lookAtSite: async (folder, inputs) => (await import('./site-look.ts')).lookAtSite(resolve(root(), folder), inputs),
    ahead: (what) => ({ staged, caseMemory })[what].start(),
    staged: staged.take,
    caseMemory: caseMemory.take,
    examineInShares: async (unknown, share) => (await import('./shares.ts')).examineInShares(root(), unknown, share, progressLine(process.stderr, 'cases examined:')),
    git: gitFacts(options.cwd, gitRoot),
    keyring: makeKeyring(async () => {
      const { openRepository } = await import('../documents/repository.ts');
      return actingSigner(root(), openRepository(tree()).configuration.team, clock, ask);
    }),
    mailbox: makeMailbox(() => writableRoot(root()), clock, random),
    cveServices: async (shortName) => (await import('./cve-services-api.ts')).openCveServices(root(), shortName),
    input: (path, limit) => readInput(options.cwd, path, limit, process.stdin),
    edit: async (name, text) => (await import('./editor.ts')).editText(root(), name, text),
    output: (path, content) => writeOutput(options.cwd, caseRepositoryAround(options.cwd), path, content),
    shipped,
    shippedFiles,
    // Writing is the smaller part of the commands: the others start without it.
    apply: async (plan, configuration) => (await import('./apply-plan.ts')).applyPlan({ root: writableRoot(root()), clock, random, ask, progress: progressLine(process.stderr, 'encrypting') }, plan, configuration),
    mend: async (mends) => (await import('./apply-plan.ts')).applyMends({ root: writableRoot(root()), random }, mends),
    async repair() {
      const at = caseRepositoryAround(options.cwd);
      // Outside of a case repository there is nothing to repair; the command itself says whether it needs one.
      return at !== undefined && existsSync(join(at, '.git')) ? (await import('./apply-plan.ts')).repair({ root: at, random }) : undefined;
    },
    async requireNewFolder(folder) {
      await (await import('./create-repository.ts')).requireNewFolder(resolve(options.cwd, folder), options.cwd);
    },
    create: async (folder, files, commit, extras) =>
      (await import('./create-repository.ts')).createRepository(resolve(options.cwd, folder), files, clock.fixed ? { ...commit, at: clock.now() } : commit, extras),
    serve: async (answer, options) => (await import('./local-server.ts')).serveUntilEnded(answer, options),
    // In a case repository that lies in another one Git would run no hook of it, and those of the other one for all that is in there.
    hooks: hookFolder(() => (isBare(options.cwd) ? gitRoot() : writableRoot(root())), isBare(options.cwd), options.argv0),
    shell: realShell,
  };
}

/** What may be started before it is asked for; it is handed out once, and made anew for whoever asks again. */
function startedAhead<T>(make: () => Promise<T>): { readonly start: () => void; readonly take: () => Promise<T> } {
  let ahead: Promise<T> | undefined;
  return {
    start() {
      ahead = make();
      ahead.catch(() => undefined);
    },
    take() {
      const made = ahead ?? make();
      ahead = undefined;
      return made;
    },
  };
}

/** The time zone that the command line names, or of the organisation whose case repository is around the folder; read only for a time that needs it. */
export async function zoneForTime({ cwd, now, zone }: { readonly cwd: string; readonly now?: string; readonly zone?: string }): Promise<string | undefined> {
  const text = now ?? process.env.VCC_NOW ?? '';
  if (text === '' || hasOffset(text)) return undefined;
  // One that is none is refused by the command that asked for it.
  if (zone !== undefined) return (await import('../documents/policy-check.ts')).isZone(zone) ? zone : 'UTC';
  const root = caseRepositoryAround(cwd);
  return root === undefined ? undefined : (await import('../documents/repository.ts')).openRepository(workTree(root)).zone;
}

/**
 * The case repository around a folder: where vcc.yaml is. Mostly that is the top of a Git work tree; one that lies in
 * another repository (cases.example in that of vcc) can be read, and is not written to.
 */
function caseRepositoryAround(cwd: string): string | undefined {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'vcc.yaml'))) return folder;
    if (existsSync(join(folder, '.git')) || folder === dirname(folder)) return undefined;
  }
}

const isBare = (folder: string): boolean => ['HEAD', 'objects', 'refs'].every((name) => existsSync(join(folder, name))) && !existsSync(join(folder, 'vcc.yaml'));

function findRoot(cwd: string): string {
  const found = caseRepositoryAround(cwd);
  if (found !== undefined) return found;
  if (isBare(cwd)) throw refusal('bare-repository', `${cwd} is a bare repository: no files are checked out in it`, 'Clone it, and work in the clone. What is pushed to it is checked by its hook: GIT_DIR=. vcc hooks install');
  const hint = 'Change to your case repository (cd DIR), or make one: vcc init DIR';
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) throw refusal('not-a-case-repository', `${folder} is a Git repository, but not one of cases: it has no vcc.yaml`, hint);
    if (folder === dirname(folder)) throw refusal('not-a-repository', `${resolve(cwd)} is in no Git repository`, hint);
  }
}

/** Only a case repository with a history of its own is written to: a commit would land in whatever repository is around it. */
function writableRoot(root: string): string {
  if (existsSync(join(root, '.git'))) return root;
  throw refusal('not-a-repository', `${root} is no Git repository of its own, so nothing is written to it`, 'Make it one (git init, git add ., git commit), or work on a copy of it that is.');
}
