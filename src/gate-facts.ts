import { openReporter } from './letters/correspondence.ts';
import { publicOutputs } from './documents/public-outputs.ts';
import { readGuards } from './documents/guard-file.ts';
import { guardedCase, leaksIn } from './domain/leaks.ts';
import { wordsOf } from './domain/words.ts';
import { contentHash, publicAdvisory, publicStrings, type PublicAdvisory } from './domain/publication.ts';
import { addedAs, isEvent } from './domain/case.ts';
import { gateChecks, type GateCheck } from './domain/gate.ts';
import type { GateInput } from './domain/gate-input.ts';
import { VccError } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import type { Configuration, Reporter, Vendor } from './generated/documents.ts';
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
function outputsToApprove(session: Session, advisory: PublicAdvisory): GateInput['outputs'] {
  try {
    return { ok: true, files: publicOutputs(advisory, session.repository.configuration) };
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return { ok: false, problem: problem.message, clear: problem.hint };
  }
}

/** Makes every check of the gate at once; opens the reporter's identity, for credit can't be checked without it (policy, gate). */
export async function openGate(env: Environment, session: Session, view: CaseView, emergency: string | undefined): Promise<GateFacts> {
  const reporter = (await openReporter(env, session, view.record)) ?? 'none';
  return { ...(await checkGate(env, session, view, reporter, emergency)), reporter };
}

/** Who committed an approval: of several people the colleague, who may have committed it in the other's name. A forge that merges is nobody's colleague. */
function approver(configuration: Configuration, by: string, emails: readonly string[]): string | undefined {
  const colleague = (email: string): boolean => configuration.team.some((member) => member.slug !== by && member.email.toLowerCase() === email.toLowerCase());
  return emails.find(colleague) ?? emails[0];
}

/** The same with what is known of the reporter; where the identity stays sealed, the check of the credit cannot pass. */
export async function checkGate(env: Environment, session: Session, view: CaseView, reporter: GateInput['reporter'], emergency: string | undefined): Promise<Omit<GateFacts, 'reporter'>> {
  const { configuration, policy } = session.repository;
  const { record, state } = view;
  const { advisory, contentHash } = publicContent(session, view);
  const emails = await textAuthors(env, view);
  const approvalAuthors = new Map<string, string>();
  for (const approval of state.approvals) {
    const email = approver(configuration, approval.entry.by, await env.git.authorsOf([addedAs(approval)]));
    if (email !== undefined) approvalAuthors.set(approval.name, email);
  }
  const checks = gateChecks({
    record,
    state,
    policy,
    configuration,
    advisory,
    now: session.now,
    contentHash,
    outputs: outputsToApprove(session, advisory),
    reporter,
    approvalAuthors,
    textAuthors: emails,
    leaks: leaksIn(publicStrings(advisory).flatMap(wordsOf), guardedCase(record, readGuards(session.repository.tree, record.folder).guards), { to: 'public' }),
    ...(emergency === undefined ? {} : { emergency }),
  });
  return { advisory, contentHash, checks, authors: emails.map((email) => session.repository.coordinatorFor(email)?.slug ?? email) };
}
