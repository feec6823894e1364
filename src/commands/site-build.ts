import { shellWords } from '../documents/hook-script.ts';
import { legibleLine } from '../documents/legible.ts';
import type { NextStep, Plan } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { PublicListing } from '../domain/unreachable.ts';
import type { Applied, Environment } from '../environment.ts';
import { actingCoordinator, carryOut, checkPlan, openSession, type Session } from '../session.ts';
import type { SiteDoubt } from '../site-doubts.ts';
import { buildSite, publicTreeOf, siteInputs, type SiteChange, type SiteDoubtful, type SiteSource } from '../site-publication.ts';
import type { FileWrite } from '../domain/plan.ts';
import { publicListings, viewUnreachable } from '../unreachable-views.ts';

/** Files of one commit: a site that is made for the first time has tens of thousands, and all of them at once fill the memory. */
const AT_ONCE = 10_000;
/** As many paths as a person looks through. */
const MOST_SHOWN = 40;

/**
 * vcc site build: makes every page, list and feed of the public repository again from the advisory.json files, and the list of unreachable
 * developers from the case repository. Writes only what differs, and looks only at what changed since the last time that this clone was
 * right; --all looks at everything, and so does --check, which writes nothing and exits with 1 where something differs.
 */
export async function siteBuild(env: Environment, options: { readonly check?: boolean; readonly all?: boolean }): Promise<number> {
  const { out } = env;
  if (options.check === true && env.options.dryRun) throw usage('--check writes nothing, as --dry-run does', 'vcc site build --check, or vcc site build --dry-run');
  const session = openSession(env);
  const { folder } = publicTreeOf(env, session);
  if (options.check !== true) await actingCoordinator(env, session);
  if (options.check !== true && (await env.git.behind(folder)) > 0) throw refusal('behind', 'The public repository has commits that this clone of it does not have yet', `git -C ${shellWords([folder])} pull --rebase, then vcc site build`);
  const look = await env.lookAtSite(folder, siteInputs(session));
  const site = buildSite(env, session, unreachableListings(env, session), { check: options.check === true, since: options.all === true || options.check === true ? undefined : look.since });
  const written: string[] = [];
  const removed: string[] = [];
  const commits: string[] = [];
  const doubts: SiteDoubt[] = [];
  const undoubted = function* (): Generator<SiteChange | SiteSource> {
    for (const each of site.changes) {
      if (!('doubt' in each)) yield each;
      else if (each.spreads && options.check !== true) throw tampered(folder, each);
      else doubts.push(each.doubt);
    }
  };
  for (const batch of inBatches(undoubted())) {
    for (const { path, text } of batch.changes) (text === undefined ? removed : written).push(path);
    if (options.check === true) continue;
    const plan = planOf(batch, written.length + removed.length > batch.changes.length);
    if (env.options.dryRun || batch.changes.length === 0) await checkPlan(env, session, plan);
    else commits.push(...(await carriedOut(env, session, plan, commits.length > 0)));
  }
  if (options.check !== true && !env.options.dryRun) await look.keep(commits);
  const differs = written.length + removed.length > 0;
  const next: NextStep[] = commits.length > 0 ? [{ command: `git -C ${shellWords([folder])} push`, why: 'put the public repository where it is served' }] : [];
  const { withoutSource } = site;
  if (out.json) out.envelope(options.check === true ? 'site-check' : env.options.dryRun ? 'plan' : 'site', { advisories: site.advisories, written, removed, withoutSource, ...(doubts.length === 0 ? {} : { doubts }), ...(options.check === true ? {} : { commits, next }) });
  else {
    const done = options.check === true ? 'differ from what the advisories make of them' : env.options.dryRun ? 'would be written or removed (--dry-run)' : 'written or removed';
    out.print(differs ? `${written.length + removed.length} files ${done}; ${site.advisories} advisories.` : `Nothing differs; ${site.advisories} advisories.`);
    const shown = [...written.map((path) => `  write   ${path}`), ...removed.map((path) => `  remove  ${path}`)];
    for (const line of shown.slice(0, MOST_SHOWN)) out.print(legibleLine(line));
    if (shown.length > MOST_SHOWN) out.print(`  and ${shown.length - MOST_SHOWN} more`);
    for (const { command, why } of next) out.say(`Next:\n  ${command}\n      ${why}`);
  }
  if (withoutSource.length > 0) {
    out.say(`note: ${withoutSource.length === 1 ? 'one advisory was' : `${withoutSource.length} advisories were`} published by an earlier vcc, without advisory.json; the pages stay, and no list has them: ${withoutSource.slice(0, MOST_SHOWN).join(', ')}${withoutSource.length > MOST_SHOWN ? ' ...' : ''}. The next update of each writes it.`);
  }
  if (!out.json) for (const { path, what } of doubts.slice(0, MOST_SHOWN)) out.print(legibleLine(`  ${path} ${what}`));
  if (doubts.length > 0) out.say(`${doubts.length === 1 ? 'One file is' : `${doubts.length} files are`} not what this vcc and vcc.yaml make of what was published, and vcc site build leaves ${doubts.length === 1 ? 'it' : 'them'} alone. Who changed it: git -C ${shellWords([folder])} log -p -- PATH. What is out of date goes out with the next update of its case: vcc publish CASE --correction`);
  return (options.check === true && differs) || doubts.length > 0 ? 1 : 0;
}

const tampered = (folder: string, { doubt: { path, what } }: SiteDoubtful): Error =>
  refusal('not-as-published', `${path} ${what}`, `Nothing is built of it. Where a colleague published it: git pull. Else, who changed it: git -C ${shellWords([folder])} log -p -- ${path}\nBring it back from there, or have the change approved and published: vcc approve, vcc publish`);


/** The public list, where policy.yaml has a step that leads there; whoever cannot be read would be missing from it without a word. */
function unreachableListings(env: Environment, session: Session): readonly PublicListing[] | undefined {
  if (!session.repository.policy.escalation.some(({ reaches }) => reaches === 'list-name')) return undefined;
  const { views, findings } = viewUnreachable(session);
  if (findings.length > 0) throw refusal('unreachable-broken', 'The list of unreachable developers cannot be made: a file of unreachable/ or a case cannot be used', 'Mend the places above, then run it again.', findings);
  return publicListings(env, session, views);
}

interface Batch {
  readonly changes: readonly SiteChange[];
  /** Those of the batch, and of what came before it without a change: a list may show them. */
  readonly sources: readonly FileWrite[];
}

function* inBatches(all: Iterable<SiteChange | SiteSource>): Generator<Batch> {
  let changes: SiteChange[] = [];
  let sources: FileWrite[] = [];
  for (const each of all) {
    if ('source' in each) {
      if (each.source.text !== '') sources.push(each.source);
      continue;
    }
    changes.push(each);
    if (changes.length < AT_ONCE) continue;
    yield { changes, sources };
    [changes, sources] = [[], []];
  }
  if (changes.length + sources.length > 0) yield { changes, sources };
}

function planOf({ changes, sources }: Batch, goesOn: boolean): Plan {
  const commit = { subject: `site: build${goesOn ? ', continued' : ''}`, body: 'Made from the advisory.json files.', trailers: [] };
  const files = changes.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }]));
  const derived = new Set(changes.flatMap(({ path, derived }) => (derived === true ? [path] : [])));
  return {
    summary: `The site is built: ${changes.length} files`,
    writes: [],
    seals: [],
    messages: [],
    commit,
    publication: { files, removed: changes.flatMap(({ path, text }) => (text === undefined ? [path] : [])), sources: { texts: sources, of: derived }, commit },
    notices: [],
    next: [],
  };
}

/** The commits in the public repository; the command tells of all of them at its end. Who has said yes to the first has said it to the rest. */
async function carriedOut(env: Environment, session: Session, plan: Plan, confirmed: boolean): Promise<string[]> {
  const commits: string[] = [];
  const out = { ...env.out, json: true, envelope: (_kind: string, content: object) => commits.push(...[(content as Partial<Applied>).publicCommit ?? []].flat()) };
  await carryOut({ ...env, out }, session, plan, {}, { confirmed });
  return commits;
}
