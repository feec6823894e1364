import { messageToVendor, threadWith } from '../letters/correspondence.ts';
import { planChange } from '../documents/case-change.ts';
import { letterDate } from '../documents/letters.ts';
import { describeMatch } from '../domain/entry-match.ts';
import { commandForNeed, nextEscalation } from '../domain/escalation.ts';
import { showInstant } from '../domain/instant.ts';
import type { OutgoingMessage } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Coordinator, EscalationStep, SentMessage } from '../generated/documents.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';
import { knownVendor, vendorName } from '../letters/vendor-letters.ts';

export interface EscalateOptions {
  readonly case: string;
  readonly vendor?: string;
  readonly inClear?: string;
}

/** vcc escalate: the next step of the ladder for a silent vendor, with the entries it rests on; refuses when it is not due. */
export async function escalate(env: Environment, options: EscalateOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const slug = options.vendor ?? (await askForSilent(env, view));
  const { record, state } = view;
  const { number } = record;
  if (!state.vendors.has(slug)) throw refusal('vendor-not-in-case', `${slug} is no party to ${number}`, `vcc show ${number} lists its vendors`);
  const next = nextEscalation(record, state, slug, session.repository.policy, session.calendar, session.now);
  switch (next.kind) {
    case 'none':
      throw refusal('no-step', `${number}: there is no step to take for ${slug}: ${next.why}`, `vcc show ${number}`);
    case 'not-yet':
      throw refusal('not-due', `${number}: "${titleOf(next.step)}" is not due for ${slug} before ${showInstant(next.due, session.zone)}`, `It rests on ${next.evidence.map((logged) => logged.name).join(', ') || 'nothing yet'}. Until then: vcc due --case ${number}`);
    case 'blocked':
      throw refusal('step-blocked', `${number}: "${titleOf(next.step)}" needs an entry first: ${next.missing.map(describeMatch).join(', ')}`, next.missing.map((match) => commandForNeed(match, number, slug)).join('\n'));
    case 'due': {
      const reminder = next.step.message === 'reminder' ? remind(env, session, view, slug, coordinator, options.inClear) : undefined;
      const plan = planChange(
        {
          record,
          summary: `${number}: ${slug}: ${titleOf(next.step)}`,
          action: `escalate ${slug} (${next.step.id})`,
          story: `${slug} has not answered. The next step of the ladder rests on:\n${next.evidence.map((logged) => `- ${logged.name}`).join('\n')}\n\nSource: ${next.step.source}`,
          entries: [{ event: 'escalated', vendor: slug, step: next.step.id, evidence: next.evidence.map((logged) => logged.name), ...(reminder ? { message: reminder.sent } : {}) }],
          messages: reminder ? [reminder.message] : [],
          next: [
            { command: `vcc record ${number} vendor-replied --vendor ${slug}`, why: 'when it answers: it leaves the ladder' },
            { command: `vcc due --case ${number}`, why: 'when the step after this is due' },
          ],
        },
        authorOf(env, session, coordinator),
      );
      return carryOut(env, session, plan, { case: number, vendor: slug, step: next.step.id });
    }
  }
}

const titleOf = (step: EscalationStep): string => step.title.en ?? step.title.ja ?? step.id;

async function askForSilent(env: Environment, view: CaseView): Promise<string> {
  const vendors = [...view.state.vendors.values()];
  if (vendors.length === 0) throw refusal('no-vendors', `${view.record.number} has no vendor yet`, `vcc notify ${view.record.number} --vendor SLUG`);
  return env.ask.select({ flag: '--vendor', message: 'Which vendor is silent?', choices: vendors.map((vendor) => ({ value: vendor.slug, name: `${vendor.slug} (${vendor.progress})` })) });
}

function remind(env: Environment, session: Session, view: CaseView, slug: string, coordinator: Coordinator, inClear: string | undefined): { message: OutgoingMessage; sent: SentMessage } {
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
