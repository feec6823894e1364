import { contactAt, contactEdits, editedRegistryFile, isRegistrySlug, newRegistryFile, registryEdits, registryPath, type ContactChange, type RegistryChange, type Registered, type Register } from './documents/registry-file.ts';
import type { Repository } from './documents/repository.ts';
import { readYaml } from './documents/yaml-text.ts';
import type { Finding } from './domain/finding.ts';
import type { FileWrite, NextStep, Plan } from './domain/plan.ts';
import { refusal, usage, VccError } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import { addressNotices, readUsableKey, type ReadKey } from './public-key.ts';
import { confirmNewKey, type KeyChange } from './questions/new-key.ts';
import { askForContact, checkRegistered, contactFromFlags, type RegistryFlags } from './questions/contact.ts';
import type { Session } from './session.ts';

/** How the entries of one registry are asked for, and what is said of one that was written. */
export interface RegistryDesk<R extends Register, F extends RegistryFlags> {
  readonly register: R;
  /** What the commits of this registry begin with: vendors, partners. */
  readonly area: string;
  readonly story: string;
  ask(env: Environment, flags: F): Promise<F>;
  fromFlags(flags: F): RegistryChange<R>;
  /** Refuses what the schema cannot see. */
  check?(slug: string, file: Registered[R], repository: Repository): void;
  notices(file: Registered[R], slug: string, today: string): readonly string[];
  readonly showWhy: string;
}

const recordIn = (repository: Repository, register: Register, slug: string) => (register === 'vendor' ? repository.vendor(slug) : repository.partner(slug));
const findingsIn = (repository: Repository, register: Register): readonly Finding[] => (register === 'vendor' ? repository.vendorFindings() : repository.partnerFindings());

/** The plan of vcc vendor add and vcc partner add: somebody new, or more about somebody known (overview of vulnerability handling: registered vendors). */
export async function planRegistration<R extends Register, F extends RegistryFlags>(env: Environment, session: Session, desk: RegistryDesk<R, F>, slug: string, flags: F): Promise<Plan> {
  const { register } = desk;
  if (!isRegistrySlug(slug)) throw usage(`${JSON.stringify(slug)} cannot be the short name of a ${register}`, 'Use lower-case letters, digits and hyphens, for example openssl or acme-networks.');
  const path = registryPath(register, slug);
  const broken = findingsIn(session.repository, register).filter(({ file }) => file === path);
  if (broken.length > 0) throw refusal(`${register}-broken`, `${path} cannot be read`, 'Mend the places above, then run it again.', broken);
  const known = recordIn(session.repository, register, slug) as { readonly [K in R]: Registered[K] } | undefined;
  return known ? planChange(env, session, desk, slug, known[register], flags) : planNew(env, session, desk, slug, flags);
}

async function planNew<R extends Register, F extends RegistryFlags>(env: Environment, session: Session, desk: RegistryDesk<R, F>, slug: string, flags: F): Promise<Plan> {
  const answers = await desk.ask(env, flags);
  const contact = contactFromFlags(answers);
  // Whole by now: what must be known was given or asked for, and checkRegistered looks at the values.
  const file = checkRegistered(desk.register, slug, { schemaVersion: 1, ...desk.fromFlags(answers), contacts: [contact] } as unknown as Registered[R]);
  desk.check?.(slug, file, session.repository);
  const key = answers.key === undefined ? undefined : await readUsableKey(env, session, answers.key);
  const contacts = file.contacts.map((each) => (key ? { ...each, key: key.facts.fingerprint } : each));
  const write = newRegistryFile(desk.register, slug, { ...file, contacts });
  return planOf(session, desk, slug, { ...file, contacts }, { verb: 'joins the registry', action: `add ${slug}` }, write, key && { ...key, email: contact?.email });
}

async function planChange<R extends Register, F extends RegistryFlags>(env: Environment, session: Session, desk: RegistryDesk<R, F>, slug: string, known: Registered[R], flags: F): Promise<Plan> {
  const { register } = desk;
  const path = registryPath(register, slug);
  const text = new TextDecoder().decode(session.repository.tree.read(path));
  const facts = registryEdits<R>(known, desk.fromFlags(flags));
  const speaksOfContact = contactFromFlags(flags) !== undefined;
  const knownContact = flags.email !== undefined && contactAt(known, flags.email) !== -1;
  const answers = knownContact || (!speaksOfContact && facts.length > 0) ? flags : await askForContact(env, flags);
  const contact = contactFromFlags(answers);
  const key = answers.key === undefined ? undefined : await readUsableKey(env, session, answers.key);
  const before = contact && known.contacts[contactAt(known, contact.email)]?.key;
  const replaced = contact && key && (await confirmNewKey(env, { before, now: key.facts.fingerprint, email: contact.email }, flags.fingerprint));
  const change: ContactChange | undefined = contact && { ...contact, ...(key ? { key: key.facts.fingerprint } : {}) };
  const edits = [...facts, ...(change ? contactEdits(known, change) : [])];
  if (edits.length === 0 && (key?.writes ?? []).length === 0) throw usage(`${slug} is in the registry with just that`, `vcc ${register} show ${slug}`);
  const write = editedRegistryFile(register, slug, text, edits);
  const after = readYaml(path, write.text);
  if (!after.ok) throw new VccError({ code: `${register}-invalid`, message: `${slug}: not a ${register} as the registry keeps them`, hint: `vcc ${register} add --help lists the flags and their values.`, findings: after.findings, exitCode: 2 });
  const changed = checkRegistered(register, slug, after.value as Registered[R]);
  desk.check?.(slug, changed, session.repository);
  const action = contact && !knownContact ? `another contact of ${slug}` : `bring ${slug} up to date`;
  return planOf(session, desk, slug, changed, { verb: 'is brought up to date', action }, write, key && { ...key, email: contact?.email }, replaced);
}

function planOf<R extends Register, F extends RegistryFlags>({ today }: Session, desk: RegistryDesk<R, F>, slug: string, file: Registered[R], { verb, action }: { readonly verb: string; readonly action: string }, write: FileWrite, key: (ReadKey & { readonly email: string | undefined }) | undefined, replaced?: KeyChange): Plan {
  const { register, area, story, showWhy } = desk;
  const next: NextStep[] = [
    ...(file.contacts.some((contact) => contact.key !== undefined) ? [] : [{ command: `vcc key import FILE --${register} ${slug}`, why: 'without a key nothing can be sent to it encrypted' }]),
    { command: `vcc ${register} show ${slug}`, why: showWhy },
  ];
  return {
    summary: `${slug} ${verb}`,
    writes: [write, ...(key?.writes ?? [])],
    seals: [],
    messages: [],
    commit: { subject: `${area}: ${action}`, body: `${story}${replaced?.story ?? ''}`, trailers: [register === 'vendor' ? ['Vendor', slug] : ['Partner', slug], ...(replaced?.trailers ?? [])] },
    notices: [...desk.notices(file, slug, today), ...(key ? [...key.notices, ...(key.email === undefined ? [] : addressNotices(key.facts, key.email))] : [])],
    next,
  };
}
