import type { CaseChange } from '../documents/case-change.ts';
import { newUnreachableFile, readUnreachable, unreachablePath } from '../documents/unreachable-file.ts';
import { refusal, usage } from '../domain/problem.ts';
import { heldBack } from '../domain/unreachable.ts';
import { drawNumber } from '../draw-number.ts';
import type { Environment } from '../environment.ts';
import type { Bilingual } from '../generated/documents.ts';
import { askForListing, type ListFlags } from '../questions/unreachable.ts';
import type { CaseView, Session } from '../session.ts';
import { knownVendor } from './registered-vendor.ts';

/** The names of the registry by short name, to keep those of other parties off the list. */
export const registeredNames = (session: Session): ReadonlyMap<string, Bilingual> => new Map([...session.repository.vendors()].map(([slug, { vendor }]) => [slug, vendor.name]));

/** The developer's file in unreachable/ and its number for the entry; one that was listed before for this case keeps its number. */
export async function listDeveloper(env: Environment, session: Session, view: CaseView, slug: string, flags: ListFlags): Promise<Pick<CaseChange, 'writes' | 'notices' | 'next'> & { readonly fields: { readonly did: string } }> {
  const { record, state } = view;
  const next = [{ command: 'vcc unreachable render', why: 'the list as the public is to read it' }];
  const { records, findings } = readUnreachable(session.repository.tree);
  if (findings.length > 0) throw refusal('unreachable-broken', 'A file of unreachable/ cannot be read, and it may be the one of this developer', 'Mend the places above, then run it again.', findings);
  const known = records.find(({ file }) => file.case === record.number && file.vendor === slug);
  if (known) {
    if (Object.entries(flags).some(([flag, value]) => value !== undefined && ['kind', 'name', 'link', 'remarks', 'remarksJa'].includes(flag))) throw usage(`${slug} was listed before as DID#${known.file.did}: the flags change nothing`, `Change ${known.path} and commit it, then run it without them.`);
    return { fields: { did: known.file.did }, notices: [`it is listed again as DID#${known.file.did}; ${known.path} says what the list shows`], next };
  }
  const answers = await askForListing(env, flags, knownVendor(session, slug).vendor.name);
  const held = heldBack({ vendor: slug, ...answers }, record, state, registeredNames(session));
  if (held.forGood.length > 0) {
    throw refusal('list-tells-too-much', `The list is public, and ${held.forGood.join(' and ')} would tell more than it may: the case, its title, a CVE id, another party, or the name that is to stay hidden`, `Reword it: ${held.forGood.map((field) => `--${field} TEXT`).join(', ')}`);
  }
  const did = await drawNumber(env, async (number) => records.some(({ file }) => file.did === number) || (await env.git.everUsed(number, 'inquiry')));
  return {
    fields: { did },
    writes: [newUnreachableFile({ schemaVersion: 1, did, case: record.number, vendor: slug, ...answers })],
    notices: [`DID#${did}: ${unreachablePath(did)} says what the list shows`, ...held.untilProduct.map((field) => `${field} names the product, so the list shows it only once the product is disclosed`)],
    next,
  };
}
