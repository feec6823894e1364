import type { NewEntry } from '../documents/case-change.ts';
import type { PartnerRecord } from '../documents/repository.ts';
import { mayTellPartner, partyOf, PURPOSES, RECEIVING, type PartnerPurpose } from '../domain/partner-permission.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { messageToPartner, threadWith } from './correspondence.ts';
import { partnerContent } from './partner-content.ts';
import { hiddenFromPartners, refuseToNameTo } from './reporter-guard.ts';

/** What a coordinator says about a letter to a partner. */
export interface PartnerLetterOptions {
  readonly purpose?: string;
  /** The vendor that it is about. */
  readonly about?: string;
  readonly text?: string;
  readonly inClear?: string;
}

/** A message to a partner with the entry that logs it. */
export interface PartnerLetter {
  readonly slug: string;
  readonly party: string;
  readonly message: OutgoingMessage;
  readonly entry: NewEntry;
  readonly purpose: PartnerPurpose;
}

/** Partners of these cases may be told; the receiving organisation handed the case over and hears of it in every state. */
const TOLD_IN = ['accepted', 'coordinating', 'scheduled', 'published'];

/** The partner's file, or a refusal that says how to add it; receiving-organisation means the one of that kind. */
export function knownPartner(session: Session, slug: string): PartnerRecord {
  const { repository } = session;
  const partner = repository.partner(slug) ?? (slug === RECEIVING ? [...repository.partners().values()].find((each) => each.partner.kind === RECEIVING) : undefined);
  if (partner) return partner;
  if (slug === RECEIVING) throw refusal('unknown-partner', 'The registry has no receiving organisation', 'vcc partner add SLUG --kind receiving-organisation --name NAME --email ADDRESS --language ja --key FILE\nWhat it is told otherwise is logged with: vcc record CASE partner-contacted --party receiving-organisation');
  throw refusal('unknown-partner', `There is no partner ${JSON.stringify(slug)} in the registry`, `vcc partner list, or add it: vcc partner add ${slug}`);
}

/** One letter to a partner: whether it may be told that now, and what it then hears (policy E and G; coordination; guideline IV.4 5) and 8)). */
export async function letterToPartner(env: Environment, session: Session, view: CaseView, record: PartnerRecord, nth: number, coordinator: Coordinator, options: PartnerLetterOptions): Promise<PartnerLetter> {
  const { slug, partner } = record;
  const { number } = view.record;
  const purpose = await purposeOf(env, record, options.purpose);
  if (partner.kind !== RECEIVING && !TOLD_IN.includes(view.state.status)) throw refusal('not-accepted', `${number} is ${view.state.status}: partners are told of accepted cases only`, `vcc show ${number}`);
  const allowed = mayTellPartner({ slug, partner, purpose, number, state: view.state, waves: session.repository.policy });
  if (!allowed.ok) throw refusal('not-eligible', `${slug} may not be told (${purpose}): ${allowed.why}`, allowed.hint);
  const about = aboutWhom(view, purpose, options.about);
  const content = await partnerContent(env, session, view, record, { purpose, about, text: options.text });
  const party = partyOf(slug, partner);
  const thread = threadWith(view, party);
  const { attachments = [] } = content;
  const { message, sent } = messageToPartner(env, session, {
    file: view.record.file,
    partner: record,
    template: content.template,
    attachments,
    references: thread.references,
    sequence: thread.sequence + nth,
    inClear: options.inClear,
    coordinator,
    values: (facts) => ({ partner: partner.name[facts.language] ?? partner.name.en ?? partner.name.ja ?? slug, ...content.values(facts) }),
  });
  // Everybody can read who is credited; before that, no partner needs to know.
  if (purpose !== 'contact-search' && purpose !== 'published') {
    const credited = view.record.file.wishes?.publicCredit === true;
    refuseToNameTo(slug, await hiddenFromPartners(env, session, view), [message.body, ...(credited ? [] : attachments.map((attachment) => String(attachment.content)))]);
  }
  return { slug, party, message, purpose, entry: { event: 'partner-contacted', party, purpose, means: 'mail', outcome: 'sent', ...(about === undefined ? {} : { vendor: about }), message: sent } };
}

async function purposeOf(env: Environment, { slug, partner: { kind } }: PartnerRecord, given: string | undefined): Promise<PartnerPurpose> {
  const wanted = given ?? (await env.ask.select({ flag: '--purpose', message: `What is ${slug} written to for?`, choices: PURPOSES[kind].map((value) => ({ value, name: value })) }));
  const purpose = Object.values(PURPOSES).flat().find((candidate) => candidate === wanted);
  if (purpose === undefined) throw usage(`--purpose: unknown purpose ${JSON.stringify(wanted)} for a partner`, `For a ${kind.replaceAll('-', ' ')}: ${PURPOSES[kind].join(', ')}`);
  return purpose;
}

const ABOUT_A_VENDOR: readonly PartnerPurpose[] = ['contact-search', 'vendor-answer', 'committee'];

/** The vendor that a letter is about: the one that was named, or the only one of the case. */
function aboutWhom({ record, state }: CaseView, purpose: PartnerPurpose, given: string | undefined): string | undefined {
  if (!ABOUT_A_VENDOR.includes(purpose)) {
    if (given === undefined) return undefined;
    throw usage(`--vendor: a message for ${purpose} is about the case and not about one vendor`, `With --partner, --vendor goes with: ${ABOUT_A_VENDOR.join(', ')}`);
  }
  const [only, second] = [...state.vendors.keys()];
  const slug = given ?? (second === undefined ? only : undefined);
  if (slug === undefined) throw usage('--vendor is missing: which vendor is it about?', `vcc show ${record.number} lists its vendors`);
  if (!state.vendors.has(slug)) throw refusal('vendor-not-in-case', `${slug} is no party to ${record.number}`, `vcc record ${record.number} vendor-added --vendor ${slug} --role developer`);
  return slug;
}
