import { legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { contactAt, contactEdits, editedVendorFile, newVendorFile, vendorEdits, vendorPath } from '../documents/vendor-file.ts';
import { vendorAsData, vendorName, vendorSheet } from '../documents/vendor-sheet.ts';
import { readYaml } from '../documents/yaml-text.ts';
import type { VendorRecord } from '../documents/repository.ts';
import { eligible } from '../domain/eligibility.ts';
import { didYouMean } from '../domain/near-word.ts';
import type { FileWrite, NextStep, Plan } from '../domain/plan.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import { replay } from '../domain/replay.ts';
import type { Environment } from '../environment.ts';
import type { Vendor } from '../generated/documents.ts';
import { addressNotices, keyStanding, keyWords, readUsableKey, type UsableKey } from '../public-key.ts';
import { actingCoordinator, carryOut, openSession, showFindings, type Session } from '../session.ts';
import { askForContact, askForVendor, checkVendor, contactFromFlags, vendorFromFlags, type VendorFlags } from '../questions/vendor.ts';

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** vcc vendor add: a new vendor, or more about a known one (overview of vulnerability handling: registered vendors). */
export async function vendorAdd(env: Environment, options: VendorFlags & { readonly slug: string }): Promise<number> {
  const { slug, ...flags } = options;
  if (!SLUG.test(slug)) throw usage(`${JSON.stringify(slug)} cannot be the short name of a vendor`, 'Use lower-case letters, digits and hyphens, for example openssl or acme-networks.');
  const session = openSession(env);
  await actingCoordinator(env, session);
  const broken = session.repository.vendorFindings().filter(({ file }) => file === vendorPath(slug));
  if (broken.length > 0) throw refusal('vendor-broken', `${vendorPath(slug)} cannot be read`, 'Mend the places above, then run it again.', broken);
  const known = session.repository.vendor(slug);
  if (known && env.ask.interactive) env.out.say(`${vendorName(known.vendor)} (${slug}) is in the registry already: this changes it.`);
  const plan = known ? await planChange(env, session, known, flags) : await planNew(env, session, slug, flags);
  return carryOut(env, session, plan, { vendor: slug });
}

async function planNew(env: Environment, session: Session, slug: string, flags: VendorFlags): Promise<Plan> {
  const answers = await askForVendor(env, flags);
  const contact = contactFromFlags(answers);
  // Whole by now: what must be known was given or asked for, and checkVendor looks at the values.
  const vendor = checkVendor(slug, { schemaVersion: 1, ...vendorFromFlags(answers), contacts: [contact] } as Vendor);
  const key = answers.key === undefined ? undefined : await readUsableKey(env, session, answers.key);
  const contacts = vendor.contacts.map((each) => (key ? { ...each, key: key.facts.fingerprint } : each));
  const write = newVendorFile(slug, { ...vendor, contacts });
  return vendorPlan(slug, { ...vendor, contacts }, { verb: 'joins the registry', action: `add ${slug}` }, write, key && { ...key, email: contact?.email });
}

async function planChange(env: Environment, session: Session, { slug, path, vendor }: VendorRecord, flags: VendorFlags): Promise<Plan> {
  const text = new TextDecoder().decode(session.repository.tree.read(path));
  const facts = vendorEdits(vendor, vendorFromFlags(flags));
  const speaksOfContact = contactFromFlags(flags) !== undefined;
  const known = flags.email !== undefined && contactAt(vendor, flags.email) !== -1;
  const answers = known || (!speaksOfContact && facts.length > 0) ? flags : await askForContact(env, flags);
  const contact = contactFromFlags(answers);
  const key = answers.key === undefined ? undefined : await readUsableKey(env, session, answers.key);
  const edits = [...facts, ...(contact ? contactEdits(vendor, { ...contact, ...(key ? { key: key.facts.fingerprint } : {}) }) : [])];
  if (edits.length === 0) throw usage(`${slug} is in the registry with just that`, `vcc vendor show ${slug}`);
  const write = editedVendorFile(slug, text, edits);
  const after = readYaml(path, write.text);
  if (!after.ok) throw new VccError({ code: 'vendor-invalid', message: `${slug}: not a vendor as the registry keeps them`, hint: 'vcc vendor add --help lists the flags and their values.', findings: after.findings, exitCode: 2 });
  const changed = checkVendor(slug, after.value as Vendor);
  const action = contact && !known ? `another contact of ${slug}` : `bring ${slug} up to date`;
  return vendorPlan(slug, changed, { verb: 'is brought up to date', action }, write, key && { ...key, email: contact?.email });
}

function vendorPlan(slug: string, vendor: Vendor, { verb, action }: { readonly verb: string; readonly action: string }, write: FileWrite, key: (UsableKey & { readonly email: string | undefined }) | undefined): Plan {
  const standing = eligible(vendor);
  const next: NextStep[] = [
    ...(vendor.contacts.some((contact) => contact.key !== undefined) ? [] : [{ command: `vcc key import FILE --vendor ${slug}`, why: 'without a key nothing can be sent to it encrypted' }]),
    { command: `vcc vendor show ${slug}`, why: 'what the registry knows, and whether it may be told of a case' },
  ];
  return {
    summary: `${slug} ${verb}`,
    writes: [write, ...(key?.writes ?? [])],
    seals: [],
    messages: [],
    commit: { subject: `vendors: ${action}`, body: 'Whom the centre talks to at this vendor, in which language and with which key.', trailers: [['Vendor', slug]] },
    notices: [...(standing.ok ? [] : [`it may not be told of a case yet: ${standing.why}. ${standing.hint}`]), ...(key ? [...key.notices, ...(key.email === undefined ? [] : addressNotices(key.facts, key.email))] : [])],
    next,
  };
}

/** vcc vendor list: the registry at a glance. */
export function vendorList(env: Environment, options: { readonly keyword?: string }): number {
  const { out } = env;
  const session = openSession(env);
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const wanted = options.keyword === undefined ? undefined : plain(options.keyword);
  const records = [...session.repository.vendors().values()].filter(({ vendor }) => wanted === undefined || (vendor.keywords ?? []).some((keyword) => plain(keyword).includes(wanted)));
  const findings = session.repository.vendorFindings();
  if (out.json) out.envelope('vendor-list', { vendors: records.map(vendorAsData), findings });
  else if (records.length > 0) out.print(vendorTable(records, env));
  else out.say(wanted === undefined ? 'The registry has no vendor yet: vcc vendor add SLUG' : `No vendor has the keyword ${legibleLine(options.keyword ?? '')}: vcc vendor list`);
  if (findings.length > 0) out.say(showFindings(findings));
  return findings.length > 0 ? 1 : 0;
}

function vendorTable(records: readonly VendorRecord[], env: Environment): string {
  const colours = paint(env.out.colour);
  const columns = [{ title: 'VENDOR', flexible: true }, { title: 'NAME', flexible: true }, { title: 'KIND' }, { title: 'MAY BE TOLD' }, { title: 'KEYS' }, { title: 'KEYWORDS', flexible: true }];
  const rows = records.map(({ slug, vendor }) => {
    const { ok } = eligible(vendor);
    const keys = vendor.contacts.filter(({ key }) => key !== undefined).length;
    return [
      slug,
      vendorName(vendor),
      vendor.kind,
      { text: ok ? 'yes' : 'no', paint: ok ? colours.done : colours.soon },
      { text: `${keys} of ${vendor.contacts.length}`, paint: keys === 0 ? colours.soon : (text: string) => text },
      legibleLine((vendor.keywords ?? []).join(', ')),
    ];
  });
  return table(columns, rows, { width: env.out.width, title: colours.quiet });
}

/** vcc vendor show: contacts, keys and cases of one vendor. */
export async function vendorShow(env: Environment, options: { readonly slug: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { repository, zone } = session;
  const record = repository.vendor(options.slug);
  if (!record) {
    const broken = repository.vendorFindings().filter(({ file }) => file === vendorPath(options.slug));
    throw refusal('no-such-vendor', `there is no vendor ${legibleLine(options.slug)}${broken.length > 0 ? ' that can be read' : ''}`, `${didYouMean(options.slug, repository.vendors().keys())}vcc vendor list shows the registry; vcc vendor add ${legibleLine(options.slug)} makes one`, broken);
  }
  const fingerprints = record.vendor.contacts.flatMap(({ key }) => key ?? []);
  const keys = new Map<string, string>();
  for (const fingerprint of fingerprints) keys.set(fingerprint, keyWords(await keyStanding(env, session, fingerprint), zone));
  const cases = [...repository.cases()]
    .filter(({ log }) => log.some(({ entry }) => 'vendor' in entry && entry.vendor === record.slug))
    .flatMap((found) => {
      const { state } = replay(found);
      const party = state.vendors.get(record.slug);
      return party ? [{ record: found, status: state.status, party }] : [];
    });
  if (out.json) out.envelope('vendor', { vendor: vendorAsData(record), keys: Object.fromEntries(keys), cases: cases.map(({ record: { number }, status, party }) => ({ case: number, status, role: party.role, progress: party.progress, ...(party.status ? { publicStatus: party.status.entry.status } : {}) })) });
  else out.print(vendorSheet({ record, keys, cases, zone }, out.width, paint(out.colour)));
  return 0;
}
