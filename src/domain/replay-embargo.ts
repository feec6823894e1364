import type { CaseState } from './case-state.ts';
import type { EntryOf, LoggedEntry } from './case.ts';
import { afterEmbargoStep, standingOffer, type EmbargoStep } from './embargo.ts';
import type { Instant } from './instant.ts';
import { LATCHES, LATCH_NAMES } from './latches.ts';
import type { Draft, Raise } from './replay-draft.ts';

const PAST: Readonly<Record<EmbargoStep, string>> = { propose: 'proposed', accept: 'accepted', reject: 'rejected', terminate: 'terminated' };

const inForce = ({ embargo: { status } }: Draft): boolean => status === 'active' || status === 'revise';

/** Why nothing new can be agreed at this moment, or undefined. */
function tooLate(draft: Draft, at: Instant, end: Instant | undefined): { readonly message: string; readonly fix: string } | undefined {
  const known = LATCH_NAMES.map((name) => draft.latches[name]).find((logged) => logged !== undefined);
  if (known) return { message: `no embargo can be agreed any more: ${known.entry.event} is on record (${known.name})`, fix: 'the embargo has to end; if the entry is a mistake, correct it' };
  const { until } = draft.embargo;
  if (inForce(draft) && until !== undefined && until <= at) return { message: 'the embargo had ended by then, and what has ended is not renewed', fix: 'record embargo-terminated; if the time of this entry is wrong, correct it' };
  if (end !== undefined && end <= at) return { message: 'an embargo ends after the moment at which it is agreed', fix: 'propose an end that is still to come; if the time of this entry is wrong, correct it' };
  return undefined;
}

/** Takes one step of the embargo, or objects and takes none. The step is by the party; until is the end that it proposes. */
export function stepEmbargo(draft: Draft, { at }: LoggedEntry, step: EmbargoStep, party: string, object: Raise, until?: Instant): void {
  const offer = step === 'accept' ? standingOffer(draft.embargo.offers)?.until : until;
  // To join what is in force agrees nothing new.
  const late = step === 'propose' || (step === 'accept' && offer !== undefined) ? tooLate(draft, at, offer) : undefined;
  if (late) {
    object({ rule: 'embargo-order', ...late });
    return;
  }
  const after = afterEmbargoStep(draft.embargo, step, party, until);
  if (!after) {
    const own = step === 'accept' && draft.embargo.offers.has(party) ? ' by who proposed it' : '';
    object({ rule: 'embargo-order', message: `the embargo is '${draft.embargo.status}', so it cannot be ${PAST[step]}${own}` });
    return;
  }
  draft.embargo = after;
}

/** Who has not accepted the embargo gets no details; from its first proposal on until it is over. The entry counts all the same. */
export function detailsTo(draft: Draft, party: string, { at, name }: LoggedEntry, object: Raise): void {
  const { embargo } = draft;
  const over = embargo.status === 'exited' || (inForce(draft) && embargo.until !== undefined && embargo.until <= at);
  if (!embargo.everProposed || over || draft.published || embargo.acceptedBy.has(party)) return;
  const who = party.slice(party.indexOf(':') + 1);
  object({
    rule: 'embargo-order',
    severity: 'warning',
    takesEffect: true,
    message: `details went to ${who}, which had not accepted the embargo (${name})`,
    fix: `get the consent of ${who} and record embargo-accepted`,
  });
}

/** What is told to a partner, so that it has the details: the flaw to analyse, the notice before publication, the text. */
const WITH_DETAILS: readonly EntryOf<'partner-contacted'>['purpose'][] = ['analysis', 'advance-notice', 'verification', 'advisory-text'];

/** Whether a contact gave a partner the details. The receiving organisation has them: it took the report or is told by the guideline. */
export const gaveDetails = ({ party, purpose, outcome }: EntryOf<'partner-contacted'>): boolean =>
  party.startsWith('partner:') && WITH_DETAILS.includes(purpose) && outcome !== 'bounced' && outcome !== 'no-answer' && outcome !== 'refused';

/** Publication voids an open proposal, and ends what an embargo still held. */
export function endEmbargoOnPublication(draft: Draft, at: Instant, object: Raise): void {
  const { embargo } = draft;
  if (embargo.status === 'proposed') draft.embargo = { ...embargo, status: 'none', offers: new Map() };
  if (!inForce(draft)) return;
  if (embargo.until !== undefined && embargo.until > at) {
    const agreed = draft.entries.findLast(({ entry }) => entry.event === 'embargo-accepted')?.name ?? 'NAME';
    object({
      rule: 'embargo-order',
      takesEffect: true,
      message: 'the advisory went out while an embargo was in force',
      fix: `no entry is dated back: tell whoever accepted it that the advisory is out, and say why it did not hold in a correction of what was agreed: vcc record CASE corrected --entry ${agreed} --reason TEXT`,
    });
    return;
  }
  draft.embargo = { ...embargo, status: 'exited', offers: new Map() };
}

/** What is known and the embargo outlives all the same: the gravest first, undefined where nothing is wrong, or where the publication itself was objected to. */
export function outlived({ latches, embargo, published }: CaseState): { readonly known: LoggedEntry; readonly message: string; readonly fix: string } | undefined {
  if (embargo.status === 'none' || embargo.status === 'exited') return undefined;
  const set = LATCH_NAMES.flatMap((name) => {
    const known = latches[name];
    return known === undefined ? [] : [{ known, must: LATCHES[name].embargo === 'must-end' }];
  });
  const gravest = set.find(({ must }) => must) ?? set[0];
  if (!gravest) return undefined;
  const { known, must } = gravest;
  if (known === published) return undefined;
  return {
    known,
    message: `the embargo ${must ? 'must' : 'should'} end: ${known.entry.event} is on record and the embargo is '${embargo.status}'`,
    fix: embargo.status === 'proposed' ? 'record embargo-rejected' : 'record embargo-terminated',
  };
}
