import { publicId, type CaseRecord, type LoggedEntry } from '../domain/case.ts';
import type { CaseState } from '../domain/case-state.ts';
import { formatInstant, showInstant } from '../domain/instant.ts';
import { byTime } from '../domain/replay.ts';
import type { SentMessage } from '../generated/documents.ts';
import { entrySentence, entryWords, messageLine } from './entry-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { wrap } from './text-width.ts';

/** What Git knows of one log entry: the commits that touched its file, oldest first. */
export interface Provenance {
  readonly commit: string;
  readonly author: string;
  readonly email: string;
}

export interface Story {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly zone: string;
  /** By path of the entry. */
  readonly commits: ReadonlyMap<string, readonly Provenance[]>;
  /** E-mail addresses of the team by short name, to tell who vouched from who committed. */
  readonly team: ReadonlyMap<string, string>;
}

interface Chapter {
  readonly logged: LoggedEntry;
  readonly commits: readonly Provenance[];
  /** The entry that took it back. */
  readonly correctedBy?: LoggedEntry;
  /** Has no effect: corrected, or not possible where it stands. */
  readonly inForce: boolean;
}

const short = (commit: string): string => commit.slice(0, 9);

function chapters({ record, state, commits }: Story): Chapter[] {
  const inForce = new Set(state.entries.map(({ name }) => name));
  const corrections = new Map(state.entries.flatMap((logged) => (logged.entry.event === 'corrected' ? [[logged.entry.entry, logged] as const] : [])));
  return [...record.log].sort(byTime).map((logged) => {
    const correctedBy = corrections.get(logged.name);
    return { logged, commits: commits.get(logged.path) ?? [], inForce: inForce.has(logged.name), ...(correctedBy === undefined ? {} : { correctedBy }) };
  });
}

const messageOf = ({ entry }: LoggedEntry): SentMessage | undefined => ('message' in entry ? entry.message : undefined);

/** Who vouches for the entry and where Git has it; entries are never edited, so a second commit is worth a word. */
function provenance({ logged, commits }: Chapter, team: Story['team']): string {
  const [first, ...later] = commits;
  const parts = [`by ${logged.entry.by}`];
  if (first === undefined) parts.push('not committed');
  else {
    const stranger = team.get(logged.entry.by)?.toLowerCase() !== first.email.toLowerCase();
    parts.push(`commit ${short(first.commit)}${stranger ? ` made by ${first.author}` : ''}`);
  }
  if (later.length > 0) parts.push(`EDITED in ${later.map(({ commit }) => short(commit)).join(', ')}`);
  return legibleLine([...parts, logged.name].join(', '));
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
    ...inset(provenance(chapter, story.team)).map(colours.quiet),
  ].join('\n');
}

/** The story of a case, entry by entry, in order of time. */
export function caseStory(story: Story, width: number, colours: Paint): string {
  return chapters(story).map((chapter) => showChapter(chapter, story, width, colours)).join('\n\n');
}

/** The same for a JSON envelope; every entry is there in full. */
export function storyAsData(story: Story): object {
  return {
    case: story.record.number,
    publicId: publicId(story.record.file),
    status: story.state.status,
    entries: chapters(story).map(({ logged, commits, inForce, correctedBy }) => ({
      name: logged.name,
      path: logged.path,
      at: formatInstant(logged.at, story.zone),
      by: logged.entry.by,
      event: logged.entry.event,
      sentence: entrySentence(logged.entry, story.zone),
      inForce,
      ...(correctedBy === undefined ? {} : { correctedBy: correctedBy.name }),
      entry: logged.entry,
      text: logged.text,
      commits: commits.map(({ commit, author }) => ({ commit, author })),
    })),
  };
}
