import { legibleLine } from '../documents/legible.ts';
import { publicKeysIn, type MailedKey } from '../documents/mail-public-keys.ts';
import { openMail } from '../documents/opened-mail.ts';
import { MAIL_LIMIT } from '../documents/report-mail.ts';
import { contactEdits, editedRegistryFile, type Register } from '../documents/registry-file.ts';
import type { FileWrite } from '../domain/plan.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Contact, Vendor } from '../generated/documents.ts';
import { mailKeys, signatureLines } from '../mail-keys.ts';
import { addressNotices, KEY_LIMIT, keyOwners, namesAddress, keyIn, unusable, type ReadKey } from '../public-key.ts';
import { confirmNewKey } from '../questions/new-key.ts';
import { actingCoordinator, carryOut, openSession, type Session } from '../session.ts';

interface Whose {
  readonly vendor?: string;
  readonly partner?: string;
  readonly email?: string;
  readonly fingerprint?: string;
}

/** vcc key import: a usable public key goes into keys/, and on request to a contact of a vendor or a partner (policy E). */
export async function keyImport(env: Environment, { file, ...whose }: Whose & { readonly file: string }): Promise<number> {
  const session = openSession(env);
  await actingCoordinator(env, session);
  const { name, bytes } = await env.input(file, KEY_LIMIT);
  return keep(env, session, await keyIn(env, session, name, bytes), whose);
}

/** vcc key fetch-from-mail: the same for a key that came in a mail. */
export async function keyFromMail(env: Environment, { mail: path, ...whose }: Whose & { readonly mail: string }): Promise<number> {
  const session = openSession(env);
  await actingCoordinator(env, session);
  const { name, bytes } = await env.input(path, MAIL_LIMIT);
  const opened = await openMail(name, bytes, mailKeys(env, session));
  const { address } = opened.mail.from ?? {};
  const key = await chooseKey(env, session, name, publicKeysIn(opened), address);
  const notices = [...(address === undefined ? [] : addressNotices(key.facts, address)), ...signatureLines(session, opened.signatures, opened.decrypted !== undefined)];
  return keep(env, session, { ...key, notices: [...key.notices, ...notices] }, whose);
}

/** Of the keys in a mail the one that can be used; where there are several, the person says which. */
async function chooseKey(env: Environment, session: Session, name: string, mailed: readonly MailedKey[], sender: string | undefined): Promise<ReadKey> {
  const shown = legibleLine(name);
  const usable = new Map<string, ReadKey>();
  const refused: string[] = [];
  for (const { where, bytes } of mailed) {
    try {
      if (bytes.length > KEY_LIMIT) throw refusal('too-large', `larger than ${KEY_LIMIT / 1000} kB`, 'Ask for the key without its signatures: gpg --export-options export-minimal');
      const key = await keyIn(env, session, `${shown}, ${legibleLine(where)}`, bytes);
      if (key.facts.problems.length > 0 && !key.revokes) throw unusable(key.name, key);
      usable.set(key.facts.fingerprint, key);
    } catch (problem) {
      if (!(problem instanceof VccError)) throw problem;
      refused.push(`${legibleLine(where)}: ${problem.message}`);
    }
  }
  const keys = [...usable.values()];
  const ofSender = sender === undefined ? [] : keys.filter(({ facts }) => namesAddress(facts.userIds, sender));
  const [only, second] = ofSender.length === 1 ? ofSender : keys;
  if (only === undefined) throw refusal('no-key-in-mail', [`${shown} brings no OpenPGP public key that can be used`, ...refused].join('\n'), 'Ask its sender for the key as an attachment.');
  for (const line of refused) env.out.say(`left out, ${line}`);
  if (second === undefined) return only;
  return env.ask.select({ flag: 'FILE', message: `${shown} brings several keys. Which one? (save it to a file and vcc key import FILE, in a script)`, choices: keys.map((key) => ({ value: key, name: `${key.facts.fingerprint} ${key.facts.userIds.map(legibleLine).join(', ')}` })) });
}

async function keep(env: Environment, session: Session, key: ReadKey, options: Whose): Promise<number> {
  const { email } = options;
  if (options.vendor !== undefined && options.partner !== undefined) throw usage('--vendor and --partner go in two commands', 'A key belongs to one of them.');
  if (email !== undefined && options.vendor === undefined && options.partner === undefined) throw usage('--email says whose contact it is only together with --vendor or --partner', 'Add --vendor SLUG or --partner SLUG.');
  const owner = ownerOf(session, options);
  const { fingerprint, userIds } = key.facts;
  const contact = owner && (await contactFor(env, owner, userIds, email));
  // It becomes nobody's any more.
  if (key.facts.problems.length > 0 && !(key.revokes && (!contact || contact.key === fingerprint))) throw unusable(key.name, key);
  const replaced = contact && (await confirmNewKey(env, { before: contact.key, now: fingerprint, email: contact.email }, options.fingerprint));
  const writes: FileWrite[] = [...key.writes];
  if (owner && contact && contact.key !== fingerprint) {
    const text = new TextDecoder().decode(session.repository.tree.read(owner.path));
    writes.push(editedRegistryFile(owner.register, owner.slug, text, contactEdits(owner, { email: contact.email, key: fingerprint })));
  }
  if (writes.length === 0) {
    out(env, `${fingerprint} is known already; nothing to do.`, { key: fingerprint });
    return 0;
  }
  const whose = owner ? `${owner.register}:${owner.slug}` : keyOwners(session).get(fingerprint)?.join(', ');
  // One that is nobody's would only tell whoever reads keys/ with whom we write: a reporter, perhaps.
  if (whose === undefined) throw usage(`whose key is ${fingerprint}?`, 'Add --vendor SLUG, --partner SLUG, or --reporter CASE, which keeps it sealed. A new vendor: vcc vendor add SLUG --key FILE; a new coordinator: vcc team add PERSON --key FILE');
  const trailer = owner && ([owner.register === 'vendor' ? 'Vendor' : 'Partner', owner.slug] as const);
  return carryOut(
    env,
    session,
    {
      summary: `${fingerprint} is in keys/${owner && contact ? `, as the key of ${contact.email} at ${owner.slug}` : ''}`,
      writes,
      seals: [],
      messages: [],
      commit: {
        subject: `keys: ${fingerprint.slice(-16)} of ${whose}`,
        body: `OpenPGP public key ${fingerprint}, of ${whose}.${replaced?.story ?? ''}`,
        trailers: [...(trailer ? [trailer] : []), ...(replaced?.trailers ?? [])],
      },
      notices: [...key.notices, ...(contact ? addressNotices(key.facts, contact.email) : []), ...(replaced && contact.key !== undefined ? [`it takes the place of ${contact.key}, which stays in keys/ for what was sent before`] : [])],
      next: owner ? [{ command: `vcc ${owner.register} show ${owner.slug}`, why: 'the contact with its key' }] : [{ command: 'vcc key list', why: 'the keys, and whose they are' }],
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

function ownerOf({ repository }: Session, options: Whose): Owner | undefined {
  const [register, slug] = options.vendor === undefined ? (['partner', options.partner] as const) : (['vendor', options.vendor] as const);
  if (slug === undefined) return undefined;
  const found = register === 'vendor' ? repository.vendor(slug) : repository.partner(slug);
  if (!found) throw refusal(`no-such-${register}`, `there is no ${register} ${JSON.stringify(slug)} that can be read`, `${didYouMean(slug, (register === 'vendor' ? repository.vendors() : repository.partners()).keys())}vcc ${register} list shows the registry; vcc ${register} add SLUG --key FILE makes one with its key`);
  const { contacts } = 'vendor' in found ? found.vendor : found.partner;
  return { register, slug, path: found.path, contacts };
}

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
