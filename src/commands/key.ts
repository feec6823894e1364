import { shellWords } from '../documents/hook-script.ts';
import { paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { contactEdits, editedRegistryFile, type Register } from '../documents/registry-file.ts';
import { formatInstant } from '../domain/instant.ts';
import type { FileWrite, NextStep } from '../domain/plan.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Contact, Vendor } from '../generated/documents.ts';
import { addressNotices, keyStanding, keyWords, namesAddress, readUsableKey, type KeyStanding } from '../public-key.ts';
import { actingCoordinator, carryOut, openSession, type Session } from '../session.ts';

interface ImportOptions {
  readonly file: string;
  readonly vendor?: string;
  readonly partner?: string;
  readonly email?: string;
}

/** vcc key import: a usable public key goes into keys/, and on request to a contact of a vendor or a partner (policy E). */
export async function keyImport(env: Environment, options: ImportOptions): Promise<number> {
  const { file, email } = options;
  if (options.vendor !== undefined && options.partner !== undefined) throw usage('--vendor and --partner go in two commands', 'A key belongs to one of them.');
  if (email !== undefined && options.vendor === undefined && options.partner === undefined) throw usage('--email says whose contact it is only together with --vendor or --partner', 'Add --vendor SLUG or --partner SLUG.');
  const session = openSession(env);
  await actingCoordinator(env, session);
  const owner = ownerOf(session, options);
  const key = await readUsableKey(env, session, file);
  const { fingerprint, userIds } = key.facts;
  const contact = owner && (await contactFor(env, owner, userIds, email));
  const writes: FileWrite[] = [...key.writes];
  if (owner && contact && contact.key !== fingerprint) {
    const text = new TextDecoder().decode(session.repository.tree.read(owner.path));
    writes.push(editedRegistryFile(owner.register, owner.slug, text, contactEdits(owner, { email: contact.email, key: fingerprint })));
  }
  if (writes.length === 0) {
    out(env, `${fingerprint} is known already; nothing to do.`, { key: fingerprint });
    return 0;
  }
  const replaced = contact?.key !== undefined && contact.key !== fingerprint ? [`it takes the place of ${contact.key}, which stays in keys/ for what was sent before`] : [];
  const whose = owner ? `${owner.register}:${owner.slug}` : ownersOf(session).get(fingerprint)?.join(', ');
  const trailer = owner && ([owner.register === 'vendor' ? 'Vendor' : 'Partner', owner.slug] as const);
  return carryOut(
    env,
    session,
    {
      summary: `${fingerprint} is in keys/${owner && contact ? `, as the key of ${contact.email} at ${owner.slug}` : ''}`,
      writes,
      seals: [],
      messages: [],
      commit: { subject: `keys: ${fingerprint.slice(-16)}${whose === undefined ? '' : ` of ${whose}`}`, body: `OpenPGP public key ${fingerprint}, of ${whose ?? 'nobody in vcc.yaml, vendors/ or partners/ so far'}.`, trailers: trailer ? [trailer] : [] },
      notices: [...key.notices, ...(contact ? addressNotices(key.facts, contact.email) : []), ...replaced],
      next: owner ? [{ command: `vcc ${owner.register} show ${owner.slug}`, why: 'the contact with its key' }] : whose === undefined ? NOBODYS(file) : [{ command: 'vcc key list', why: 'the keys, and whose they are' }],
    },
    { key: fingerprint },
  );
}

/** The vendor or partner whose key it is. */
interface Owner {
  readonly register: Register;
  readonly slug: string;
  readonly path: string;
  readonly contacts: Vendor['contacts'];
}

function ownerOf({ repository }: Session, options: ImportOptions): Owner | undefined {
  const [register, slug] = options.vendor === undefined ? (['partner', options.partner] as const) : (['vendor', options.vendor] as const);
  if (slug === undefined) return undefined;
  const found = register === 'vendor' ? repository.vendor(slug) : repository.partner(slug);
  if (!found) throw refusal(`no-such-${register}`, `there is no ${register} ${JSON.stringify(slug)} that can be read`, `${didYouMean(slug, (register === 'vendor' ? repository.vendors() : repository.partners()).keys())}vcc ${register} list shows the registry; vcc ${register} add SLUG --key FILE makes one with its key`);
  const { contacts } = 'vendor' in found ? found.vendor : found.partner;
  return { register, slug, path: found.path, contacts };
}

/** A key that nobody uses yet: whose is it? */
const NOBODYS = (file: string): NextStep[] => [
  { command: `vcc key import ${shellWords([file])} --vendor SLUG`, why: 'makes it the key that messages to a vendor are encrypted to (a new one: vcc vendor add SLUG --key FILE)' },
  { command: `vcc team add "Name <address>" --key ${shellWords([file])}`, why: 'makes its owner a coordinator' },
];

const out = (env: Environment, text: string, content: object): void => (env.out.json ? env.out.envelope('applied', { ...content, commit: null }) : env.out.print(text));

/** The contact that the key is for: the only one, the one that a user id names, or the one the person chooses. */
async function contactFor(env: Environment, { register, slug, contacts }: Owner, userIds: readonly string[], email: string | undefined): Promise<Contact> {
  const named = (address: string): boolean => (email === undefined ? namesAddress(userIds, address) : address.toLowerCase() === email.toLowerCase());
  const matching = contacts.filter((contact) => named(contact.email));
  const [only, second] = matching.length === 0 && email === undefined ? contacts : matching;
  if (!only) throw refusal('no-such-contact', `${slug} has no contact ${email ?? ''}`, `vcc ${register} add ${slug} --email ${email ?? 'ADDRESS'} --language en --key FILE`);
  if (second === undefined) return only;
  return env.ask.select({ flag: '--email', message: `Which contact of ${slug} does the key belong to?`, choices: contacts.map((contact) => ({ value: contact, name: contact.email })) });
}

/** vcc key list: every key in keys/, whose it is and until when it is good. */
export async function keyList(env: Environment): Promise<number> {
  const session = openSession(env);
  const owners = ownersOf(session);
  const standings: KeyStanding[] = [];
  // Keys that vcc.yaml, a vendor or a partner names and keys/ lacks are listed too: they are what is in the way.
  const fingerprints = new Set([...owners.keys(), ...session.repository.keyFingerprints()]);
  for (const fingerprint of fingerprints) standings.push(await keyStanding(env, session, fingerprint));
  const inTheWay = standings.some(({ fingerprint, problems }) => problems.length > 0 && owners.has(fingerprint));
  if (env.out.json) {
    const keys = standings.map(({ expires, ...key }) => ({ ...key, ...(expires === undefined ? {} : { expires: formatInstant(expires, session.zone) }), usable: key.problems.length === 0, of: owners.get(key.fingerprint) ?? [] }));
    env.out.envelope('key-list', { keys });
  } else if (standings.length === 0) env.out.say('There is no key in keys/ yet: vcc key import FILE');
  else env.out.print(keyTable(standings, owners, session, env));
  return inTheWay ? 1 : 0;
}

function ownersOf({ repository }: Session): Map<string, string[]> {
  const owners = new Map<string, string[]>();
  const add = (key: string | undefined, owner: string): void => {
    if (key !== undefined) owners.set(key, [...(owners.get(key) ?? []), owner]);
  };
  for (const { slug, key } of repository.configuration.team) add(key, `team:${slug}`);
  for (const { slug, vendor } of repository.vendors().values()) for (const { key } of vendor.contacts) add(key, `vendor:${slug}`);
  for (const { slug, partner } of repository.partners().values()) for (const { key } of partner.contacts) add(key, `partner:${slug}`);
  return owners;
}

function keyTable(standings: readonly KeyStanding[], owners: ReadonlyMap<string, readonly string[]>, session: Session, env: Environment): string {
  const colours = paint(env.out.colour);
  const rows = standings.map((standing) => [
    standing.fingerprint,
    { text: keyWords(standing, session.zone), paint: standing.problems.length > 0 ? colours.overdue : colours.done },
    (owners.get(standing.fingerprint) ?? ['nobody']).join(', '),
  ]);
  return table([{ title: 'FINGERPRINT' }, { title: 'GOOD UNTIL', flexible: true }, { title: 'OF', flexible: true }], rows, { width: env.out.width, title: colours.quiet });
}
