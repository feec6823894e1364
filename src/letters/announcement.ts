import { messageToReporter, messageToVendor, threadWith, type LetterFacts } from './correspondence.ts';
import type { NewEntry } from '../documents/case-change.ts';
import { advisoryUrls } from '../documents/public-files.ts';
import type { Instant } from '../domain/instant.ts';
import type { NextStep, OutgoingMessage } from '../domain/plan.ts';
import type { PublicAdvisory } from '../domain/publication.ts';
import type { Environment } from '../environment.ts';
import type { GateFacts } from '../gate-facts.ts';
import type { Coordinator } from '../generated/documents.ts';
import { keyStanding } from '../public-key.ts';
import type { CaseView, Session } from '../session.ts';
import { knownVendor, vendorName } from './vendor-letters.ts';

/** The letters that tell of a publication, their entries in the log, and who has to be told otherwise. */
export interface Announcement {
  readonly messages: OutgoingMessage[];
  readonly entries: NewEntry[];
  readonly notices: string[];
  readonly next: NextStep[];
}

/** What a letter about a publication says: the title, when it came out, where it is read, its CVE ids. */
export const publishedValues = (session: Session, advisory: PublicAdvisory, publishedAt: Instant) => {
  const urls = advisoryUrls(advisory, publishedAt, session.repository.configuration).map(({ url }) => url).join('\n');
  const cves = advisory.cves.map(({ id }) => id).join(', ') || undefined;
  return ({ title, moment }: LetterFacts) => ({ title, publishedOn: moment(publishedAt), urls, cves });
};

/**
 * Letters to everybody who was told before. Whoever has no usable key is named, for nothing goes out in clear by itself,
 * and one key that has expired must not hold up a publication at its minute.
 */
export async function announce(env: Environment, session: Session, view: CaseView, gate: GateFacts, coordinator: Coordinator, publishedAt: Instant): Promise<Announcement> {
  const { record, state } = view;
  const out: Announcement = { messages: [], entries: [], notices: [], next: [] };
  const values = publishedValues(session, gate.advisory, publishedAt);
  const letterTo = (party: string) => {
    const { sequence, references } = threadWith(view, party);
    return { file: record.file, inClear: undefined, coordinator, references, sequence: sequence + out.messages.length };
  };
  for (const { slug, firstContact } of state.vendors.values()) {
    if (firstContact === undefined) continue;
    const vendor = knownVendor(session, slug);
    const key = vendor.vendor.contacts.find((contact) => contact.key !== undefined)?.key;
    const { problems } = key === undefined ? { problems: ['no key is known'] } : await keyStanding(env, session, key);
    if (problems.length > 0) {
      out.notices.push(`no message to ${slug} was made (${problems.join('; ')}): tell it yourself that the advisory is out`);
      continue;
    }
    const { message, sent } = messageToVendor(env, session, {
      ...letterTo(`vendor:${slug}`),
      vendor,
      template: 'published-vendor',
      attachments: [],
      values: (facts) => ({ vendor: vendorName(vendor, facts.language), ...values(facts) }),
    });
    out.messages.push(message);
    out.entries.push({ event: 'vendor-contacted', vendor: slug, purpose: 'published', means: 'mail', outcome: 'sent', message: sent });
  }
  const toReporter = await messageToReporter(env, session, {
    ...letterTo('reporter'),
    reporter: gate.reporter === 'none' ? undefined : gate.reporter,
    template: 'published-reporter',
    command: `vcc notify ${record.number} --reporter --purpose published`,
    values,
  });
  if (toReporter.message && toReporter.sent) {
    out.messages.push(toReporter.message);
    out.entries.push({ event: 'reporter-contacted', purpose: 'published', means: 'mail', message: toReporter.sent });
  }
  out.notices.push(...toReporter.notices);
  out.next.push(...toReporter.next);
  return out;
}
