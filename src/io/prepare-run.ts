import { fileStamp, formatInstant } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import { signaturePath, treeWithPlan } from '../domain/plan.ts';
import type { CommitMessage, OutgoingMessage, Plan } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import type { Random } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import { inParallel, type Progress } from './in-parallel.ts';
import { sha256 } from './journal.ts';
import type { Part, PartFile, Run, RunFile } from './journal.ts';
import { requireUsable, teamKeys, usableKey } from './keyring.ts';
import { composeMail, partyLabel } from './outbox.ts';
import type { Signer } from './signer.ts';

/** Each may be a process of GnuPG; its agent does one after the other what needs the private key. */
const AT_A_TIME = 4;

/** Bytes that are ready to be written, and where. */
interface ReadyFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  /** It takes the place of a file that is written only once: nothing but its recipients changed. */
  readonly rewrapped?: boolean;
}

export interface Ready {
  readonly files: readonly ReadyFile[];
  readonly mails: readonly ReadyFile[];
  /** For the public repository, signatures included. */
  readonly published: readonly ReadyFile[];
}

/** What encryption and signing need from outside. */
export interface Crypto {
  readonly at: Instant;
  readonly random: Random;
  readonly progress: Progress;
  /** Called once, and only when there is something to sign. */
  signer(): Promise<Signer>;
}

/** Encrypts and signs everything in memory; a missing or unusable key refuses here, before anything is written. */
export async function encryptPlan(plan: Plan, configuration: Configuration, current: Tree, crypto: Crypto): Promise<Ready> {
  let acting: Promise<Signer> | undefined;
  // A passphrase is asked for once.
  const signerOnce = (): Promise<Signer> => (acting ??= crypto.signer());
  // A key that this very plan imports counts.
  const tree = treeWithPlan(current, plan);
  const files: ReadyFile[] = plan.writes.map(({ path, text }) => ({ path, bytes: Buffer.from(text) }));
  if (plan.seals.length > 0) {
    const { encryptTo } = await import('./openpgp-messages.ts');
    const keys = await teamKeys(tree, configuration.team, crypto.at);
    for (const seal of plan.seals) files.push({ path: seal.path, bytes: Buffer.from(await encryptTo(keys, Buffer.from(seal.plaintext), crypto.at)) });
  }
  if (plan.rewraps && plan.rewraps.paths.length > 0) {
    const { rewrap } = await import('./openpgp-messages.ts');
    const keys = await teamKeys(tree, plan.rewraps.team, crypto.at);
    const signer = await signerOnce();
    const again = async (path: string): Promise<ReadyFile> => {
      const armored = new TextDecoder().decode(tree.read(path));
      return { path, bytes: Buffer.from(await rewrap(armored, await signer.sessionKeys(armored), keys, crypto.at)), rewrapped: true };
    };
    files.push(...(await inParallel(plan.rewraps.paths, AT_A_TIME, again, crypto.progress)));
  }
  const recipients: (string | undefined)[] = [];
  for (const message of plan.messages) recipients.push(await recipientKey(message, tree, crypto.at));
  const published = await signPublication(plan, crypto, signerOnce);
  if (plan.messages.length === 0) return { files, mails: [], published };
  const signer = await signerOnce();
  // Drawn in order: which message is done first is chance.
  const drafts = plan.messages.map((message, index) => ({ path: outboxPath(plan, message, crypto), posting: { message, recipientKey: recipients[index], organisation: configuration.organisation, at: crypto.at, seed: crypto.random.hex(16) } }));
  const mails = await inParallel(drafts, AT_A_TIME, async ({ path, posting }): Promise<ReadyFile> => ({ path, bytes: await composeMail(posting, signer) }), crypto.progress);
  return { files, mails, published };
}

async function signPublication({ publication }: Plan, { at, progress }: Crypto, signerOnce: () => Promise<Signer>): Promise<ReadyFile[]> {
  const { files = [], signed = [] } = publication ?? {};
  const ready = files.map(({ path, text }): ReadyFile => ({ path, bytes: Buffer.from(text) }));
  if (signed.length === 0) return ready;
  const signer = await signerOnce();
  const sign = async (path: string): Promise<ReadyFile> => {
    const found = ready.find((file) => file.path === path);
    if (!found) throw new Error(`the plan signs ${path} and does not write it`);
    return { path: signaturePath(path), bytes: Buffer.from((await signer.sign(found.bytes, at)).armored) };
  };
  return [...ready, ...(await inParallel(signed, AT_A_TIME, sign, progress))];
}

async function recipientKey(message: OutgoingMessage, tree: Tree, at: Instant): Promise<string | undefined> {
  const { encryption } = message;
  if (encryption.kind === 'in-clear') {
    if (encryption.reason.trim() === '') throw refusal('no-key', 'a message in clear without a reason', 'Say why it goes in clear, or import a key: vcc key import FILE');
    return undefined;
  }
  if (encryption.kind === 'registered-key') return (await usableKey(tree, encryption.fingerprint, partyLabel(message.party), at)).armored;
  const key = await (await import('./openpgp-keys.ts')).inspectKey(encryption.armored, at);
  requireUsable(key, `the ${partyLabel(message.party)}`, 'Ask for a current key; until then reach them by other means and record that: vcc record');
  return key.armored;
}

function outboxPath(plan: Plan, message: OutgoingMessage, { at, random }: Crypto): string {
  const number = plan.commit.trailers.find(([key]) => key === 'Case')?.[1] ?? 'no-case';
  return `outbox/${fileStamp(at)}-${number}-${partyLabel(message.party)}-${random.hex(4)}.eml`;
}

/** What stands around a run: where, on which commits, by whom and when. */
export interface Setting {
  readonly root: string;
  readonly head: string | undefined;
  readonly publicRoot?: string;
  readonly publicHead?: string | undefined;
  readonly identity: { readonly name: string; readonly email: string };
  /** Set only where --now is: Git's own clock is right otherwise. */
  readonly commitAt: Instant | undefined;
  readonly zone: string;
}

/** The plan as a run: every byte known and named, so that any other process could carry it out. */
export function makeRun(plan: Plan, ready: Ready, setting: Setting): { readonly run: Run; readonly contents: ReadonlyMap<string, Uint8Array> } {
  const contents = new Map<string, Uint8Array>();
  const wait = (prefix: string, files: readonly ReadyFile[]): RunFile[] =>
    files.map(({ path, bytes }, index) => {
      const waiting = `${prefix}-${index}`;
      contents.set(waiting, bytes);
      return { path, waiting, sha256: sha256(bytes) };
    });
  // The hook that looks at the commit stands at the same time.
  const date = setting.commitAt === undefined ? undefined : formatInstant(setting.commitAt, setting.zone);
  const dated: Readonly<Record<string, string>> = date === undefined ? {} : { GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date, VCC_NOW: date };
  const going = (paths: readonly string[] = []): PartFile[] => paths.map((path) => ({ path, removed: true }));
  const part = (name: Part['name'], root: string, head: string | undefined, files: readonly PartFile[], commit: CommitMessage, env: Part['env']): Part => ({
    name,
    root,
    ...(head === undefined ? {} : { head }),
    files,
    message: commitText(commit),
    env,
  });
  const byPerson = { GIT_AUTHOR_NAME: setting.identity.name, GIT_AUTHOR_EMAIL: setting.identity.email, GIT_COMMITTER_NAME: setting.identity.name, GIT_COMMITTER_EMAIL: setting.identity.email };
  const run: Run = {
    version: 1,
    summary: plan.summary,
    case: part('private', setting.root, setting.head, [...wait('private', ready.files), ...going(plan.removes)], plan.commit, dated),
    ...(plan.publication && setting.publicRoot !== undefined
      ? { publication: part('public', setting.publicRoot, setting.publicHead, [...wait('public', ready.published), ...going(plan.publication.removed)], plan.publication.commit, { ...byPerson, ...dated }) }
      : {}),
    mails: wait('mail', ready.mails),
  };
  return { run, contents };
}

/** Subject, body and trailers, as git commit takes them. */
function commitText(commit: CommitMessage): string {
  const paragraphs = [commit.subject.replace(/\s+/g, ' ').trim(), commit.body.trim(), commit.trailers.map(([key, value]) => `${key}: ${value}`).join('\n')];
  return `${paragraphs.filter((paragraph) => paragraph !== '').join('\n\n')}\n`;
}
