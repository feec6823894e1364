import { legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { partnerAsData, partnerSheet } from '../documents/partner-sheet.ts';
import { registryPath } from '../documents/registry-file.ts';
import type { PartnerRecord, Repository } from '../documents/repository.ts';
import { table } from '../documents/table.ts';
import { bothLanguages } from '../documents/vendor-sheet.ts';
import { isEvent } from '../domain/case.ts';
import { partyOf, RECEIVING } from '../domain/partner-permission.ts';
import { refusal } from '../domain/problem.ts';
import { replay } from '../domain/replay.ts';
import type { Environment } from '../environment.ts';
import type { Partner } from '../generated/documents.ts';
import { keysOf } from '../public-key.ts';
import { askForPartner, partnerFromFlags, type PartnerFlags } from '../questions/partner.ts';
import { planRegistration, type RegistryDesk } from '../registry-change.ts';
import { actingCoordinator, carryOut, openSession, showFindings } from '../session.ts';

const DESK: RegistryDesk<'partner', PartnerFlags> = {
  register: 'partner',
  area: 'partners',
  story: 'Whom the centre talks to at this partner, in which language and with which key.',
  ask: askForPartner,
  fromFlags: partnerFromFlags,
  check: refuseSecondReceiver,
  notices: ({ kind, nda }, slug) =>
    nda !== undefined || kind === RECEIVING ? [] : [`without a signed non-disclosure agreement it hears no details of a case; once it has signed: vcc partner add ${slug} --nda YYYY-MM-DD`],
  showWhy: 'what the registry knows, and what it is told',
};

/** The log names the receiving organisation without a short name, so there is one. */
function refuseSecondReceiver(slug: string, { kind }: Partner, repository: Repository): void {
  const other = kind === RECEIVING ? [...repository.partners().values()].find((each) => each.partner.kind === RECEIVING && each.slug !== slug) : undefined;
  if (other) throw refusal('receiving-organisation-twice', `${other.slug} is the receiving organisation already`, `vcc partner show ${other.slug}; give ${slug} another kind, or change that one first: vcc partner add ${other.slug} --kind partner-centre`);
}

/** vcc partner add: a new partner, or more about a known one (policy E and G; handling overview: under NDA). */
export async function partnerAdd(env: Environment, options: PartnerFlags & { readonly slug: string }): Promise<number> {
  const { slug, ...flags } = options;
  const session = openSession(env);
  await actingCoordinator(env, session);
  return carryOut(env, session, await planRegistration(env, session, DESK, slug, flags), { partner: slug });
}

/** vcc partner list: those who take part and are no vendors. */
export function partnerList(env: Environment): number {
  const { out } = env;
  const { repository } = openSession(env);
  const records = [...repository.partners().values()];
  const findings = repository.partnerFindings();
  if (out.json) out.envelope('partner-list', { partners: records.map(partnerAsData), findings });
  else if (records.length > 0) out.print(partnerTable(records, env));
  else out.say('The registry has no partner yet: vcc partner add SLUG');
  if (findings.length > 0) out.say(showFindings(findings));
  return findings.length > 0 ? 1 : 0;
}

function partnerTable(records: readonly PartnerRecord[], env: Environment): string {
  const colours = paint(env.out.colour);
  const columns = [{ title: 'PARTNER', flexible: true }, { title: 'NAME', flexible: true }, { title: 'KIND' }, { title: 'NDA' }, { title: 'KEYS' }];
  const rows = records.map(({ slug, partner }) => {
    const keys = partner.contacts.filter(({ key }) => key !== undefined).length;
    return [
      slug,
      bothLanguages(partner.name),
      partner.kind.replaceAll('-', ' '),
      partner.nda === undefined ? { text: 'none', paint: partner.kind === RECEIVING ? colours.quiet : colours.soon } : partner.nda.signed,
      { text: `${keys} of ${partner.contacts.length}`, paint: keys === 0 ? colours.soon : (text: string) => text },
    ];
  });
  return table(columns, rows, { width: env.out.width, title: colours.quiet });
}

/** vcc partner show: contacts, keys and the cases of one partner. */
export async function partnerShow(env: Environment, options: { readonly slug: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { repository, zone } = session;
  const record = repository.partner(options.slug);
  if (!record) {
    const broken = repository.partnerFindings().filter(({ file }) => file === registryPath('partner', options.slug));
    throw refusal('no-such-partner', `there is no partner ${legibleLine(options.slug)}${broken.length > 0 ? ' that can be read' : ''}`, `vcc partner list shows the registry; vcc partner add ${legibleLine(options.slug)} makes one`, broken);
  }
  const keys = await keysOf(env, session, record.partner.contacts);
  const party = partyOf(record.slug, record.partner);
  const cases = [...repository.cases()]
    .filter(({ log }) => log.some(({ entry }) => 'party' in entry && entry.party === party))
    .flatMap((found) => {
      const { state } = replay(found);
      const told = state.entries.filter(isEvent('partner-contacted')).filter(({ entry }) => entry.party === party);
      const last = told.at(-1)?.at;
      return last === undefined ? [] : [{ record: found, status: state.status, purposes: [...new Set(told.map(({ entry }) => entry.purpose))], last }];
    });
  if (out.json) out.envelope('partner', { partner: partnerAsData(record), keys: Object.fromEntries(keys), cases: cases.map(({ record: { number }, status, purposes }) => ({ case: number, status, purposes })) });
  else out.print(partnerSheet({ record, keys, cases, zone }, out.width, paint(out.colour)));
  return 0;
}
