import { openReporter } from './letters/correspondence.ts';
import { filesToApprove, outputsOf } from './documents/public-outputs.ts';
import type { CaseFolder } from './documents/repository.ts';
import type { Leak } from './domain/leaks.ts';
import type { FileWrite } from './domain/plan.ts';
import { contentHash, publicAdvisory, publicStrings, stringsIn, type PublicAdvisory } from './domain/publication.ts';
import { addedAs, isEvent, type CaseRecord } from './domain/case.ts';
import { gateChecks, type GateCheck } from './domain/gate.ts';
import type { GateInput } from './domain/gate-input.ts';
import { VccError } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import type { Configuration, Reporter, Vendor } from './generated/documents.ts';
import { leaksInPublic } from './outgoing-guard.ts';
import type { CaseView, Session } from './session.ts';

/** What would become public, its hash, and the checks of the gate on it. */
export interface GateFacts {
  readonly advisory: PublicAdvisory;
  /** Stands for exactly this text: an approval is bound to it. */
  readonly contentHash: string;
  /** Short names of the coordinators who wrote the text, by Git; addresses where they are not in the team. */
  readonly authors: readonly string[];
  readonly reporter: Reporter | 'none';
  readonly checks: readonly GateCheck[];
  /** What is sealed and stands in the text all the same. */
  readonly leaks: readonly Leak[];
}

/** The vendors of the registry by short name. */
const vendorFiles = (session: Session): ReadonlyMap<string, Vendor> => new Map([...session.repository.vendors()].map(([slug, { vendor }]) => [slug, vendor]));

/** The public content of a case and the hash that stands for it. */
export function publicContent(session: Session, view: CaseView): { readonly advisory: PublicAdvisory; readonly contentHash: string } {
  const advisory = publicAdvisory(view.record, view.state, vendorFiles(session), session.repository.configuration);
  return { advisory, contentHash: contentHash(advisory) };
}

/**
 * E-mail addresses of those who wrote what the public will read: both texts, the facts in case.md, and the entries with statuses,
 * remediations and CVE ids. The registry names the vendors; what stood there before the case did was written for no text of it.
 */
export async function textAuthors(env: Environment, { record, state }: CaseView): Promise<readonly string[]> {
  const { folder, advisories } = record;
  const facts = `${folder}/case.md`;
  const vendors = [...state.vendors.values()];
  const entries = [...vendors.flatMap(({ status, statusByCve }) => [...(status ? [status] : []), ...statusByCve.values()]), ...state.entries.filter(isEvent('cve-assigned')), ...state.remediations];
  const own = [advisories.en?.path, advisories.ja?.path].filter((path) => path !== undefined).concat(facts, entries.map(addedAs));
  const named = vendors.filter(({ status, statusByCve }) => status !== undefined || statusByCve.size > 0).map(({ slug }) => `vendors/${slug}.yaml`);
  return [...new Set([...(await env.git.authorsOf([...new Set(own)])), ...(await env.git.authorsOf(named, facts))])];
}

/** What would come out of the text; the gate shows why it cannot be made beside what else is missing. */
function outputsToApprove(session: Session, advisory: PublicAdvisory): { readonly outputs: GateInput['outputs']; readonly files: readonly FileWrite[] } {
  try {
    const files = filesToApprove(advisory, session.repository.configuration);
    return { outputs: { ok: true, files: outputsOf(files) }, files };
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return { outputs: { ok: false, problem: problem.message, clear: problem.hint }, files: [{ path: 'the text', text: publicStrings(advisory).join('\n') }] };
  }
}

/** What publish would refuse to let out of these files and of the lists, by the same comparison; each once, with where it stands in what a person wrote. */
function leaksToPublish({ repository: { tree } }: Session, { number, folder }: CaseRecord, advisory: PublicAdvisory, files: readonly FileWrite[], compared: readonly CaseFolder[]): readonly Leak[] {
  const listed = stringsIn([advisory.publicId, advisory.texts.en?.title, advisory.texts.ja?.title, advisory.vendors.map(({ names }) => names), advisory.products.map(({ vendor, vendorNames, name }) => [vendor, vendorNames, name])]);
  const leaks = leaksInPublic(tree, compared, [...files.map(({ path, text }) => ({ where: path, text, owner: number })), { where: 'the lists', text: listed.join('\n'), owner: undefined }]);
  if (leaks.length === 0) return [];
  const sources = tree.files(folder).map(({ path }) => path).filter((path) => !path.startsWith(`${folder}/sealed/`));
  const written = leaksInPublic(tree, compared, sources.map((path) => ({ where: path.slice(folder.length + 1), text: new TextDecoder().decode(tree.read(path)), owner: number })));
  return [...new Map(leaks.map((leak) => [leak.what, leak])).values()].map((leak) => {
    const same = written.filter(({ what }) => what === leak.what);
    const texts = same.filter(({ where }) => where.startsWith('advisory.'));
    const places = (texts.length > 0 ? texts : same).map(({ where, place }) => `${where}:${place.line}`);
    return { ...leak, what: `${leak.what} (${[...new Set(places.length > 0 ? places : [leak.where])].join(', ')})` };
  });
}

/** Makes every check of the gate at once; opens the reporter's identity, for credit can't be checked without it (policy, gate). */
export async function openGate(env: Environment, session: Session, view: CaseView, emergency: string | undefined): Promise<GateFacts> {
  const reporter = (await openReporter(env, session, view.record)) ?? 'none';
  return { ...(await checkGate(env, session, view, reporter, { emergency, compared: session.repository.caseFolders() })), reporter };
}

/** Who committed an approval: of several people the colleague, who may have committed it in the other's name. A forge that merges is nobody's colleague. */
function approver(configuration: Configuration, by: string, emails: readonly string[]): string | undefined {
  const colleague = (email: string): boolean => configuration.team.some((member) => member.slug !== by && member.email.toLowerCase() === email.toLowerCase());
  return emails.find(colleague) ?? emails[0];
}

interface GateOptions {
  readonly emergency?: string | undefined;
  /** The cases whose sealed values the text is compared with: to read the guards of ten thousand takes time, so that who only looks takes its own. */
  readonly compared?: readonly CaseFolder[];
}

/** The same with what is known of the reporter; where the identity stays sealed, the check of the credit cannot pass. */
export async function checkGate(env: Environment, session: Session, view: CaseView, reporter: GateInput['reporter'], { emergency, compared = [view.record] }: GateOptions = {}): Promise<Omit<GateFacts, 'reporter'>> {
  const { configuration, policy } = session.repository;
  const { record, state } = view;
  const { advisory, contentHash } = publicContent(session, view);
  const emails = await textAuthors(env, view);
  const approvalAuthors = new Map<string, string>();
  for (const approval of state.approvals) {
    const email = approver(configuration, approval.entry.by, await env.git.authorsOf([addedAs(approval)]));
    if (email !== undefined) approvalAuthors.set(approval.name, email);
  }
  const { outputs, files } = outputsToApprove(session, advisory);
  const leaks = leaksToPublish(session, record, advisory, files, compared);
  const checks = gateChecks({
    record,
    state,
    policy,
    configuration,
    advisory,
    now: session.now,
    contentHash,
    outputs,
    reporter,
    approvalAuthors,
    textAuthors: emails,
    leaks,
    ...(emergency === undefined ? {} : { emergency }),
  });
  return { advisory, contentHash, checks, leaks, authors: emails.map((email) => session.repository.coordinatorFor(email)?.slug ?? email) };
}
