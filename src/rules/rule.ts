import type { CaseRecord } from '../domain/case.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { WorkCalendar } from '../domain/calendar.ts';
import type { PathChange } from '../domain/commit.ts';
import type { Finding, Severity } from '../domain/finding.ts';
import type { Instant } from '../domain/instant.ts';
import type { Tree, TreeFile } from '../domain/tree.ts';
import type { DueDate } from '../domain/deadlines.ts';
import type { readLedger } from '../documents/cve-file.ts';
import type { CaseFacts } from '../documents/remembered-cases.ts';
import type { Repository } from '../documents/repository.ts';
import type { Guard } from '../generated/documents.ts';

/** What a rule finds; the rule's id, and its severity and fix where the finding names none, are added by lintRepository. */
export interface Mistake {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly fix?: string;
  /** Only where it differs from the rule's. */
  readonly severity?: Severity;
  /** The path as every finding shows it, where it holds what nobody may read. */
  readonly shown?: string;
}

/** A file under examination; its bytes are read when a rule asks for them. */
export interface LintedFile extends TreeFile {
  bytes(): Uint8Array;
  /** One character a byte: good for finding ASCII marks in a file of any encoding, and nothing else. */
  latin1(): string;
}

/** A case under examination, with what follows from its log. */
interface LintedCase {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly files: readonly TreeFile[];
  /** What finds sealed values in a text without a key. */
  readonly guards: readonly Guard[];
  /** Its clocks as they stand now, worked out when they are first asked for. */
  readonly dues: () => readonly DueDate[];
}

/** Paths with what they held in the last commit. */
export type Altered = ReadonlyMap<string, () => Uint8Array>;

/** Of the changes since a commit, what stood there before and is other or gone now. */
export const alteredSince = (changes: readonly PathChange[], before: Tree): Altered => new Map(changes.filter(({ status }) => status !== 'A').map(({ path }) => [path, () => before.read(path) ?? new Uint8Array()]));

/**
 * How vcc lint --fix mends what a rule found. Only what is certain: the file says the same as before to whoever reads it, and nobody
 * could want it otherwise. Which files are never written, whatever was found in them, is for mending.ts to say.
 */
interface Mend {
  /** What it does, as the end of a sentence that begins with vcc lint --fix. */
  readonly does: string;
  /** The whole file as it shall be, so that doing it twice changes nothing more; undefined where a person has to decide. */
  readonly mended: (file: LintedFile, now: Instant) => Uint8Array | undefined;
}

export interface LintContext {
  readonly tree: Tree;
  readonly repository: Repository;
  readonly calendar: WorkCalendar;
  readonly now: Instant;
  /** Every rule that there is. */
  readonly rules: readonly Rule[];
  /** The files under examination. */
  readonly files: readonly TreeFile[];
  /** Whether everything is examined: these are then all files but those of unchanged cases. */
  readonly everything: boolean;
  /** Of these, those that stood in the last commit and are other or gone now, with what they held then; none where there is no last commit to compare with. */
  readonly altered: Altered;
  /** Folders of the cases under examination; some may have no case.md that can be read. */
  readonly folders: readonly { readonly number: string; readonly folder: string }[];
  /** Where everything is examined, what the rules that compare cases need to know of each that can be read; in the order of their folders. */
  readonly facts: readonly CaseFacts[];
  /** Folders of cases that an earlier run examined, and that stand as they did: only what is new in other files is compared with them. */
  readonly unchanged: readonly { readonly number: string; readonly folder: string }[];
  /** Whether that text was compared with all of these, by its name (textName). */
  readonly isCompared: (text: string) => boolean;
  /** Takes note of a text of no case that was compared with every case, and holds no mark of any. */
  readonly noteCompared: (text: string) => void;
  /** The CVE ids of the centre, read once for all rules. */
  readonly ledger: () => ReturnType<typeof readLedger>;
  /** Whether the path, present or deleted, is one of those to examine. */
  readonly touched: (path: string) => boolean;
  /** Whether one of the files to examine, present or deleted, lies below the folder. */
  readonly touchedBelow: (folder: string) => boolean;
}

/**
 * A lint rule. It looks at files one by one, at cases one by one, at the repository once, or at several of these.
 * A rule without a check gives the reason for findings that reading the files or replaying the log makes by itself.
 */
export interface Rule {
  /** Kebab case; names what is wrong. */
  readonly id: string;
  /** The gravest that it gives. An error stops a commit. */
  readonly severity: Severity;
  /** It keeps a secret or proves the log: vcc.yaml cannot soften it. */
  readonly safety?: true;
  /** It judges what vcc.yaml says of the rules, which could else silence it. */
  readonly judgesSettings?: true;
  /** Time alone brings it about, and an entry often ends it: made an error, it fails a lint of what stands and keeps nobody from a change. */
  readonly byClock?: true;
  readonly summary: string;
  /** For a case handler, with the clause it rests on. */
  readonly why: string;
  readonly fix: string;
  readonly mend?: Mend;
  /** Runs even where vcc.yaml or policy.yaml cannot be read. */
  readonly checkFile?: (file: LintedFile) => Iterable<Mistake>;
  readonly checkCase?: (linted: LintedCase, context: LintContext) => Iterable<Mistake>;
  /** In place of checkCase where the case cannot be read. */
  readonly checkBroken?: (broken: BrokenCase, context: LintContext) => Iterable<Mistake>;
  readonly check?: (context: LintContext) => Iterable<Mistake>;
  /** Who makes the findings of a rule without a check. */
  readonly foundWhile?: 'reading' | 'replaying';
}

/** What is left of a case of which a file cannot be read. */
interface BrokenCase {
  readonly number: string;
  readonly folder: string;
  readonly files: readonly TreeFile[];
  readonly guards: readonly Guard[];
}

/** Added by lintRepository to what a rule found. */
export const asFinding = (rule: Rule, mistake: Mistake): Finding => ({
  rule: rule.id,
  severity: mistake.severity ?? rule.severity,
  file: mistake.file,
  line: mistake.line,
  column: mistake.column,
  message: mistake.message,
  fix: mistake.fix ?? rule.fix,
});

/** The first character of a file: where a mistake of the file as a whole is shown. */
export const wholeFile = (file: string): Pick<Mistake, 'file' | 'line' | 'column'> => ({ file, line: 1, column: 1 });
