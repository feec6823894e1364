import type { Instant } from '../domain/instant.ts';
import { VccError, refusal } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import type { KeyFacts, Keyring } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import type { InspectedKey } from './openpgp-keys.ts';
import type { Signer } from './signer.ts';

/** Keys as a command sees them; the private key is looked for only when something must be opened. */
export function makeKeyring(signer: () => Promise<Signer>): Keyring {
  return {
    inspect: async (key, at, known) => (await import('./openpgp-keys.ts')).inspectKey(key, at, known),
    open: async (armored) => (await signer()).open(armored),
    openMessage: async (message, known, at) => {
      const openpgp = await import('./openpgp-messages.ts');
      return openpgp.openMessage(message, async (armored) => (await signer()).sessionKeys(armored), known, at);
    },
    verify: async (content, signature, known, at) => (await import('./openpgp-messages.ts')).verifyDetached(content, signature, known, at),
    verifyClear: async (armored, known, at) => (await import('./openpgp-messages.ts')).readClearSigned(armored, known, at),
  };
}

/** Reads keys/<fingerprint>.asc; refuses when it is missing, is another key than its name says, or is not usable. */
export async function usableKey(tree: Tree, fingerprint: string, owner: string, at: Instant): Promise<InspectedKey> {
  const path = `keys/${fingerprint}.asc`;
  const content = tree.read(path);
  const howTo = `Type: vcc key import FILE, with a current key of ${owner}.`;
  if (!content) throw refusal('no-key', `${path} is missing: the key of ${owner}`, howTo);
  const key = await (await import('./openpgp-keys.ts')).inspectKey(content, at);
  if (key.fingerprint !== fingerprint) throw refusal('wrong-key', `${path} is not the key of ${owner} but another one: ${key.fingerprint}`, howTo);
  requireUsable(key, owner, howTo);
  return key;
}

/** Refuses a key that must not be encrypted to. */
export function requireUsable(key: KeyFacts, owner: string, hint: string): void {
  if (key.problems.length > 0) throw refusal('unusable-key', `the key ${key.fingerprint} of ${owner} cannot be used: ${key.problems.join('; ')}`, hint);
}

/** The keys of the whole team. All that is wrong with them is said at once. */
export async function teamKeys(tree: Tree, team: Configuration['team'], at: Instant): Promise<readonly string[]> {
  const problems: string[] = [];
  const keys = new Map<string, string>();
  for (const member of team) {
    try {
      const key = await usableKey(tree, member.key, member.name, at);
      keys.set(key.fingerprint, key.armored);
    } catch (problem) {
      if (!(problem instanceof VccError)) throw problem;
      problems.push(problem.message);
    }
  }
  if (problems.length > 0) {
    throw refusal('team-key', `nothing can be sealed to the team:\n${problems.join('\n')}`, 'Type: vcc key import FILE for each, or take who has left out of vcc.yaml.');
  }
  return [...keys.values()];
}
