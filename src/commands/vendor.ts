import { candidateAsData, candidateList, type CandidateRow } from '../documents/candidate-list.ts';
import { legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { registryPath } from '../documents/registry-file.ts';
import { vendorAsData, vendorName, vendorSheet } from '../documents/vendor-sheet.ts';
import type { VendorRecord } from '../documents/repository.ts';
import { candidates } from '../domain/candidates.ts';
import { eligible } from '../domain/eligibility.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage } from '../domain/problem.ts';
import { replay } from '../domain/replay.ts';
import { mayTellVendor } from '../domain/waves.ts';
import type { Environment } from '../environment.ts';
import { keysOf, keyStanding } from '../public-key.ts';
import { askForVendor, vendorFromFlags, type VendorFlags } from '../questions/vendor.ts';
import { planRegistration, type RegistryDesk } from '../registry-change.ts';
import { actingCoordinator, carryOut, openSession, showFindings, viewCase, type CaseView, type Session } from '../session.ts';

const DESK: RegistryDesk<'vendor', VendorFlags> = {
  register: 'vendor',
  area: 'vendors',
  story: 'Whom the centre talks to at this vendor, in which language and with which key.',
  ask: askForVendor,
  fromFlags: vendorFromFlags,
  notices: (vendor, slug, today) => {
    const { ok, why, hint } = eligible(vendor, today, slug);
    return ok ? [] : [`it may not be told of a case yet: ${why}. ${hint}`];
  },
  showWhy: 'what the registry knows, and whether it may be told of a case',
};

/** vcc vendor add: a new vendor, or more about a known one (overview of vulnerability handling: registered vendors). */
export async function vendorAdd(env: Environment, options: VendorFlags & { readonly slug: string }): Promise<number> {
  const { slug, ...flags } = options;
  const session = openSession(env);
  await actingCoordinator(env, session);
  return carryOut(env, session, await planRegistration(env, session, DESK, slug, flags), { vendor: slug });
}

/** vcc vendor list: the registry at a glance, or the candidates of a case. */
export async function vendorList(env: Environment, options: { readonly keyword?: string; readonly for?: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  if (options.for !== undefined) {
    if (options.keyword !== undefined) throw usage('--keyword and --for contradict each other', 'Give one of them.');
    return listCandidates(env, session, viewCase(session, options.for));
  }
  const plain = (text: string): string => text.normalize('NFKC').toLowerCase();
  const wanted = options.keyword === undefined ? undefined : plain(options.keyword);
  const records = [...session.repository.vendors().values()].filter(({ vendor }) => wanted === undefined || (vendor.keywords ?? []).some((keyword) => plain(keyword).includes(wanted)));
  const findings = session.repository.vendorFindings();
  if (out.json) out.envelope('vendor-list', { vendors: records.map((each) => vendorAsData(each, session.today)), findings });
  else if (records.length > 0) out.print(vendorTable(records, env, session.today));
  else out.say(wanted === undefined ? 'The registry has no vendor yet: vcc vendor add SLUG' : `No vendor has the keyword ${legibleLine(options.keyword ?? '')}: vcc vendor list`);
  if (findings.length > 0) out.say(showFindings(findings));
  return findings.length > 0 ? 1 : 0;
}

/** Who else the case may concern, and what stands between it and a first letter (policy G; guideline IV.4 2)). */
async function listCandidates(env: Environment, session: Session, { record, state }: CaseView): Promise<number> {
  const { out } = env;
  const { repository } = session;
  const rows: CandidateRow[] = [];
  for (const candidate of candidates(record.file, repository.vendors().values())) {
    const { slug } = candidate;
    const vendor = repository.vendor(slug)?.vendor;
    if (!vendor) continue;
    const party = state.vendors.get(slug);
    const registered = eligible(vendor, session.today);
    const mayBeTold = registered.ok ? mayTellVendor(repository.policy, state, record.number, slug, party?.role ?? candidate.role) : registered;
    const key = vendor.contacts.find((contact) => contact.key !== undefined)?.key;
    const keyProblems = key === undefined ? ['no key is known'] : (await keyStanding(env, session, key)).problems;
    // Whoever may be told is written to; whoever waits for its wave is a party until then.
    const command = mayBeTold.ok ? `vcc notify ${record.number} --vendor ${slug} --role ${candidate.role}` : `vcc record ${record.number} vendor-added --vendor ${slug} --role ${candidate.role}`;
    rows.push({ ...candidate, name: vendorName(vendor), mayBeTold, keyProblems, inCase: party?.role, command });
  }
  const findings = repository.vendorFindings();
  if (out.json) out.envelope('candidate-list', { case: record.number, candidates: rows.map(candidateAsData), findings });
  else if (rows.length > 0) out.print(candidateList(rows, out.width, paint(out.colour)));
  else out.say(`No vendor of the registry fits ${record.number}. What is compared: technologies, purl and registry in ${record.folder}/case.md; keywords, packages and dependsOn in vendors/.`);
  if (findings.length > 0) out.say(showFindings(findings));
  return findings.length > 0 ? 1 : 0;
}

function vendorTable(records: readonly VendorRecord[], env: Environment, today: string): string {
  const colours = paint(env.out.colour);
  const columns = [{ title: 'VENDOR', flexible: true }, { title: 'NAME', flexible: true }, { title: 'KIND' }, { title: 'MAY BE TOLD' }, { title: 'KEYS' }, { title: 'KEYWORDS', flexible: true }];
  const rows = records.map(({ slug, vendor }) => {
    const { ok } = eligible(vendor, today);
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
    const broken = repository.vendorFindings().filter(({ file }) => file === registryPath('vendor', options.slug));
    throw refusal('no-such-vendor', `there is no vendor ${legibleLine(options.slug)}${broken.length > 0 ? ' that can be read' : ''}`, `${didYouMean(options.slug, repository.vendors().keys())}vcc vendor list shows the registry; vcc vendor add ${legibleLine(options.slug)} makes one`, broken);
  }
  const keys = await keysOf(env, session, record.vendor.contacts);
  const cases = [...repository.cases()]
    .filter(({ log }) => log.some(({ entry }) => 'vendor' in entry && entry.vendor === record.slug))
    .flatMap((found) => {
      const { state } = replay(found);
      const party = state.vendors.get(record.slug);
      return party ? [{ record: found, status: state.status, party }] : [];
    });
  if (out.json) out.envelope('vendor', { vendor: vendorAsData(record, session.today), keys: Object.fromEntries(keys), cases: cases.map(({ record: { number }, status, party }) => ({ case: number, status, role: party.role, progress: party.progress, ...(party.status ? { publicStatus: party.status.entry.status } : {}) })) });
  else out.print(vendorSheet({ record, keys, cases, zone, today: session.today }, out.width, paint(out.colour)));
  return 0;
}
