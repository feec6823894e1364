import { messageToPartner, messageToReporter, messageToVendor, threadWith } from './correspondence.ts';
import type { NewEntry } from '../documents/case-change.ts';
import type { PartnerRecord } from '../documents/repository.ts';
import { isEvent } from '../domain/case.ts';
import type { Instant } from '../domain/instant.ts';
import { partyOf, RECEIVING } from '../domain/partner-permission.ts';
import type { NextStep, OutgoingMessage } from '../domain/plan.ts';
import type { Environment } from '../environment.ts';
import type { GateFacts } from '../gate-facts.ts';
import type { Contact, Coordinator } from '../generated/documents.ts';
import { keyStanding } from '../public-key.ts';
import type { CaseView, Session } from '../session.ts';
import { publishedWords } from './published-words.ts';
import { knownVendor, vendorName } from './registered-vendor.ts';

/** The letters that tell of a publication, their entries in the log, and who has to be told otherwise. */
export interface Announcement {
  readonly messages: OutgoingMessage[];
  readonly entries: NewEntry[];
  readonly notices: string[];
  readonly next: NextStep[];
}

/**
 * Letters to everybody who was told before. Whoever has no usable key is named, for nothing goes out in clear by itself,
 * and one key that has expired must not hold up a publication at its minute.
 */
export async function announce(env: Environment, session: Session, view: CaseView, gate: GateFacts, coordinator: Coordinator, publishedAt: Instant): Promise<Announcement> {
  const { record, state } = view;
  const out: Announcement = { messages: [], entries: [], notices: [], next: [] };
  const { urls, cves } = publishedWords(session, gate.advisory, publishedAt);
  const values = { urls, cves };
  const letterTo = (party: string) => {
    const { sequence, references } = threadWith(view, party);
    return { file: record.file, inClear: undefined, coordinator, references, sequence: sequence + out.messages.length };
  };
  const usable = async (slug: string, contacts: readonly Contact[], command: string): Promise<boolean> => {
    const key = contacts.find((contact) => contact.key !== undefined)?.key;
    const { problems } = key === undefined ? { problems: ['no key is known'] } : await keyStanding(env, session, key);
    if (problems.length === 0) return true;
    out.notices.push(`no message to ${slug} was made (${problems.join('; ')}): tell it yourself that the advisory is out`);
    out.next.push({ command, why: `once there is a usable key of ${slug}` });
    return false;
  };
  for (const { slug, firstContact, lastReply } of state.vendors.values()) {
    if (firstContact === undefined) continue;
    const vendor = knownVendor(session, slug);
    if (!(await usable(slug, vendor.vendor.contacts, `vcc notify ${record.number} --vendor ${slug} --purpose published`))) continue;
    const { message, sent } = messageToVendor(env, session, {
      ...letterTo(`vendor:${slug}`),
      vendor,
      template: 'published-vendor',
      attachments: [],
      values: ({ language, title, moment }) => ({ vendor: vendorName(vendor, language), title, publishedOn: moment(publishedAt), answered: lastReply === undefined ? undefined : 'yes', ...values }),
    });
    out.messages.push(message);
    out.entries.push({ event: 'vendor-contacted', vendor: slug, purpose: 'published', means: 'mail', outcome: 'sent', message: sent });
  }
  for (const partner of partnersToTell(session, view)) {
    const { slug } = partner;
    if (!(await usable(slug, partner.partner.contacts, `vcc notify ${record.number} --partner ${slug} --purpose published`))) continue;
    const party = partyOf(slug, partner.partner);
    const { message, sent } = messageToPartner(env, session, {
      ...letterTo(party),
      partner,
      template: 'published-partner',
      attachments: [],
      values: ({ language, title, moment }) => ({ partner: partner.partner.name[language] ?? partner.partner.name.en ?? partner.partner.name.ja ?? slug, title, publishedOn: moment(publishedAt), ...values }),
    });
    out.messages.push(message);
    out.entries.push({ event: 'partner-contacted', party, purpose: 'published', means: 'mail', outcome: 'sent', message: sent });
  }
  if (record.file.route === 'partnership' && !out.entries.some((entry) => 'party' in entry && entry.party === RECEIVING)) {
    out.next.push({ command: `vcc record ${record.number} partner-contacted --party ${RECEIVING} --purpose published --means mail`, why: 'once the receiving organisation was told, by whatever means' });
  }
  const toReporter = await messageToReporter(env, session, {
    ...letterTo('reporter'),
    reporter: gate.reporter === 'none' ? undefined : gate.reporter,
    template: 'published-reporter',
    command: `vcc notify ${record.number} --reporter --purpose published`,
    values: ({ title, moment }) => ({ title, publishedOn: moment(publishedAt), ...values }),
  });
  if (toReporter.message && toReporter.sent) {
    out.messages.push(toReporter.message);
    out.entries.push({ event: 'reporter-contacted', purpose: 'published', means: 'mail', message: toReporter.sent });
  }
  out.notices.push(...toReporter.notices);
  out.next.push(...toReporter.next);
  return out;
}

/** The receiving organisation of a case of the partnership, and every partner that heard more than the name of a vendor. */
function partnersToTell(session: Session, { record, state }: CaseView): readonly PartnerRecord[] {
  const heard = new Set<string>(state.entries.filter(isEvent('partner-contacted')).filter(({ entry }) => entry.purpose !== 'contact-search').map(({ entry }) => entry.party));
  if (record.file.route === 'partnership') heard.add(RECEIVING);
  return [...session.repository.partners().values()].filter(({ slug, partner }) => heard.has(partyOf(slug, partner)));
}
