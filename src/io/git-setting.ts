// An address that a stranger's repository names would get the password: such settings stand in Git's own configuration, which nobody pulls.
import { refusal } from '../domain/problem.ts';
import { runGit } from './git-process.ts';
import { runProgram } from './run-program.ts';

/** A setting of vcc that this clone, or this person, has in Git's configuration. */
export async function setting(root: string, name: string): Promise<string | undefined> {
  const { code, stdout } = await runGit(root, ['config', '--get', name]);
  const value = stdout.toString('utf8').trim();
  return code === 0 && value !== '' ? value : undefined;
}

/** What a server asks for and no file holds: from the variable of the process, or the first line of what a command prints. Refuses where there is neither. */
export async function secretOf(root: string, variable: string, commandSetting: string, missing: { readonly code: string; readonly message: string; readonly example: string }): Promise<string> {
  const given = process.env[variable];
  if (given !== undefined && given !== '') return given;
  const command = await setting(root, commandSetting);
  if (command === undefined) throw refusal(missing.code, missing.message, `Set ${variable}, or: git config ${commandSetting} "${missing.example}"`);
  const { code, stdout } = await runProgram('sh', ['-c', command], '');
  if (code !== 0) throw refusal(missing.code, `${commandSetting} failed (${code ?? 'by a signal'})`, 'Type it in a terminal to see why.');
  return stdout.split('\n')[0] ?? '';
}

/** This very machine, to which nothing needs to be encrypted. */
export const isLoopback = (hostname: string): boolean => /^(?:localhost|127\.0\.0\.1|\[?::1\]?)$/.test(hostname);
