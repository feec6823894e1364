import { completionScript, SHELLS, type CompletableCommand } from '../documents/completion-script.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { explainable } from '../explainable.ts';

/** vcc completion: a script for the shell, made from the declarations of the command line. */
export function completion(env: Environment, options: { readonly shell: string; readonly commands: readonly CompletableCommand[]; readonly groups: Readonly<Record<string, string>> }): number {
  const shell = SHELLS.find((known) => known === options.shell);
  if (!shell) throw usage(`no completion for ${JSON.stringify(options.shell)}`, `Choose one of ${SHELLS.join(', ')}: source <(vcc completion bash)`);
  env.out.print(completionScript(shell, options.commands, options.groups, explainable(env)));
  return 0;
}
