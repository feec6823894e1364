import { CASE_COMMANDS } from './case-commands.ts';
import { CVE_COMMANDS } from './cve-commands.ts';
import type { Declaration } from './declaration.ts';
import { READING_COMMANDS } from './reading-commands.ts';
import { REGISTRY_COMMANDS } from './registry-commands.ts';
import { REPOSITORY_COMMANDS } from './repository-commands.ts';

export type { Declaration, Flags } from './declaration.ts';

/** Commands of commands. */
export const GROUPS: Readonly<Record<string, string>> = {
  vendor: 'the registry of points of contact',
  partner: 'who takes part in coordination and is no vendor',
  team: 'the coordinators of vcc.yaml',
  key: 'OpenPGP public keys of vendors, partners and the team',
  cve: 'CVE ids that the organisation reserves and gives as a CNA',
  cna: 'other CNAs and their scopes: they are asked for an id first',
  unreachable: 'the list of developers who cannot be reached',
  site: 'the pages of the public repository',
  hooks: 'the Git hooks that check what is about to be committed',
};

/** Needs all the others: it writes them down for the shell. */
const COMPLETION: Declaration = {
  name: 'completion',
  summary: 'print a completion script',
  arguments: [['<shell>', 'bash, zsh or fish']],
  examples: ['source <(vcc completion bash)'],
  run: async (env, values) => (await import('../commands/completion.ts')).completion(env, { shell: values[0] as string, commands: DECLARATIONS, groups: GROUPS }),
};

/** Every command as it is typed, in the order of the help. */
export const DECLARATIONS: readonly Declaration[] = [...CASE_COMMANDS, ...READING_COMMANDS, ...REGISTRY_COMMANDS, ...CVE_COMMANDS, ...REPOSITORY_COMMANDS, COMPLETION];
