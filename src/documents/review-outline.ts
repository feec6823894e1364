import type { CaseDifference } from '../domain/case-difference.ts';
import type { LoggedEntry } from '../domain/case.ts';
import { shortCommit, SIGNATURE_WORDS, type CommitLine, type Doubt } from '../domain/commit.ts';
import { isError, showFinding, type Finding } from '../domain/finding.ts';
import { showInstant } from '../domain/instant.ts';
import { vendorHeardIn } from '../domain/vendor-progress.ts';
import { CHANGE_GROUPS, changeInWords } from './change-words.ts';
import { entryFact } from './entry-text.ts';
import { changeOfFile, fileLine, type FileDifference } from './registry-difference.ts';
import { graveLine, line, ownWords, type ReviewLine } from './review-line.ts';

/** A case that differs; of each entry that came, who vouches for it by Git. */
export interface ReviewedCase {
  readonly publicId: string;
  readonly difference: CaseDifference;
  readonly added: readonly { readonly logged: LoggedEntry; readonly commit?: CommitLine; readonly doubt?: Doubt }[];
  /** Whether the head has the case and it can be read. */
  readonly readable: boolean;
}

/** What a range of commits changes in meaning. */
export interface Review {
  readonly range: { readonly base: string; readonly head: string };
  readonly commits: readonly CommitLine[];
  readonly files: readonly FileDifference[];
  readonly cases: readonly ReviewedCase[];
  /** Errors first. */
  readonly findings: readonly Finding[];
  /** What the reviewer has to know about the comparison itself. */
  readonly notes: readonly string[];
  readonly zone: string;
}

/** Paragraphs below a heading. */
export interface OutlineSection {
  readonly title: ReviewLine;
  readonly groups: readonly { readonly label?: ReviewLine; readonly lines: readonly ReviewLine[] }[];
}

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** How much there is, in one line. */
export function reviewSummary({ range, commits, cases, findings }: Review): ReviewLine {
  const errors = findings.filter(isError).length;
  const counts = ownWords([counted(errors, 'error'), counted(findings.length - errors, 'warning'), counted(cases.length, 'case'), counted(commits.length, 'commit')].join(', '));
  return errors === 0 ? line`${counts}; ${shortCommit(range.base)} → ${shortCommit(range.head)}` : graveLine`${counts}; ${shortCommit(range.base)} → ${shortCommit(range.head)}`;
}

/** The review in the order in which a reviewer needs it: what is wrong, what governs everything, the cases, the rest. */
export function reviewOutline(review: Review): OutlineSection[] {
  const { findings, files, cases, zone } = review;
  const governing = files.filter(({ governs }) => governs);
  const others = files.filter(({ governs }) => !governs);
  const sections: OutlineSection[] = [
    { title: line`What is wrong`, groups: [{ lines: findings.filter(isError).map((finding) => graveLine`${showFinding(finding)}`) }] },
    { title: line`Rules, team, contacts and keys`, groups: fileGroups(governing) },
    ...cases.map((reviewed) => caseSection(reviewed, zone)),
    { title: line`Other files`, groups: fileGroups(others) },
    { title: line`What to look at`, groups: [{ lines: findings.filter((finding) => !isError(finding)).map((finding) => line`${showFinding(finding)}`) }] },
  ];
  return sections.map(({ title, groups }) => ({ title, groups: groups.filter(({ lines }) => lines.length > 0) })).filter(({ groups }) => groups.length > 0);
}

/** Files of which there is no more to say than that they differ, then each of the others with what differs. */
const fileGroups = (files: readonly FileDifference[]): OutlineSection['groups'] => [
  { lines: files.filter(({ changes }) => changes.length === 0).map(fileLine) },
  ...files.filter(({ changes }) => changes.length > 0).map((file) => ({ label: fileLine(file), lines: file.changes.map((change) => changeOfFile(file.path, change)) })),
];

const TOLD: readonly string[] = ['vendor-contacted', 'partner-contacted', 'reporter-contacted', 'authority-notified', 'opinion-asked'];
const ANSWERED: readonly string[] = ['reporter-replied', 'partner-replied'];

/** Whether somebody was told something, or said something, or something else happened. */
function kindOf({ entry }: LoggedEntry): 'Told' | 'Answered' | 'Happened' {
  if (TOLD.includes(entry.event)) return 'Told';
  const party = 'party' in entry && (entry.event === 'date-agreed' || entry.event === 'embargo-accepted' || entry.event === 'embargo-rejected') && entry.party !== 'team';
  return party || ANSWERED.includes(entry.event) || vendorHeardIn(entry) !== undefined ? 'Answered' : 'Happened';
}

function entryLine({ logged, commit, doubt }: ReviewedCase['added'][number], zone: string): ReviewLine {
  const { entry } = logged;
  const protection = 'message' in entry ? (entry.message.inClear === undefined ? ', encrypted' : ', IN CLEAR') : '';
  const by = commit === undefined ? line`in no commit of this range` : commit.signature.state === 'none' ? line`${shortCommit(commit.commit)}` : line`${shortCommit(commit.commit)}, ${ownWords(SIGNATURE_WORDS[commit.signature.state])}`;
  const what = `${showInstant(logged.at, zone)} ${entryFact(entry, zone)}${protection}`;
  return doubt === undefined || doubt.of === 'committer' ? line`${what}; by ${entry.by} (${by})` : graveLine`${what}; by ${entry.by}, BUT FROM ${doubt.who} (${by})`;
}

function caseSection({ publicId, difference, added, readable }: ReviewedCase, zone: string): OutlineSection {
  const { status: { from, to }, rewritten, deleted, changes } = difference;
  const said = changes.map((change) => changeInWords(change, zone));
  const entries = (kind: string): ReviewLine[] => added.filter(({ logged }) => kindOf(logged) === kind).map((one) => entryLine(one, zone));
  const state = !readable ? line`${publicId}: cannot be read any more, or is gone` : from === undefined ? line`${publicId}: new, ${to ?? ''}` : from === to ? line`${publicId}: ${from} as before` : line`${publicId}: ${from} → ${to ?? ''}`;
  return {
    title: state,
    groups: [
      { label: ownWords('Rewritten'), lines: [...rewritten.map(({ path }) => graveLine`${path} says something else now`), ...deleted.map(({ path }) => graveLine`${path} is gone`)] },
      ...['Told', 'Answered', 'Happened'].map((kind) => ({ label: ownWords(kind), lines: entries(kind) })),
      // The state itself stands in the heading.
      ...CHANGE_GROUPS.map((group) => ({ label: ownWords(group), lines: said.filter((one, index) => one.group === group && changes[index]?.about !== 'status').map((one) => one.line) })),
    ],
  };
}
