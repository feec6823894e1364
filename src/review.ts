import { leaksOfCases } from './documents/guarded-cases.ts';
import { fileDifferences, type FileDifference } from './documents/registry-difference.ts';
import type { ReviewedCase, Review } from './documents/review-outline.ts';
import { caseDifference, isNothing, type CaseSide } from './domain/case-difference.ts';
import { addedAs, type LoggedEntry } from './domain/case.ts';
import { doubtOf, shortCommit, SIGNATURE_WORDS, type CommitLine, type Doubt } from './domain/commit.ts';
import { isError, type Finding } from './domain/finding.ts';
import { VccError } from './domain/problem.ts';
import type { Tree } from './domain/tree.ts';
import type { CommitRange, Environment } from './environment.ts';
import { publicContent } from './gate-facts.ts';
import type { Coordinator } from './generated/documents.ts';
import { leakingCommits } from './leaking-texts.ts';
import { examineRepository } from './rules/lint-repository.ts';
import { alteredSince } from './rules/rule.ts';
import { sessionOn, viewRecord, type Session } from './session.ts';

const CASE_PATH = /^(cases\/[0-9]{4}\/([0-9]{8}))\//;
/** What every case is judged by: a change there can move the dates of cases that nobody touched. */
const RULES_OF_ALL = /^(?:vcc|policy)\.yaml$/;

/** Everything that a range of commits changes in meaning, read from their trees alone: the work tree is not looked at. */
export async function reviewOf(env: Environment, range: CommitRange): Promise<Review> {
  const paths = range.changes.map(({ path }) => path);
  const all = paths.some((path) => RULES_OF_ALL.test(path));
  const likely = all ? undefined : paths;
  const [before, after] = [env.git.treeAt(range.base, likely), env.git.treeAt(range.head, likely)];
  const now = env.clock.now();
  const [old, current] = [opened(before, now), opened(after, now)];
  const commits = withoutSealedNames(after, await env.git.history('', `${range.base}..${range.head}`));
  const team = knownTeam(old, current);
  const altered = alteredSince(range.changes, before);
  const examined = paths.length === 0 ? [] : examineRepository(after, { now, changed: paths, altered }).findings;
  const together = togetherOnly(range, examined, now);

  const numbers = all ? [...(current?.repository.caseFolders() ?? []), ...(old?.repository.caseFolders() ?? [])].map(({ number }) => number) : paths.flatMap((path) => CASE_PATH.exec(path)?.[2] ?? []);
  const cases = [...new Set(numbers)].sort().flatMap((number): ReviewedCase[] => {
    const [was, is] = [sideOf(old, number), sideOf(current, number)];
    if (was === undefined && is === undefined) return [];
    const difference = caseDifference(was, is);
    if (isNothing(difference)) return [];
    const { series } = ((is ?? was) as CaseSide).record.file;
    return [{ publicId: `${series}#${number}`, difference, added: difference.added.map((logged) => vouched(logged, commits, team)), readable: is !== undefined }];
  });
  const inCommits = current === undefined || commits.length === 0 ? [] : (await leakingCommits(env, after, current.repository.configuration.team, `${range.base}..${range.head}`)).findings;
  const signatures = await signatureFindings(env, range, commits);
  const findings = [...cases.flatMap(({ added }) => added.flatMap(doubtFinding)), ...signatures, ...examined, ...together, ...inCommits];
  return {
    range,
    commits,
    files: withoutSealed(after, fileDifferences(before, after, range.changes)),
    cases,
    findings: [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))],
    notes: [
      ...(range.apart ? ['The base has commits that the head has not: what they brought is taken away here.'] : []),
      ...(range.together === 'conflict' ? ['The base has moved on, and the two do not merge without a conflict: what they make together was not looked at.'] : []),
      ...(range.together === 'unknown' ? ['The base has moved on, and this Git cannot tell what the two make together (2.38 can): merge the base into the branch, and review it then.'] : []),
      ...(old === undefined && commits.length > 0 ? ['vcc.yaml or policy.yaml of the base cannot be read, so every case is shown as new.'] : []),
    ],
    zone: (current ?? old)?.zone ?? 'UTC',
  };
}

/** What is wrong in none of the two alone: a publication there, a longer embargo here. */
function togetherOnly({ together, changes }: CommitRange, alone: readonly Finding[], now: number): Finding[] {
  if (together === undefined || typeof together === 'string') return [];
  const known = new Set(alone.map(({ file, rule, message }) => `${rule} ${file} ${message}`));
  const { findings } = examineRepository(together, { now, changed: changes.map(({ path }) => path) });
  return findings.filter(({ file, rule, message }) => !known.has(`${rule} ${file} ${message}`)).map((finding) => ({ ...finding, message: `merged with the base as it is by now: ${finding.message}` }));
}

/** A tree as a case repository, or undefined where its vcc.yaml or policy.yaml cannot be read: that is a finding, and no reason to show nothing. */
function opened(tree: Tree, now: number): Session | undefined {
  try {
    return sessionOn(tree, now);
  } catch (problem) {
    if (problem instanceof VccError) return undefined;
    throw problem;
  }
}

const WITHHELD = '[withheld]';

/** Of each text, whether it gives away what is sealed in some case: a review goes into comments and logs that more people read than the repository. */
function giveAway(tree: Tree, texts: readonly string[]): boolean[] {
  const folders = tree.files('cases').flatMap(({ path }) => [CASE_PATH.exec(path)].flatMap((found) => (found === null ? [] : [[found[1] as string, found[2] as string] as const])));
  return leaksOfCases(tree, [...new Map(folders)].map(([folder, number]) => ({ folder, number })), texts).map((leaks) => leaks.length > 0);
}

/** lint says of such a file what is wrong, and where. */
function withoutSealed(tree: Tree, files: readonly FileDifference[]): FileDifference[] {
  const inPath = giveAway(tree, files.map(({ path }) => path));
  const inContent = giveAway(tree, files.map(({ changes }) => JSON.stringify(changes)));
  return files.map((file, index) => ({ ...file, ...(inPath[index] === true ? { path: WITHHELD } : {}), ...(inContent[index] === true ? { changes: [] } : {}) }));
}

function withoutSealedNames(tree: Tree, commits: readonly CommitLine[]): CommitLine[] {
  const people = [...new Set(commits.flatMap(({ author, email, committer, committerEmail }) => [author, email, committer, committerEmail]))];
  const gives = giveAway(tree, people);
  const shown = (name: string): string => (gives[people.indexOf(name)] === true ? WITHHELD : name);
  return commits.map((line) => ({ ...line, author: shown(line.author), email: shown(line.email), committer: shown(line.committer), committerEmail: shown(line.committerEmail) }));
}

function sideOf(session: Session | undefined, number: string): CaseSide | undefined {
  const record = session?.repository.record(number);
  if (session === undefined || record === undefined) return undefined;
  const view = viewRecord(session, record);
  const { en, ja } = record.advisories;
  return { ...view, ...(en && ja ? { text: publicContent(session, view).contentHash } : {}) };
}

/** The team by which commits are judged: as the base has it, for who puts another address into vcc.yaml must not vouch for others with it; then who joins. */
function knownTeam(old: Session | undefined, current: Session | undefined): readonly Coordinator[] {
  const before = old?.repository.configuration.team ?? [];
  const after = current?.repository.configuration.team ?? [];
  return [...before, ...after.filter(({ slug }) => !before.some((member) => member.slug === slug))];
}

interface Vouched {
  readonly logged: LoggedEntry;
  readonly commit?: CommitLine;
  readonly doubt?: Doubt;
}

function vouched(logged: LoggedEntry, commits: readonly CommitLine[], team: readonly Coordinator[]): Vouched {
  // An entry that never was a file of its own came with log.md.
  const commit = commits.find(({ paths }) => paths.some(({ path, status }) => path === addedAs(logged) && /^(?:A+|RM?)$/.test(status))) ?? commits.find(({ paths }) => paths.some(({ path }) => path === logged.path));
  if (commit === undefined) return { logged };
  const doubt = doubtOf(logged.entry.by, commit, team);
  return { logged, commit, ...(doubt === undefined ? {} : { doubt }) };
}

const DOUBTS: Readonly<Record<Doubt['of'], string>> = { author: 'was written by', key: 'was signed by', committer: 'was committed by' };

/** An entry in somebody's name that somebody else wrote: forged, or made for them; a reviewer has to ask. */
function doubtFinding({ logged, commit, doubt }: Vouched): Finding[] {
  if (commit === undefined || doubt === undefined) return [];
  return [{
    rule: 'entry-by-another',
    severity: doubt.of === 'committer' ? 'warning' : 'error',
    file: logged.path,
    ...logged.where('by'),
    message: `${logged.entry.by} vouches for this entry, and the commit ${shortCommit(commit.commit)} ${DOUBTS[doubt.of]} ${doubt.who}`,
    fix: doubt.of === 'committer' ? 'Ask them whether that is right, as after a rebase.' : `Ask ${logged.entry.by}, by another channel, whether it is theirs; if not, do not merge it.`,
  }];
}

/** Signatures that do not hold; and, where commits are signed here, those without one. */
async function signatureFindings(env: Environment, { base }: CommitRange, commits: readonly CommitLine[]): Promise<Finding[]> {
  const isSigned = ({ signature }: CommitLine): boolean => signature.state !== 'none';
  const signs = commits.some(isSigned) || (commits.length > 0 && (await env.git.history('', `${base}^!`)).some(isSigned));
  // On a machine without the keys of the team, as in CI, that is one thing to know and not one of each commit.
  const unknown = commits.filter(({ signature }) => signature.state === 'unknown-key');
  return commits.flatMap(({ commit, author, signature: { state } }): Finding[] => {
    if (state === 'good' || (state === 'none' && !signs) || (state === 'unknown-key' && commit !== unknown[0]?.commit)) return [];
    const wrong = state === 'bad' || state === 'revoked-key';
    return [{
      rule: wrong ? 'commit-signature' : 'commit-unproven',
      severity: wrong ? 'error' : 'warning',
      file: `commit ${shortCommit(commit)}`,
      line: 1,
      column: 1,
      message: state === 'unknown-key' && unknown.length > 1 ? `${unknown.length} commits, this one first: ${SIGNATURE_WORDS[state]}` : `${author}: ${SIGNATURE_WORDS[state]}`,
      fix: wrong ? 'Do not merge it; ask its author, by another channel, what they committed.' : state === 'unknown-key' ? 'Import the keys of the team into GnuPG, then git log --show-signature checks it.' : 'Ask its author to sign it: git commit -S',
    }];
  });
}
