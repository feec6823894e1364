import { csafPublication } from '../csaf-publication.ts';
import { viewAllCases } from '../case-views.ts';
import { openReporter } from '../letters/correspondence.ts';
import { announce } from '../letters/announcement.ts';
import { planLetters } from '../letters/edited-letters.ts';
import { shellWords } from '../documents/hook-script.ts';
import { legible, legibleLine } from '../documents/legible.ts';
import { advisoryFolder, advisoryUrls } from '../documents/public-files.ts';
import { readPublishedAdvisory } from '../documents/published-advisory.ts';
import { attackDetails } from '../domain/attack-detail.ts';
import { isOpen } from '../domain/case-state.ts';
import { publicId } from '../domain/case.ts';
import { rejectWithdrawn } from '../domain/due-command.ts';
import { checksNotAsked, type GateCheck } from '../domain/gate.ts';
import { formatInstant, localDate, parseInstant, showInstant, type Instant } from '../domain/instant.ts';
import type { NextStep, Publication } from '../domain/plan.ts';
import { contentHash, updatesOf, type Update } from '../domain/publication.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { openGate, publicContent, type GateFacts } from '../gate-facts.ts';
import type { Coordinator, Reporter } from '../generated/documents.ts';
import { answer, schemaField } from '../questions/answer.ts';
import { actingCoordinator, authorOf, carryOut, openSession, requireConsistent, viewCase, viewTextsToChange, type CaseView, type Session } from '../session.ts';
import { publicTreeOf, sitePublication } from '../site-publication.ts';

export interface PublishOptions {
  readonly edit?: boolean;
  readonly case: string;
  readonly check?: boolean;
  readonly emergency?: string;
  readonly summary?: string;
  readonly summaryJa?: string;
  /** Of an update: the text was wrong. */
  readonly correction?: boolean;
  /** Of an update: the advisory no longer holds. */
  readonly withdraw?: boolean;
}

/** vcc publish: the gate with all its checks at once, then the advisory, the CVE records and the notices (disclosure policy of 2018). */
export async function publish(env: Environment, options: PublishOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = options.check === true ? requireConsistent(viewCase(session, options.case)) : await viewTextsToChange(env, session, options.case);
  const { number } = view.record;
  const { status, published } = view.state;
  if (!isOpen(status) && published === undefined) throw refusal('case-ended', `${number} is ${status}: there is nothing to publish`, `Where it is taken up again: vcc record ${number} reopened --reason TEXT`);
  // Without one, nothing that the gate says helps.
  if (options.check !== true) publicTreeOf(env, session);
  if (options.check !== true) await requireNewest(env, session, view);
  if (options.withdraw === true && options.correction === true) throw usage('--correction and --withdraw are two things', 'A correction goes on saying what holds; a withdrawal says that nothing of it does.');
  if (options.withdraw === true) return withdraw(env, session, view, coordinator, options);
  const gate = await openGate(env, session, view, options.emergency);
  const closed = gate.checks.filter((check) => !check.ok);
  if (options.check === true) return showGate(env, session, view, gate, closed);
  // One envelope, not two: with --json the checks are the answer.
  if (closed.length > 0 && env.out.json) return showGate(env, session, view, gate, closed);
  if (closed.length > 0) {
    env.out.say(gateText(gate.checks, session));
    throw refusal('gate-closed', `${view.record.number}: the gate is closed by ${closed.map((check) => check.check).join(', ')}`, closed.map((check) => `${check.check}: ${check.clear}`).join('\n'));
  }
  if (!env.out.json) env.out.say(gateText(gate.checks, session));
  if (options.correction === true && !view.state.published) throw usage('--correction is for an advisory that is public', `vcc publish ${view.record.number}`);
  return view.state.published ? update(env, session, view, gate, coordinator, options) : firstTime(env, session, view, gate, coordinator, options);
}

/**
 * vcc publish --due: every case whose agreed minute has come, for cron or CI, the earliest first. One whose gate is closed is told and
 * keeps none of the others back. Exit code 1 where one could not be published, or where a case cannot be read and may be due.
 */
export async function publishDue(env: Environment, { case: named, ...options }: Omit<PublishOptions, 'case'> & { readonly case?: string | undefined }): Promise<number> {
  const { out } = env;
  if (named !== undefined) throw usage('--due takes no case', 'vcc publish --due, or vcc publish CASE');
  if ([options.emergency, options.summary, options.summaryJa, options.edit, options.correction, options.withdraw].some((given) => given !== undefined)) throw usage('--due goes with --check alone', 'What is urgent or changed is decided case by case: vcc publish CASE');
  const session = openSession(env);
  const { views, unreadable } = viewAllCases(session);
  const due = views
    .filter(({ state }) => state.published === undefined && isOpen(state.status) && state.scheduled !== undefined && state.scheduled <= session.now)
    .sort((a, b) => (a.state.scheduled ?? 0) - (b.state.scheduled ?? 0))
    .map(({ record }) => record.number);
  // With --json the whole is one answer.
  const answers: object[] = [];
  const within: Environment = { ...env, out: { ...out, envelope: (kind, content) => void answers.push({ kind, ...content }) } };
  let failed = unreadable.length > 0;
  for (const number of due) {
    try {
      failed = (await publish(within, { ...options, case: number })) !== 0 || failed;
    } catch (problem) {
      if (!(problem instanceof VccError) || problem.code === 'cancelled') throw problem;
      failed = true;
      answers.push({ kind: 'not-published', case: number, code: problem.code, message: problem.message, hint: problem.hint });
      out.say(`${number}: not published. ${problem.message.replace(`${number}: `, '')}\n  -> ${problem.hint.replaceAll('\n', '\n     ')}`);
    }
  }
  if (out.json) out.envelope('published-due', { due, answers });
  else if (due.length === 0) out.say('No case is to be published by now: vcc due shows what comes.');
  if (unreadable.length > 0) out.say('Some cases cannot be read, and may be due: vcc lint');
  return failed ? 1 : 0;
}

/** What others have pushed may call the publication off or have gone out already: a clone that does not have it decides on old facts. */
async function requireNewest(env: Environment, { repository }: Session, { record, state }: CaseView): Promise<void> {
  const { number } = record;
  const folder = repository.configuration.public?.repository;
  const at = folder === undefined ? undefined : `git -C ${shellWords([folder])}`;
  if ((await env.git.behind('.')) > 0) throw refusal('behind', 'Your colleagues have pushed what this clone does not have yet', `git pull --rebase, then vcc publish ${number} --check`);
  if (folder === undefined || at === undefined) return;
  if ((await env.git.behind(folder)) > 0) throw refusal('behind', 'The public repository has commits that this clone of it does not have yet', `${at} pull --rebase, then vcc publish ${number} --check`);
  const there = await env.git.trailerOf(folder, 'Content', ['Case', number]);
  const known = state.updates.at(-1)?.entry.text ?? state.published?.entry.text;
  if (there === undefined || there === known) return;
  throw refusal('published-elsewhere', `The public repository holds a text of ${number} that the log of this clone knows nothing of (${there})`, `git pull --rebase, then vcc log ${number}; ${at} log --grep "Case: ${number}" says who published it.`);
}

function gateText(checks: readonly GateCheck[], session: Session): string {
  const omitted = checksNotAsked(session.repository.policy).filter(({ check }) => !checks.some((made) => made.check === check)).map(({ check, reason }) => `  not asked: ${check} (${legibleLine(reason ?? 'policy.yaml does not say why')})`);
  const made = checks.map((check) => `  ${check.ok ? 'ok  ' : 'STOP'} ${check.check}: ${legible(check.detail)}${check.ok ? '' : `\n       -> ${legible(check.clear).replaceAll('\n', '\n          ')}`}`);
  return [...made, ...omitted].join('\n');
}

function showGate(env: Environment, session: Session, view: CaseView, gate: GateFacts, closed: readonly GateCheck[]): number {
  const { number } = view.record;
  if (env.out.json) env.out.envelope('gate', { case: number, open: closed.length === 0, text: gate.contentHash, authors: gate.authors, checks: gate.checks, notAsked: checksNotAsked(session.repository.policy) });
  else env.out.print(`${publicId(view.record.file)}: the gate is ${closed.length === 0 ? 'open' : `closed (${closed.length} of ${gate.checks.length})`}\n${gateText(gate.checks, session)}\n  text ${gate.contentHash}`);
  return closed.length === 0 ? 0 : 1;
}

async function firstTime(env: Environment, session: Session, view: CaseView, gate: GateFacts, coordinator: Coordinator, options: PublishOptions): Promise<number> {
  const { emergency } = options;
  const { number, file } = view.record;
  const publishedAt = dateOfPublication(session, view, emergency);
  const outside = publication(env, session, view, gate, coordinator, publishedAt, []);
  const told = await announce(env, session, view, gate, coordinator, publishedAt);
  const foreign = gate.advisory.cves.filter((cve) => cve.assigner !== session.repository.configuration.cna?.shortName);
  const plan = await planLetters(
    env,
    session,
    {
      record: view.record,
      reporter: gate.reporter === 'none' ? undefined : gate.reporter,
      summary: `${publicId(file)}: published`,
      action: `publish${emergency === undefined ? '' : ' (emergency)'}`,
      story: `The advisory is public since ${showInstant(publishedAt, session.zone)}.\n${gate.contentHash}`,
      entries: [{ event: 'published', text: gate.contentHash, date: formatInstant(publishedAt, session.zone), ...(emergency === undefined ? {} : { emergency }) }, ...told.entries],
      messages: told.messages,
      publication: outside,
      notices: [...told.notices, ...foreign.map((cve) => `${cve.id} is an id of the CNA ${cve.assigner}, which publishes its record: none was written here (CNA rules 4.2)`)],
      next: [
        ...(await pushSteps(env, session)),
        ...told.next,
        ...gate.advisory.cves.filter((cve) => !foreign.includes(cve)).map(({ id }) => ({ command: `vcc cve publish ${id} --submit`, why: 'the CVE List has the record within 24 hours (CNA rules 4.5.1.3)' })),
        { command: `vcc log ${number}`, why: 'the whole story of the case' },
      ],
    },
    authorOf(env, session, coordinator),
    options.edit,
  );
  return carryOut(env, session, plan, { case: number, text: gate.contentHash, urls: advisoryUrls(gate.advisory, publishedAt, session.repository.configuration) });
}

/** The page bears the agreed minute where it came out on that day; what is late or an emergency says when it really came out. */
function dateOfPublication({ now, zone }: Session, { state: { scheduled } }: CaseView, emergency: string | undefined): Instant {
  return emergency === undefined && scheduled !== undefined && localDate(scheduled, zone) === localDate(now, zone) ? scheduled : now;
}

async function update(env: Environment, session: Session, view: CaseView, gate: GateFacts, coordinator: Coordinator, options: PublishOptions): Promise<number> {
  const { number } = view.record;
  const { published, updates } = view.state;
  const last = updates.at(-1);
  const known = last?.entry.text ?? published?.entry.text;
  // What was withdrawn may hold again, as it stood.
  if (published === undefined || (known === gate.contentHash && last?.entry.kind !== 'withdrawal')) throw refusal('nothing-new', `${number} is public with exactly this text`, 'Nothing is left to do. A change is published by the same command, once it is committed and approved.');
  return bring(env, session, view, coordinator, options, { content: gate, published, kind: options.correction === true ? 'correction' : undefined, reporter: gate.reporter === 'none' ? undefined : gate.reporter });
}

/**
 * Says in public that an advisory no longer holds. Its text stays where it was, with why it is withdrawn, and it goes out without the
 * gate: what is wrong must not stay because something else is missing.
 */
async function withdraw(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: PublishOptions): Promise<number> {
  const { number } = view.record;
  const { published, updates } = view.state;
  const last = updates.at(-1)?.entry;
  if (!published) throw refusal('not-public', `${number} has no public advisory to withdraw`, `Where none is needed, the case ends without one: vcc record ${number} withdrawn`);
  if (view.state.status !== 'published') throw refusal('wrong-status', `${number} is ${view.state.status}`, `vcc record ${number} reopened --reason TEXT, then withdraw the advisory.`);
  if (last?.kind === 'withdrawal') throw refusal('nothing-new', `the advisory of ${number} is withdrawn already`, `If it holds again: vcc publish ${number}`);
  const content = publishedContent(env, session, view, last?.text ?? published.entry.text);
  if (content === undefined) throw refusal('text-changed', `The texts of ${number} are not those that are public, and the public repository does not have those either`, 'Fetch the public repository (git pull in it), then type the same command again.');
  return bring(env, session, view, coordinator, options, { content, published, kind: 'withdrawal', reporter: (await openReporter(env, session, view.record)) });
}

/** What was published: as the case still has it, else as the public repository does, for facts that came later must not hold a withdrawal up. */
function publishedContent(env: Environment, session: Session, view: CaseView, hash: string): Change['content'] | undefined {
  const now = publicContent(session, view);
  if (now.contentHash === hash) return now;
  const { tree } = publicTreeOf(env, session);
  const { published } = view.state;
  const path = published && `${advisoryFolder({ number: view.record.number }, parseInstant(published.entry.date), session.zone)}/advisory.json`;
  const bytes = path === undefined ? undefined : tree.read(path);
  if (path === undefined || bytes === undefined) return undefined;
  const { advisory } = readPublishedAdvisory(path, bytes, session.zone);
  return contentHash(advisory) === hash ? { advisory, contentHash: hash } : undefined;
}

interface Change {
  readonly content: Pick<GateFacts, 'advisory' | 'contentHash'>;
  readonly published: NonNullable<CaseView['state']['published']>;
  readonly kind: Update['kind'] | undefined;
  readonly reporter: Reporter | undefined;
}

const CHANGE = {
  addition: { asked: 'What changed, for the update history', done: 'updated', commit: 'update', action: 'publish an update', story: 'The public advisory was brought to the text with this hash:' },
  correction: { asked: 'What was wrong and is corrected, for the update history', done: 'corrected', commit: 'correct', action: 'publish a correction', story: 'The public advisory was corrected; its text has this hash:' },
  withdrawal: { asked: 'Why the advisory no longer holds, as the public reads it', done: 'withdrawn', commit: 'withdraw', action: 'withdraw the advisory', story: 'The public advisory is withdrawn; its text stays, with this hash:' },
} as const;

/** Brings the public advisory to the new state, with a line in its history. */
async function bring(env: Environment, session: Session, view: CaseView, coordinator: Coordinator, options: PublishOptions, { content, published, kind, reporter }: Change): Promise<number> {
  const { number, file } = view.record;
  const { asked, done, action, story } = CHANGE[kind ?? 'addition'];
  const en = await answer(env, { flag: '--summary', given: options.summary, message: `${asked}, in English` }, schemaField('log-entry', ['summary', 'en'], '--summary', { event: 'updated' }));
  const ja = await answer(env, { flag: '--summary-ja', given: options.summaryJa, message: `${asked}, in Japanese` }, schemaField('log-entry', ['summary', 'ja'], '--summary-ja', { event: 'updated' }));
  if (en.trim() === '' || ja.trim() === '') throw usage('The update history is kept in both languages', '--summary TEXT --summary-ja TEXT');
  // It goes public with the text, and nobody has approved it.
  const attack = [en, ja].flatMap(attackDetails)[0];
  if (attack) throw refusal('attack-detail', `The summary has what looks like ${attack.what}: ${attack.excerpt}`, 'Say what changed in a way that helps who defends and not who attacks.');
  const change: Omit<Update, 'at'> = { summary: { en, ja }, ...(kind === undefined ? {} : { kind }) };
  const ours = content.advisory.cves.filter(({ assigner }) => assigner === session.repository.configuration.cna?.shortName);
  const plan = await planLetters(
    env,
    session,
    {
      record: view.record,
      reporter,
      summary: `${publicId(file)}: ${done}`,
      action,
      story: `${story}\n${content.contentHash}`,
      entries: [{ event: 'updated', text: content.contentHash, ...change }],
      publication: publication(env, session, view, content, coordinator, parseInstant(published.entry.date), [{ at: session.now, ...change }]),
      next: [
        ...(await pushSteps(env, session)),
        ...ours.map(({ id }) => (kind === 'withdrawal' ? { command: rejectWithdrawn(id), why: 'where there is no vulnerability, its record is rejected too (CNA rules 4.5.3.6)' } : { command: `vcc cve publish ${id} --submit`, why: 'the record says what the advisory says (CNA rules 4.5.2.3)' })),
      ],
    },
    authorOf(env, session, coordinator),
    options.edit,
  );
  return carryOut(env, session, plan, { case: number, text: content.contentHash, ...(kind === undefined ? {} : { kind }) }, { careful: kind === 'withdrawal' });
}

/** How the public repository gets to where it is served: one that vcc made has no remote yet. */
async function pushSteps(env: Environment, session: Session): Promise<NextStep[]> {
  const folder = session.repository.configuration.public?.repository ?? '';
  const git = `git -C ${shellWords([folder])}`;
  const remote = await env.git.remoteOf(folder);
  const own = (await env.git.remoteOf('.')) === undefined ? [] : [{ command: 'git push', why: 'so that the record of it reaches the others' }];
  const push = { command: `${git} push -u ${remote ?? 'origin'} HEAD`, why: 'put the public repository where it is served' };
  return remote === undefined ? [{ command: `${git} remote add origin URL`, why: 'the public repository has no remote yet: say where it is served from' }, push, ...own] : [push, ...own];
}

function publication(env: Environment, session: Session, view: CaseView, { advisory, contentHash }: Pick<GateFacts, 'advisory' | 'contentHash'>, coordinator: Coordinator, publishedAt: Instant, added: readonly Update[]): Publication {
  const dates = { publishedAt, updates: [...updatesOf(view.state), ...added] };
  const id = publicId(view.record.file);
  const csaf = csafPublication(env, session, coordinator, advisory, dates);
  const site = sitePublication(env, session, { advisory, dates }, csaf.signed);
  return {
    files: [...site.files, ...csaf.files],
    signed: csaf.signed,
    removed: site.removed,
    sources: site.sources,
    commit: { subject: `${id}: ${added[0] === undefined ? 'publish' : CHANGE[added[0].kind ?? 'addition'].commit}`, body: advisory.texts.en?.title ?? id, trailers: [['Case', view.record.number], ['Content', contentHash]] },
  };
}
