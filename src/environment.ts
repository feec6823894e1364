import type { CaseMemory, ComingMemory, Share } from './domain/case-memory.ts';
import type { CommitLine, PathChange } from './domain/commit.ts';
import type { ReservedId } from './domain/cve-ledger.ts';
import type { Instant } from './domain/instant.ts';
import type { OutboxMail, SendOutcome } from './domain/mail-state.ts';
import type { OpenedMessage, SignatureCheck } from './domain/signature.ts';
import type { FileMend } from './domain/file-mend.ts';
import type { Plan, Repaired } from './domain/plan.ts';
import type { Tree } from './domain/tree.ts';
import type { Configuration } from './generated/documents.ts';
import type { HookFolder } from './domain/hook-folder.ts';

/** Time, from the one place that may read the clock; --now and VCC_NOW set it. */
export interface Clock {
  now(): Instant;
}

export interface Random {
  /** Decimal digits from a cryptographic source. */
  digits(count: number): string;
  /** Lower-case hexadecimal digits from a cryptographic source. */
  hex(count: number): string;
}

/** How a plan ended. */
export interface Applied {
  readonly commit: string;
  readonly publicCommit?: string;
  /** Paths of the .eml files that were put into the outbox, from the root of the case repository. */
  readonly outbox: readonly string[];
}

export interface GitFacts {
  /** user.name and user.email as Git would use them, or undefined where they are not set. */
  identity(): Promise<{ readonly name: string; readonly email: string } | undefined>;
  /** Whether this number was ever used on any fetched ref, for a case or as an inquiry number (DID#). Refuses in a shallow clone, where history cannot tell. */
  everUsed(number: string, of: 'case' | 'inquiry'): Promise<boolean>;
  /**
   * E-mail addresses of those who wrote or committed a change of the files since they were made, newest first, author before
   * committer, also where a file had another name then. With since, only of changes that came after the commit which added that
   * file. Refuses in a shallow clone.
   */
  authorsOf(paths: readonly string[], since?: string): Promise<readonly string[]>;
  /** Files below the folder that Git keeps, ignored or not; none where the case repository is in no Git repository. */
  tracked(folder: string): Promise<readonly string[]>;
  /** A merge and the like that waits for somebody to end it, and the command that takes --continue and --abort. */
  underWay(): Promise<{ readonly what: string; readonly command: string } | undefined>;
  /** Files below the folder that the last commit has; none before the first. */
  committed(folder: string): Promise<readonly string[]>;
  /** Commits that touched the folder, '' for all, oldest first; of a range such as main..HEAD where one is named. A case is found below every year. */
  history(path: string, range?: string): Promise<readonly CommitLine[]>;
  /** What a range means: A..B, A...B (from where they parted), A (up to HEAD), or nothing: origin/HEAD...HEAD. Refuses what Git does not know. */
  between(range?: string): Promise<CommitRange>;
  /** The branch with which a new one is compared before it is pushed: that of a remote, or of this server; undefined where there is none yet. */
  publishedBranch(): Promise<string | undefined>;
  /** Whether a ref such as refs/heads/main is that branch, here or where it is pushed to. */
  isDefault(ref: string): Promise<boolean>;
  /** The files of a commit. likely: paths of which the contents will be asked for; all when missing. */
  treeAt(commit: string, likely?: readonly string[]): Tree;
  /** What earlier runs found out about cases that are the same in the commit. */
  memoryAt(commit: string): Promise<CaseMemory | undefined>;
  /** Paths below the given ones with uncommitted changes, and whatever is staged. */
  uncommitted(paths: readonly string[]): Promise<readonly string[]>;
  /** How the files differ from what they were in the commit that added this one, as Git prints it; empty where they do not. */
  changesSince(added: string, paths: readonly string[]): Promise<string>;
  /** Name of the first remote of the repository in this folder, from the root of this one; undefined where it has none or is not there yet. */
  remoteOf(folder: string): Promise<string | undefined>;
  /** Name of the current branch; undefined where none is checked out. */
  branch(): Promise<string | undefined>;
  /** The messages of the commits in a range such as main..HEAD, and who made them. Refuses a range that Git does not know. */
  messages(range: string): Promise<readonly { readonly commit: string; /** Author and committer, as "Name <address>". */ readonly people: readonly string[]; readonly message: string }[]>;
  /** The tag objects that an id leads to, the outermost first, with the name that stands in each; none of a commit. people: the tagger. */
  tags(id: string): Promise<readonly { readonly tag: string; readonly name: string; readonly people: readonly string[]; readonly message: string }[]>;
  /** What the commits of a range added, without what is sealed; commits that added nothing are left out. Refuses a range that Git does not know. */
  additions(range: string): Promise<Additions>;
  /** Paths that the commit where the base and HEAD parted holds otherwise than the work tree, with what they held there. Refuses an unknown base. */
  alteredSince(base: string): Promise<ReadonlyMap<string, () => Uint8Array>>;
  /** How many commits of the branch that the current one follows, as last fetched, are not in it; 0 where it follows none. */
  behind(folder: string): Promise<number>;
  /** The trailer of the newest commit in this folder's repository that has the other one; undefined where none has it. */
  trailerOf(folder: string, wanted: string, having: readonly [string, string]): Promise<string | undefined>;
}

/** What this clone keeps of the last time that a site was looked through as a whole, and found or made right. */
export interface SiteLook {
  /** What changed since; undefined where it never was, or with another vcc or for other inputs. */
  readonly since: SiteSince | undefined;
  /** The commits that were made of this look stand, and the site is right: keeps that, unless somebody else has changed something meanwhile. */
  keep(commits: readonly string[]): Promise<void>;
}

export interface SiteSince {
  /** Each path that is not what it was then: changed, added or removed, committed or not. */
  readonly paths: readonly string[];
  /** A file as it was then. */
  readonly read: (path: string) => Uint8Array | undefined;
}

export interface Additions {
  /** Whether all was looked at: a history can be longer than anybody waits for. */
  readonly complete: boolean;
  readonly commits: readonly {
    readonly commit: string;
    readonly files: readonly { readonly path: string; /** The lines that were added. */ readonly text: string; /** The number in the file of a line of the text. */ readonly lineOf: (line: number) => number }[];
  }[];
}

/** Two commits and what differs between their files. */
export interface CommitRange {
  readonly base: string;
  readonly head: string;
  /** Whether the base has commits that the head has not: what they brought looks taken away. */
  readonly apart: boolean;
  readonly changes: readonly PathChange[];
  /** Where three dots compare with a base that has moved on since: the files as Git would merge both, or why there are none. */
  readonly together?: Tree | 'conflict' | 'unknown';
}

export interface KeyFacts {
  readonly fingerprint: string;
  readonly userIds: readonly string[];
  readonly created: Instant;
  readonly expires?: Instant;
  readonly algorithm: string;
  /** Why messages must not be encrypted to it: expired, revoked, too weak, no encryption subkey. Empty when usable. */
  readonly problems: readonly string[];
  /** What to know of a key that is usable: SHA-1, or soon to expire. */
  readonly cautions: readonly string[];
}

export interface Keyring {
  /** Reads an armored or binary public key, together with what a copy that is known already says of it, such as a revocation; refuses a private key and a file with several keys. */
  inspect(key: string | Uint8Array, at: Instant, known?: string): Promise<KeyFacts & { readonly armored: string }>;
  /** Decrypts with the coordinator's own key (key file, or GnuPG); asks for the passphrase where it must. */
  open(armored: string): Promise<Uint8Array>;
  /** Decrypts a message that somebody sent, armored or binary, and checks its signatures with the known armored keys, of which it asks for none where there is no signature. */
  openMessage(message: string | Uint8Array, known: () => readonly string[], at: Instant): Promise<OpenedMessage>;
  /** Checks a detached signature. */
  verify(content: Uint8Array, armoredSignature: string, known: () => readonly string[], at: Instant): Promise<readonly SignatureCheck[]>;
  /** Reads a clear-signed text. */
  verifyClear(armored: string, known: () => readonly string[], at: Instant): Promise<OpenedMessage>;
}

/** The messages of the outbox, and the way out. */
export interface Mailbox {
  list(): readonly OutboxMail[];
  /** The Message-ID of one of them, by which the log knows it. */
  messageId(mail: Pick<OutboxMail, 'id' | 'state'>): string | undefined;
  /**
   * Sends these one after the other by the transport in Git's configuration. Each is moved before and after, so that a run that
   * is killed leaves at most one message uncertain; that is never sent again unless it is named.
   */
  send(mails: readonly Pick<OutboxMail, 'id' | 'state'>[], onEach: (outcome: SendOutcome) => void): Promise<readonly SendOutcome[]>;
}

/** CVE Services, where ids are reserved and records are handed in: only for a command that was told to submit. */
export interface CveServices {
  readonly address: string;
  /** Ids of the year until that many are new: first those that it reserved for us before and are not known (how many: waiting), then as many as are missing. */
  reserve(amount: number, year: string, known: ReadonlySet<string>): Promise<{ readonly ids: readonly ReservedId[]; readonly waiting: number }>;
  /** Hands in the record of an id by its cna container. known: there is one already, and it was to be the first. */
  publish(cve: string, container: object, update: boolean): Promise<'sent' | 'known'>;
  /** Hands in why an id is rejected. known: it is so already. Refuses one with a published record unless that is meant. */
  reject(cve: string, container: object, evenPublished: boolean): Promise<'sent' | 'known'>;
}

export interface Choice<T> {
  readonly value: T;
  readonly name: string;
  readonly description?: string;
}

/** Prompts. Without a terminal, or with --yes for confirm, nothing is asked: a missing value is a usage error naming the flag. */
export interface Ask {
  readonly interactive: boolean;
  /** lines: several may be pasted; elsewhere a paste of several is asked for again, and never cut to its first. */
  text(question: { readonly flag: string; readonly message: string; readonly default?: string; readonly optional?: boolean; readonly lines?: boolean; readonly check?: (value: string) => true | string | Promise<true | string> }): Promise<string>;
  secret(question: { readonly flag: string; readonly message: string }): Promise<string>;
  select<T>(question: { readonly flag: string; readonly message: string; readonly choices: readonly Choice<T>[]; readonly default?: T }): Promise<T>;
  /** Any number of them, none included; where some are needed, it asks again while nothing is ticked. */
  several<T>(question: { readonly flag: string; readonly message: string; readonly choices: readonly Choice<T>[]; readonly needed?: boolean }): Promise<readonly T[]>;
  /** True with --yes; without a terminal and without --yes a usage error that names --yes. byEnter: what Enter alone means, no when missing. */
  confirm(message: string, byEnter?: boolean): Promise<boolean>;
}

/** What the person sees. Everything printed goes through here, with control characters of strangers made visible. */
export interface Output {
  readonly json: boolean;
  readonly colour: boolean;
  readonly width: number;
  /** Data, to stdout. */
  print(text: string): void;
  /** The documented envelope, to stdout, when --json is on. */
  envelope(kind: string, content: object): void;
  /** Talk, to stderr. */
  say(text: string): void;
}

/** Everything outside of the program, built in one place (io/real-environment.ts); tests pass a fake or a real one on a temporary repository. */
export interface Environment {
  readonly cwd: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly ask: Ask;
  readonly out: Output;
  readonly options: GlobalOptions;
  /** The case repository around cwd: its root, or a refusal that says how to make one. */
  root(): string;
  /** The work tree of the case repository. */
  workTree(): Tree;
  /** The case repository whose root is this folder, from cwd; undefined where it is none. */
  repositoryAt(folder: string): Tree | undefined;
  /** The files of the public repository, from this folder below the root of the case repository; none where it is not there yet. */
  publicTree(folder: string): Tree;
  /** Looks at the public repository in this folder. inputs: what its pages are made from besides its own files and vcc itself. */
  lookAtSite(folder: string, inputs: string): Promise<SiteLook>;
  /** What `git commit` would record now, with the GIT_* variables that a hook inherits. Only paths is filled quickly: the changed ones. altered: those of them that HEAD has otherwise, with what it has. */
  staged(): Promise<{ readonly tree: Tree; readonly changed: readonly string[]; readonly altered: ReadonlyMap<string, () => Uint8Array> }>;
  /** Starts what a command will ask for first, while its code is loaded: Git takes as long. What goes wrong is told to whoever asks. */
  ahead(what: 'staged' | 'caseMemory'): void;
  /** What an earlier run found out about the cases of the work tree; undefined where it cannot be told which of them changed since. */
  caseMemory(): Promise<ComingMemory | undefined>;
  /** Has these cases of the work tree examined by several threads, where it pays: what each found out, as a memory would keep it. */
  examineInShares(unknown: readonly string[], share: Omit<Share, 'own'>): Promise<readonly string[]>;
  readonly git: GitFacts;
  readonly keyring: Keyring;
  readonly mailbox: Mailbox;
  /** CVE Services for the CNA of this short name, by the settings of this clone or person. Refuses where they are missing. */
  cveServices(shortName: string): Promise<CveServices>;
  /** Reads a file the person named, or standard input for '-'; refuses what is larger than the limit in bytes. */
  input(path: string, limit: number): Promise<{ readonly name: string; readonly bytes: Uint8Array }>;
  /** Opens a text in the person's editor, below a folder of its own that nobody else reads and that is gone afterwards; what was saved. The name is that of the file. */
  edit(name: string, text: string): Promise<string>;
  /** Writes a file that the person named, outside of the case repository, whole or not at all; refuses one inside of it. */
  output(path: string, content: string | Uint8Array): void;
  /** A file that ships with vcc, from templates/ or schemas/. */
  shipped(path: string): string;
  /** Names of the shipped files below a folder, from that folder. */
  shippedFiles(folder: string): readonly string[];
  /** Carries out a plan: the only writer in a case repository. */
  apply(plan: Plan, configuration: Configuration): Promise<Applied>;
  /** Writes mended files into the work tree, each whole or not at all, and commits nothing. Refuses where one has changed since it was looked at. */
  mend(mends: readonly FileMend[]): Promise<void>;
  /**
   * Finishes or rolls back what a killed vcc left behind and says in a sentence what it did; undefined where there was nothing.
   * A writing command calls it before it reads the tree: a plan must not rest on half-written files.
   */
  repair(): Promise<Repaired | undefined>;
  /** Refuses where no case repository can be made: a folder that is not empty, or no folder; and where Git does not know who makes it. */
  requireNewFolder(folder: string): Promise<void>;
  /** Makes a new case repository (vcc init); the folder must be empty or absent. */
  create(folder: string, files: readonly NewFile[], commit: { readonly subject: string; readonly body: string }, extras?: NewRepositoryExtras): Promise<string>;
  /** Answers requests of a browser on this machine, by the path below an address that nobody can guess, until the person ends it. Refuses a port that is taken; 0 is any free one. */
  serve(answer: (path: string, root: string) => { readonly status: number; readonly type: string; readonly body: string }, options: { readonly port: number; readonly ready: (at: { readonly url: string; readonly port: number }) => void }): Promise<void>;
  /** Hooks of the repository around cwd. */
  readonly hooks: HookFolder;
  /** Runs vcc demo: the only command that starts other programs by name. */
  readonly shell: Shell;
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
  readonly executable?: boolean;
}

/** What a new case repository has besides its files; none of it is committed. */
export interface NewRepositoryExtras {
  readonly hooks?: readonly { readonly name: string; readonly script: string }[];
  /** Git configuration of the repository, such as vcc.command. */
  readonly configuration?: readonly (readonly [key: string, value: string])[];
}

export interface Shell {
  /** Runs a program without input and hands back what it printed on either stream, in the order in which it was printed. */
  run(command: readonly string[], options: { readonly cwd: string; readonly env: Readonly<Record<string, string>> }): Promise<{ readonly code: number; readonly output: string }>;
  /** Lets a person read; in milliseconds. */
  pause(length: number): Promise<void>;
  temporaryFolder(prefix: string): Promise<string>;
  write(path: string, text: string): Promise<void>;
  read(path: string): Promise<string>;
}

interface GlobalOptions {
  readonly yes: boolean;
  readonly dryRun: boolean;
}

