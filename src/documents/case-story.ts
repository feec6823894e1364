import type { CaseState } from '../domain/case-state.ts';
import { addedAs, publicId, type CaseRecord, type LoggedEntry } from '../domain/case.ts';
import { doubtOf, shortCommit, SIGNATURE_WORDS, type CommitLine, type Doubt, type PathChange } from '../domain/commit.ts';
import { formatInstant, showInstant, type Instant } from '../domain/instant.ts';
import { byTime } from '../domain/replay.ts';
import type { Coordinator, SentMessage } from '../generated/documents.ts';
import { howLong } from './due-text.ts';
import { entrySentence, entryWords, messageLine } from './entry-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { wrap } from './text-width.ts';

export interface Story {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly zone: string;
  /** The commits that touched the case, oldest first. */
  readonly commits: readonly CommitLine[];
  /** To tell who vouched from who committed. */
  readonly team: readonly Coordinator[];
}

interface Chapter {
  readonly logged: LoggedEntry;
  /** That changed its file under whatever name, oldest first; entries are never edited, so a second one is worth a word. */
  readonly commits: readonly CommitLine[];
  readonly doubt?: Doubt;
  /** The entry that took it back. */
  readonly correctedBy?: LoggedEntry;
  /** Has no effect: corrected, or not possible where it stands. */
  readonly inForce: boolean;
}

/** What a commit did to files of the case besides adding entries with what belongs to them. */
interface Edit {
  readonly line: CommitLine;
  readonly paths: readonly PathChange[];
}

/** A path as it is in whatever year the case lies: what was folded before the case moved has no file there. */
const below = (path: string): string => path.replace(/^cases\/[0-9]{4}\/[0-9]{8}\//, '');

const isEntry = (path: string): boolean => path.includes('/log/');
const isFolded = (path: string): boolean => below(path) === 'log.md';

/** Whether the commit moved entries between log/ and log.md. That none was changed on the way is for lint to find: log-rewritten. */
const refolds = ({ paths }: CommitLine): boolean => paths.some(({ path }) => isFolded(path)) && paths.some(({ path, status }) => isEntry(path) && /^[AD]+$/.test(status));

/** The commits of each file by its path below the case, also from before it got its name. */
function commitsByPath(commits: readonly CommitLine[]): Map<string, CommitLine[]> {
  const found = new Map<string, CommitLine[]>();
  for (const line of commits) {
    for (const { status, path, from } of line.paths) {
      const known = found.get(below(from ?? path)) ?? [];
      const moves = isEntry(path) && refolds(line) && (/D/.test(status) || known.length > 0);
      // A mere change of the name is no change of the file.
      found.set(below(path), [...known, ...(status === 'R' || moves ? [] : [line])]);
    }
  }
  return found;
}

function chapters({ record, state, commits, team }: Story): Chapter[] {
  const inForce = new Set(state.entries.map(({ name }) => name));
  const corrections = new Map(state.entries.flatMap((logged) => (logged.entry.event === 'corrected' ? [[logged.entry.entry, logged] as const] : [])));
  const byPath = commitsByPath(commits);
  return [...record.log].sort(byTime).map((logged) => {
    const correctedBy = corrections.get(logged.name);
    // An entry that never was a file of its own came with log.md.
    const own = byPath.get(below(addedAs(logged))) ?? byPath.get(below(logged.path)) ?? [];
    const doubt = own[0] && doubtOf(logged.entry.by, own[0], team);
    return { logged, commits: own, inForce: inForce.has(logged.name), ...(doubt === undefined ? {} : { doubt }), ...(correctedBy === undefined ? {} : { correctedBy }) };
  });
}

/** Edits of case.md and the texts, and whatever happened to a file that should have stayed as it was; of an entry, its chapter tells that it was edited. */
function edits({ record, commits }: Story): Edit[] {
  const there = new Set(record.log.map((logged) => below(addedAs(logged))));
  return commits.flatMap((line) => {
    const moves = refolds(line);
    const adds = !moves && line.paths.some(({ path, status }) => isEntry(path) && /^A+$/.test(status));
    const paths = line.paths.filter(({ path, status }) => (isEntry(path) ? /[DR]/.test(status) && !(moves && there.has(below(path))) : !(adds && /^A+$/.test(status))));
    return paths.length === 0 ? [] : [{ line, paths }];
  });
}

/** Chapters and edits in order of time; an edit stands where it was committed. */
function inOrder(story: Story): (Chapter | Edit)[] {
  const at = (part: Chapter | Edit): Instant => ('line' in part ? part.line.at : part.logged.at);
  return [...chapters(story), ...edits(story)].sort((a, b) => at(a) - at(b));
}

const messageOf = ({ entry }: LoggedEntry): SentMessage | undefined => ('message' in entry ? entry.message : undefined);

const DAY = 86_400_000;
const HOUR = 3_600_000;

/** When it was written down, where that is not when it happened. */
function lateness(happened: Instant, written: Instant): string[] {
  if (written - happened >= DAY) return [`written down ${howLong(written - happened)} later`];
  return happened - written >= HOUR ? [`written down ${howLong(happened - written)} BEFORE it happened`] : [];
}

const DOUBTS: Readonly<Record<Doubt['of'], string>> = { author: 'made by', key: 'SIGNED BY', committer: 'committed by' };

/** In a case of which some commits are signed, those without a signature are told, too. */
const signatureOf = ({ signature: { state } }: CommitLine, { commits }: Story): string[] => (state === 'none' && commits.every(({ signature }) => signature.state === 'none') ? [] : [SIGNATURE_WORDS[state]]);

/** Who vouches for the entry and where Git has it. */
function provenance({ logged, commits, doubt }: Chapter, story: Story): string {
  const [first, ...later] = commits;
  const own = first === undefined ? ['not committed'] : [`commit ${shortCommit(first.commit)}${doubt === undefined ? '' : ` ${DOUBTS[doubt.of]} ${doubt.who}`}`, ...signatureOf(first, story), ...lateness(logged.at, first.at)];
  return legibleLine([`by ${logged.entry.by}`, ...own, ...(later.length === 0 ? [] : [`EDITED in ${later.map(({ commit }) => shortCommit(commit)).join(', ')}`]), logged.name].join(', '));
}

/** What happened to a file: edited advisory.en.md. Entries and sealed files are written once, so that a change of them is loud. */
function editWords({ status, path, from }: PathChange, moves: boolean): string {
  if (moves && isFolded(path)) return /D/.test(status) ? 'the log is taken out of log.md' : 'the log is folded into log.md';
  // The whole case, from another year: the same for all of its files.
  if (status === 'R' && from !== undefined && below(from) === below(path)) return `moved here from ${from.slice(0, -below(from).length - 1)}`;
  const once = isEntry(path) || isFolded(path) || path.includes('/sealed/');
  const did = from !== undefined ? 'renamed' : /D/.test(status) ? 'deleted' : /^A+$/.test(status) ? 'added' : 'edited';
  return `${once && did !== 'added' ? did.toUpperCase() : did} ${from === undefined ? '' : `${below(from)} to `}${below(path)}`;
}

function showEdit({ line, paths }: Edit, story: Story, width: number, colours: Paint): string {
  const stamp = showInstant(line.at, story.zone);
  const hang = ' '.repeat(stamp.length + 2);
  const [first = '', ...rest] = wrap(legibleLine([...new Set(paths.map((path) => editWords(path, refolds(line))))].join(', ')), width - hang.length);
  const by = legibleLine([`commit ${shortCommit(line.commit)} by ${line.author} <${line.email}>`, ...signatureOf(line, story), line.subject].join(', '));
  return [`${stamp}  ${first}`, ...rest.map((text) => hang + text), ...wrap(by, width - 4).map((text) => colours.quiet(`    ${text}`))].join('\n');
}

function showChapter(chapter: Chapter, story: Story, width: number, colours: Paint): string {
  const { logged, correctedBy } = chapter;
  const stamp = showInstant(logged.at, story.zone);
  const inset = (text: string): string[] => wrap(text, width - 4).map((line) => (line === '' ? '' : `    ${line}`));
  const hang = ' '.repeat(stamp.length + 2);
  const [first = '', ...rest] = wrap(entrySentence(logged.entry, story.zone), width - hang.length);
  const heading = chapter.inForce ? colours.strong : colours.quiet;
  const message = messageOf(logged);
  return [
    `${stamp}  ${heading(first)}`,
    ...rest.map((line) => hang + heading(line)),
    ...(correctedBy === undefined ? (chapter.inForce ? [] : inset('(has no effect where it stands: see vcc lint)')) : inset(`(a mistake, corrected by ${correctedBy.name})`)),
    ...entryWords(logged).flatMap(inset),
    ...(message === undefined ? [] : inset(messageLine(message))),
    ...inset(provenance(chapter, story)).map(colours.quiet),
  ].join('\n');
}

/** The story of a case, entry by entry, and the edits of its files between them, in order of time. */
export function caseStory(story: Story, width: number, colours: Paint): string {
  return inOrder(story).map((part) => ('line' in part ? showEdit(part, story, width, colours) : showChapter(part, story, width, colours))).join('\n\n');
}

const commitAsData = ({ commit, author, committer, at, signature }: CommitLine, zone: string): object => ({ commit, author, committer, at: formatInstant(at, zone), signature: signature.state });

/** The same for a JSON envelope; every entry is there in full. */
export function storyAsData(story: Story): object {
  const { record, state, zone } = story;
  return {
    case: record.number,
    publicId: publicId(record.file),
    status: state.status,
    entries: chapters(story).map(({ logged, commits, inForce, correctedBy, doubt }) => ({
      name: logged.name,
      path: logged.path,
      at: formatInstant(logged.at, zone),
      by: logged.entry.by,
      event: logged.entry.event,
      sentence: entrySentence(logged.entry, zone),
      inForce,
      ...(correctedBy === undefined ? {} : { correctedBy: correctedBy.name }),
      ...(doubt === undefined ? {} : { doubt }),
      entry: logged.entry,
      text: logged.text,
      commits: commits.map((line) => commitAsData(line, zone)),
    })),
    edits: edits(story).map(({ line, paths }) => ({ ...commitAsData(line, zone), subject: line.subject, paths })),
  };
}
