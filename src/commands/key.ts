import { shellWords } from '../documents/hook-script.ts';
import { paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { contactEdits, editedVendorFile } from '../documents/vendor-file.ts';
import type { VendorRecord } from '../documents/repository.ts';
import { formatInstant } from '../domain/instant.ts';
import type { FileWrite, NextStep } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Contact } from '../generated/documents.ts';
import { addressNotices, keyStanding, keyWords, namesAddress, readUsableKey, type KeyStanding } from '../public-key.ts';
import { actingCoordinator, carryOut, openSession, type Session } from '../session.ts';

/** vcc key import: a usable public key goes into keys/, and on request to a vendor's contact (policy E). */
export async function keyImport(env: Environment, options: { readonly file: string; readonly vendor?: string; readonly email?: string }): Promise<number> {
  const { file, vendor: slug, email } = options;
  if (email !== undefined && slug === undefined) throw usage('--email says whose contact it is only together with --vendor', 'Add --vendor SLUG.');
  const session = openSession(env);
  await actingCoordinator(env, session);
  const vendor = slug === undefined ? undefined : session.repository.vendor(slug);
  if (slug !== undefined && !vendor) throw refusal('no-such-vendor', `there is no vendor ${JSON.stringify(slug)} that can be read`, 'vcc vendor list shows the registry; vcc vendor add SLUG --key FILE makes one with its key');
  const key = await readUsableKey(env, session, file);
  const { fingerprint, userIds } = key.facts;
  const contact = vendor && (await contactFor(env, vendor, userIds, email));
  const writes: FileWrite[] = [...key.writes];
  if (vendor && contact && contact.key !== fingerprint) {
    const text = new TextDecoder().decode(session.repository.tree.read(vendor.path));
    writes.push(editedVendorFile(vendor.slug, text, contactEdits(vendor.vendor, { email: contact.email, key: fingerprint })));
  }
  if (writes.length === 0) {
    out(env, `${fingerprint} is known already; nothing to do.`, { key: fingerprint });
    return 0;
  }
  const replaced = contact?.key !== undefined && contact.key !== fingerprint ? [`it takes the place of ${contact.key}, which stays in keys/ for what was sent before`] : [];
  const owner = vendor ? `vendor:${vendor.slug}` : ownersOf(session).get(fingerprint)?.join(', ');
  const trailers = vendor ? ([['Vendor', vendor.slug]] as const) : [];
  return carryOut(
    env,
    session,
    {
      summary: `${fingerprint} is in keys/${vendor && contact ? `, as the key of ${contact.email} at ${vendor.slug}` : ''}`,
      writes,
      seals: [],
      messages: [],
      commit: { subject: `keys: ${fingerprint.slice(-16)}${owner === undefined ? '' : ` of ${owner}`}`, body: `OpenPGP public key ${fingerprint}, of ${owner ?? 'nobody in vcc.yaml or vendors/ so far'}.`, trailers },
      notices: [...key.notices, ...(contact ? addressNotices(key.facts, contact.email) : []), ...replaced],
      next: vendor ? [{ command: `vcc vendor show ${vendor.slug}`, why: 'the contact with its key' }] : owner === undefined ? NOBODYS(file) : [{ command: 'vcc key list', why: 'the keys, and whose they are' }],
    },
    { key: fingerprint },
  );
}

/** A key that nobody uses yet: whose is it? */
const NOBODYS = (file: string): NextStep[] => [
  { command: `vcc key import ${shellWords([file])} --vendor SLUG`, why: 'makes it the key that messages to a vendor are encrypted to (a new one: vcc vendor add SLUG --key FILE)' },
  { command: `vcc team add "Name <address>" --key ${shellWords([file])}`, why: 'makes its owner a coordinator' },
];

const out = (env: Environment, text: string, content: object): void => (env.out.json ? env.out.envelope('applied', { ...content, commit: null }) : env.out.print(text));

/** The contact that the key is for: the only one, the one that a user id names, or the one the person chooses. */
async function contactFor(env: Environment, { slug, vendor: { contacts } }: VendorRecord, userIds: readonly string[], email: string | undefined): Promise<Contact> {
  const named = (address: string): boolean => (email === undefined ? namesAddress(userIds, address) : address.toLowerCase() === email.toLowerCase());
  const matching = contacts.filter((contact) => named(contact.email));
  const [only, second] = matching.length === 0 && email === undefined ? contacts : matching;
  if (!only) throw refusal('no-such-contact', `${slug} has no contact ${email ?? ''}`, `vcc vendor add ${slug} --email ${email ?? 'ADDRESS'} --language en --key FILE`);
  if (second === undefined) return only;
  return env.ask.select({ flag: '--email', message: `Which contact of ${slug} does the key belong to?`, choices: contacts.map((contact) => ({ value: contact, name: contact.email })) });
}

/** vcc key list: every key in keys/, whose it is and until when it is good. */
export async function keyList(env: Environment): Promise<number> {
  const session = openSession(env);
  const owners = ownersOf(session);
  const standings: KeyStanding[] = [];
  // Keys that vcc.yaml or a vendor names and keys/ lacks are listed too: they are what is in the way.
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
