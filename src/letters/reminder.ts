import { letterDate } from '../documents/letters.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, SentMessage } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import { messageToVendor, threadWith } from './correspondence.ts';
import { knownVendor, vendorName } from './registered-vendor.ts';

/** The letter to a vendor that has not answered; says nothing of the flaw (guideline IV.4 2)). */
export function remind(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, inClear: string | undefined): { message: OutgoingMessage; sent: SentMessage } {
  const vendor = knownVendor(session, slug);
  const known = view.state.vendors.get(slug);
  return messageToVendor(env, session, {
    file: view.record.file,
    vendor,
    template: 'vendor-reminder',
    attachments: [],
    inClear,
    coordinator,
    ...threadWith(view, `vendor:${slug}`),
    values: ({ language }) => ({
      vendor: vendorName(vendor, language),
      firstContactOn: letterDate(known?.firstContact ?? session.now, session.zone, language),
      lastContactOn: known?.lastContact === undefined || known.lastContact === known.firstContact ? undefined : letterDate(known.lastContact, session.zone, language),
    }),
  });
}
