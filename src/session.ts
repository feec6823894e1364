import { attention } from './domain/attention.ts';
import { makeCalendar, type WorkCalendar } from './domain/calendar.ts';
import type { CaseRecord } from './domain/case.ts';
import type { CaseState } from './domain/case-state.ts';
import { dueDates, type DueDate } from './domain/deadlines.ts';
import { grouped } from './domain/fingerprint.ts';
import { isError, showFinding, type Finding } from './domain/finding.ts';
import { futureEntries } from './domain/future-entry.ts';
import { localDate, readWhen, type Instant } from './domain/instant.ts';
import { publicPaths, treeWithPlan, type NextStep, type OutgoingMessage, type Plan } from './domain/plan.ts';
import { refusal, usage } from './domain/problem.ts';
import { replay } from './domain/replay.ts';
import type { Tree } from './domain/tree.ts';
import { legible } from './documents/legible.ts';
import type { Author } from './documents/case-change.ts';
import { openRepository, type Repository } from './documents/repository.ts';
import type { Environment } from './environment.ts';
import type { Coordinator } from './generated/documents.ts';

/** What every command on a case repository starts from. */
export interface Session {
  readonly repository: Repository;
  readonly calendar: WorkCalendar;
  readonly zone: string;
  readonly now: Instant;
  /** The day at the organisation, YYYY-MM-DD. */
  readonly today: string;
}

export const openSession = (env: Environment): Session => sessionOn(env.workTree(), env.clock.now());

/** The same on any tree, such as that of a commit. */
export function sessionOn(tree: Tree, now: Instant): Session {
  const repository = openRepository(tree);
  const { zone, policy } = repository;
  return { repository, calendar: makeCalendar(zone, repository.configuration.closures ?? [], policy.calendars), zone, now, today: localDate(now, zone) };
}

/** A case with what follows from its log now. */
export interface CaseView {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly findings: readonly Finding[];
  readonly dues: readonly DueDate[];
}

export function viewRecord(session: Session, record: CaseRecord): CaseView {
  const { state, findings } = replay(record);
  const dues = dueDates(record, state, session.repository.policy, session.calendar, session.now, session.repository.configuration.cna?.shortName);
  return { record, state, findings: [...record.findings, ...findings, ...futureEntries(state, session.now, session.zone)], dues };
}

export const viewCase = (session: Session, reference: string): CaseView => viewRecord(session, session.repository.find(reference));

/** For a command that changes a case: a log that contradicts itself is mended first, or the change would build on sand. */
export const viewCaseToChange = (session: Session, reference: string): CaseView => requireConsistent(viewCase(session, reference));

const ADVISORY = /^cases\/[^/]+\/[^/]+\/advisory\.(?:en|ja)\.md$/;

/** The view itself, where nothing is wrong with the facts of the case. A public text may be half written while things go on. */
export function requireConsistent(view: CaseView): CaseView {
  return requireNone(view, view.findings.filter((finding) => isError(finding) && !ADVISORY.test(finding.file)));
}

/** For a command that reads the public texts: they hold together as well, and are what others can see, for an approval is bound to them. */
export async function viewTextsToChange(env: Environment, session: Session, reference: string): Promise<CaseView> {
  const view = viewCase(session, reference);
  requireNone(view, view.findings.filter(isError));
  const { folder } = view.record;
  const changed = await env.git.uncommitted([`${folder}/advisory.en.md`, `${folder}/advisory.ja.md`, `${folder}/case.md`]);
  if (changed.length > 0) throw refusal('uncommitted', `Not committed yet: ${changed.join(', ')}`, 'What is approved and published is a text that others can see: commit it first, or put it aside (git stash).');
  return view;
}

function requireNone(view: CaseView, errors: readonly Finding[]): CaseView {
  if (errors.length > 0) {
    throw refusal('case-invalid', `${view.record.number}: its files contradict each other, so nothing is added to them`, `Mend what is listed above, or correct an entry: vcc record ${view.record.number} corrected --entry NAME --reason TEXT`, errors);
  }
  return view;
}

/** The person at the keyboard, who must stand in the team of vcc.yaml: every entry says who vouches for it. */
export async function actingCoordinator(env: Environment, session: Session): Promise<Coordinator> {
  const identity = await env.git.identity();
  if (!identity) {
    throw refusal('no-identity', 'Git does not know who you are', 'git config user.name "Your Name" && git config user.email you@example.org, with the e-mail address that vcc.yaml has for you');
  }
  const coordinator = session.repository.coordinatorFor(identity.email);
  if (!coordinator) {
    const known = session.repository.configuration.team.map((member) => member.email).join(', ');
    throw refusal('not-in-team', `${identity.email} is not in the team of vcc.yaml (${known})`, 'Set the address you are known by: git config user.email ADDRESS; or have a colleague add you to vcc.yaml.');
  }
  return coordinator;
}

/** What --at says, or undefined; a log tells what has happened, so it lies in the past. */
export function pastMoment(session: Session, given: string | undefined): Instant | undefined {
  if (given === undefined) return undefined;
  const at = readWhen(given, session.zone, '--at');
  if (at > session.now) throw usage('--at lies in the future', 'Log what happened when it has happened; a date to come is the --date or --until of its event.');
  return at;
}

/** Who vouches for the entries of a change, and when; at only where a person said when it happened. */
export const authorOf = (env: Environment, session: Session, coordinator: Coordinator, at?: Instant): Author => ({ by: coordinator.slug, now: session.now, at, zone: session.zone, hex: () => env.random.hex(4) });

const showStep = (step: NextStep): string => `  ${step.command}\n      ${step.why}`;

/** The part of a commit message that a person reads, then the trailers. */
const showCommit = (plan: Plan): string =>
  [plan.commit.subject, plan.commit.body, plan.commit.trailers.map(([key, value]) => `${key}: ${value}`).join('\n')].filter((part) => part !== '').join('\n\n');

/** Whose keys the sealed files are encrypted to: somebody new in the team must not go unseen. */
const sealedTo = (session: Session): string[] => session.repository.configuration.team.map(({ slug }) => slug);

/** How a message goes out, and to which key: a contact that was swapped must not go unseen. The fingerprint of a reporter's key names the reporter. */
function encryptionWords({ encryption }: OutgoingMessage): string {
  if (encryption.kind === 'in-clear') return 'IN CLEAR';
  return `signed, encrypted${encryption.kind === 'registered-key' ? ` to ${grouped(encryption.fingerprint)}` : ''}`;
}

/** As many as a person looks through. */
const MOST_SHOWN = 60;
const shortened = (paths: readonly string[]): readonly string[] => (paths.length <= MOST_SHOWN ? paths : [...paths.slice(0, MOST_SHOWN), `and ${paths.length - MOST_SHOWN} more files`]);

function describe(session: Session, plan: Plan): string {
  const lines = [
    ...shortened(plan.writes.map(({ path }) => path)).map((path) => `  write   ${path}`),
    ...shortened(plan.removes ?? []).map((path) => `  remove  ${path}`),
    ...plan.seals.map((seal) => `  seal    ${seal.path}`),
    ...(plan.seals.length > 0 ? [`          sealed to ${sealedTo(session).join(', ')}`] : []),
    ...(plan.rewraps && plan.rewraps.paths.length > 0 ? [`  rewrap  ${plan.rewraps.paths.length} sealed files for ${plan.rewraps.team.map(({ slug }) => slug).join(', ')}`] : []),
    // The reporter's address is sealed, and what is shown here ends up in scripts' logs.
    ...plan.messages.map((message) => `  message to ${message.party === 'reporter' ? 'the reporter' : message.to.email} (${encryptionWords(message)}): ${message.subject}`),
    ...(plan.publication ? shortened(publicPaths(plan.publication)) : []).map((path) => `  publish ${path}`),
    `  commit  ${plan.commit.subject}`,
  ];
  return lines.join('\n');
}

/** A letter as its recipient will read it. One to the reporter names them, so only a person at a terminal is shown it: a script would keep it in a log. */
function showMessage({ party, body, attachments }: OutgoingMessage, atTerminal: boolean): string {
  const to = party === 'reporter' ? 'the reporter' : party.slice(party.indexOf(':') + 1);
  const enclosed = attachments.length === 0 ? '' : `\nAttached: ${attachments.map(({ filename }) => filename).join(', ')}\n`;
  const text = party !== 'reporter' || atTerminal ? legible(`${body}${enclosed}`).trimEnd() : '(It names the reporter: type the command at a terminal to read it.)';
  return `\n\n--- message to ${to} ---\n${text}\n---`;
}

function planAsData(session: Session, plan: Plan): object {
  return {
    summary: plan.summary,
    writes: plan.writes,
    ...(plan.removes ? { removes: plan.removes } : {}),
    seals: plan.seals.map(({ path }) => path),
    ...(plan.seals.length > 0 ? { sealedTo: sealedTo(session) } : {}),
    ...(plan.rewraps ? { rewraps: plan.rewraps.paths, rewrappedFor: plan.rewraps.team.map(({ slug }) => slug) } : {}),
    messages: plan.messages.map(({ subject, messageId, language, encryption }) => ({ subject, messageId, language, encryption: encryption.kind, ...(encryption.kind === 'registered-key' ? { key: encryption.fingerprint } : {}) })),
    publishes: plan.publication ? publicPaths(plan.publication) : [],
    commit: showCommit(plan),
    notices: plan.notices,
    next: plan.next,
  };
}

const CASE_FOLDER = /^cases\/[^/]+\/[^/]+/;
/** What the state of a case follows from; a text that is being drafted beside it is not part of it. */
const FACTS = /^\/(?:case\.md$|log\.md$|log\/|sealed\/)/;

/** Refuses a plan whose result would not lint, or that would give away what is sealed: nothing wrong is ever written. */
export async function checkPlan(env: Environment, session: Session, plan: Plan): Promise<void> {
  const { lintRepository } = await import('./rules/lint-repository.ts');
  const changed = [...plan.writes.map((write) => write.path), ...plan.seals.map((seal) => seal.path), ...(plan.removes ?? [])];
  const tree = treeWithPlan(env.workTree(), plan);
  // Git runs no hook when it pulls, rebases or picks a commit: what came that way is looked at here, before anything is built on it.
  const folders = new Set(changed.flatMap((path) => CASE_FOLDER.exec(path)?.[0] ?? []));
  const standing = [...folders].flatMap((folder) => tree.files(folder).map(({ path }) => path).filter((path) => FACTS.test(path.slice(folder.length))));
  const findings = lintRepository(tree, { changed: [...new Set([...changed, ...standing])], now: session.now });
  // A draft that the plan does not write is not committed with it either.
  const errors = findings.filter((finding) => isError(finding) && (!ADVISORY.test(finding.file) || changed.includes(finding.file)));
  if (errors.length > 0) {
    throw refusal('would-not-lint', `${plan.summary}: the result would break a rule, so nothing was written`, 'Mend what is listed above and run the command again.', errors);
  }
  const { refuseLeaks } = await import('./outgoing-guard.ts');
  refuseLeaks(env.workTree(), plan, session.repository.caseFolders());
}

/** Checks a plan, shows it, asks, carries it out and says what to do next. The exit code. careful: Enter alone means no. confirmed: it was asked before something that it is the record of. */
export async function carryOut(env: Environment, session: Session, plan: Plan, content: object = {}, { careful = plan.publication !== undefined, confirmed = false }: { readonly careful?: boolean; readonly confirmed?: boolean } = {}): Promise<number> {
  const { out } = env;
  await checkPlan(env, session, plan);
  if (env.options.dryRun) {
    if (out.json) out.envelope('plan', { ...content, ...planAsData(session, plan) });
    else {
      const letters = plan.messages.map((message) => showMessage(message, env.ask.interactive)).join('');
      out.print(`This would be done:\n${describe(session, plan)}\n\n${showCommit(plan)}${letters}${plan.notices.map((notice) => `\n\nnote: ${notice}`).join('')}\n\nNothing was written (--dry-run).`);
    }
    return 0;
  }
  const notes = plan.notices.map((notice) => `note: ${notice}`);
  const asked = !confirmed && (plan.publication !== undefined || env.ask.interactive);
  // In a script the flags are the decision; only what can never be taken back needs its own yes.
  if (asked) {
    out.say([`This will be done:\n${describe(session, plan)}`, ...notes].join('\n'));
    // Whoever typed the command means it; only what can't be taken back wants more than Enter.
    if (!(await env.ask.confirm('Carry this out?', !careful))) throw refusal('declined', 'Nothing was written.', 'Run the command again when you are ready.');
  }
  const applied = await env.apply(plan, session.repository.configuration);
  if (out.json) {
    out.envelope('applied', { ...content, ...planAsData(session, plan), ...applied });
    return 0;
  }
  out.print(plan.summary);
  for (const path of applied.outbox) out.print(`  in the outbox: ${path}`);
  if (!asked) for (const note of notes) out.say(note);
  if (plan.next.length > 0) out.say(`Next:\n${plan.next.map(showStep).join('\n')}`);
  // Hooks are not cloned: what is committed by hand here would be checked by nobody.
  if ((await env.hooks.read('pre-commit')) === undefined) out.say('note: commits that you make by hand are not checked in this clone: vcc hooks install');
  return 0;
}

/**
 * What the case needs once the plan is carried out, worked out from the log as it would then be: it can't disagree with
 * what vcc list says afterwards. Nothing where the result is wrong, for then carryOut refuses it.
 */
export function followUp(env: Environment, session: Session, plan: Plan, number: string): NextStep[] {
  const record = openRepository(treeWithPlan(env.workTree(), plan)).record(number);
  if (record === undefined) return [];
  const { state, dues } = viewRecord(session, record);
  const { what, command } = attention(record, state, dues, session.now, session.repository.policy);
  return command === undefined ? [] : [{ command, why: what }];
}

/** Findings for the eye, errors first. */
export const showFindings = (findings: readonly Finding[]): string => findings.map(showFinding).join('\n');
