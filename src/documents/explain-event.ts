import type { EventName } from '../domain/case.ts';
import { CASE_STATUSES } from '../domain/case-state.ts';
import { EMBARGO, EMBARGO_STEPS, type EmbargoStep } from '../domain/embargo.ts';
import { LATCHES } from '../domain/latches.ts';
import { CONDITIONS, LIFECYCLE, statusesFor } from '../domain/lifecycle.ts';
import type { DeadlineRule, EntryMatch, Policy } from '../generated/documents.ts';
import { EVENTS, type EventField, type EventShape } from '../generated/events.ts';
import { commandsFor } from './event-command.ts';
import { facts, type Explanation, type Topic } from './explanation.ts';

/** What an event does where no table of states says it. An event of neither is kept in the log, and changes no state. */
const EFFECTS: Readonly<Partial<Record<EventName, string>>> = {
  assessed: 'It is the assessment in force until a later one.',
  'reporter-key': 'Letters to the reporter are encrypted to this key from now on.',
  'report-completed': 'A reporter who is known now can be written to, and a proof of concept goes to vendors with the details.',
  'release-requested': 'The wish is kept with the case; nothing is published by itself.',
  'reporter-released': 'The reporter may speak from now on.',
  translated: 'A vendor that reads this language gets it with the details, above the original, as long as the report is what was translated.',
  'vendor-added': 'The vendor becomes a party: not contacted, unaware. Said again, it changes the role.',
  'vendor-contacted': 'The first one sets the start day of the vendor, and moves its contact progress. With purpose details the vendor is aware; if an embargo was proposed and it has not accepted, that is a finding.',
  'vendor-replied': 'It moves the contact progress of the vendor and ends its silence; the ladder starts anew. A vendor that says that it works on the flaw is aware.',
  verified: 'By a vendor it is an answer, and shows that the vendor is aware.',
  'vendor-status': 'It is the public status of the vendor, for all ids or for those named. Who has spoken is never unknown again.',
  'partner-contacted': 'With purpose analysis, verification, advisory-text or advance-notice it gives the details; a partner that has not accepted the embargo may not have them.',
  'fix-available': 'There is a remediation, so that a date can be set. A fix of a vendor makes its fix path fix-ready.',
  'fix-deployed': 'The fix path of the vendor ends: fix-deployed. Its fix must be on record.',
  'date-proposed': 'Who names a date agrees to it.',
  'date-agreed': 'The party agrees to the date; a date agreed by others than the team lets the case be scheduled.',
  'deadline-extended': 'The deadline ends later, if policy.yaml allows it.',
  approved: 'Exactly this text may be published.',
  escalated: 'The vendor is silent, unless it rejected the report. It must have been contacted.',
  'opinion-given': 'It is an answer of the vendor.',
  'committee-cleared': 'If every condition holds, the case can be scheduled without the developer.',
  'committee-refused': 'The case can be closed as refused.',
  'committee-returned': 'Clearance and refusal are void.',
  'cve-assigned': 'The id belongs to the case.',
  'cve-published': 'The clock of the record of that id ends.',
  reopened: 'Its vendors are asked anew, and the word of the committee is void.',
  published: 'An open proposal of an embargo is void, and an embargo whose end has come is over. The flaw is public.',
  withdrawn: 'Nobody waits for its vendors any more. Its embargo goes on.',
  closed: 'Nobody waits for its vendors any more. Its embargo goes on.',
  'mark-dropped': 'Texts of this case may hold it: no rule, letter or gate looks for it any more, until the entry is corrected.',
  corrected: 'The entry that it names is left out, as if it were not there. A correction can be corrected.',
};

const KIND_WORDS: Readonly<Record<EventField['kind'], string>> = { choice: '', 'yes-no': 'yes or no', lines: 'may be repeated', moment: 'a date and time', day: 'a day', bilingual: 'in English and Japanese', object: '', text: 'text' };

function fieldWords({ name, required, kind, choices, keys, help }: EventField): string {
  const values = choices?.join(' | ') ?? (keys !== undefined && keys.length > 0 ? keys.join(', ') : KIND_WORDS[kind]);
  return [`${name}${required ? ' (needed)' : ''}${values === '' ? '' : `: ${values}`}`, ...(help === undefined ? [] : [help])].join('. ');
}

const conditionWords = (when: readonly (keyof typeof CONDITIONS)[] | undefined): string => (when === undefined ? '' : `, if ${when.map((condition) => CONDITIONS[condition]).join(' and ')}`);

function effects(event: EventName): string[] {
  const step = (Object.keys(EMBARGO_STEPS) as EmbargoStep[]).find((each) => EMBARGO_STEPS[each] === event);
  const latch = Object.values(LATCHES).find((each) => each.event === event);
  const effect = EFFECTS[event];
  const lines = [
    ...LIFECYCLE.filter((row) => row.event === event).map(({ from, to, when }) => `${from === 'none' ? 'a new case' : from} becomes ${to}${conditionWords(when)}`),
    ...(step === undefined ? [] : Object.entries(EMBARGO).flatMap(([from, steps]) => (steps[step] === undefined ? [] : [`embargo ${from} becomes ${steps[step]}`]))),
    ...(latch === undefined ? [] : [`${latch.meaning} This never goes back. An embargo ${latch.embargo === 'must-end' ? 'must' : 'should'} end, and nothing new is agreed.`]),
    ...(effect === undefined ? [] : [effect]),
  ];
  return lines.length === 0 ? ['It is kept in the log, and changes no state.'] : lines;
}

const speaksOf = (matches: readonly (Partial<EntryMatch> | undefined)[], event: string): boolean => matches.some((match) => match?.event === event);

/** Which deadlines look at an event, and how. */
function deadlineLines(event: string, deadlines: readonly DeadlineRule[]): string[] {
  const named = (verb: string, matchesOf: (rule: DeadlineRule) => readonly (Partial<EntryMatch> | undefined)[]): string[] => {
    const ids = deadlines.filter((rule) => speaksOf(matchesOf(rule), event)).map(({ id }) => id);
    return ids.length === 0 ? [] : [`${verb} ${ids.join(', ')}`];
  };
  return [
    ...named('starts', ({ starts, earliestOf = [] }) => [starts, ...earliestOf.map((end) => end.starts)].flatMap((start) => [start, ...(start.and ?? [])])),
    ...named('meets', ({ metBy = [] }) => metBy),
    ...named('ends', ({ endsWith = [] }) => endsWith),
    ...named('pauses', ({ pausedBy = [] }) => pausedBy.map(({ from }) => from)),
    ...named('goes on with', ({ pausedBy = [] }) => pausedBy.map(({ until }) => until)),
    ...named('is needed to extend', ({ extension }) => extension?.needs ?? []),
    ...(event === 'deadline-extended' ? named('extends', ({ extension }) => (extension === undefined ? [] : [{ event }])) : []),
  ];
}

const eventTopic = ({ name, summary }: EventShape): Topic => ({ kind: 'event', name, summary });

export const eventTopics = (): Topic[] => EVENTS.map(eventTopic);

/** One event of the log in words; policy is missing where it cannot be read. */
export function explainEvent(name: string, policy: Policy | undefined, from: string): Explanation | undefined {
  const shape = EVENTS.find((event) => event.name === name);
  if (shape === undefined) return undefined;
  const event = name as EventName;
  const places = statusesFor(event);
  const about = shape.fields.some((field) => field.name === 'vendor' || field.name === 'party') ? ['a vendor that it names must be a party by then'] : [];
  return {
    ...eventTopic(shape),
    facts: facts(
      ['Fields', shape.fields.map(fieldWords)],
      ['May stand', [places.length === CASE_STATUSES.length ? 'in a case of any state' : places.length === 0 ? 'first in the log, once' : `in a case that is ${places.join(', ')}`, ...about]],
      ['Does', effects(event)],
      ['Deadlines', policy === undefined ? [from] : deadlineLines(name, policy.deadlines)],
      ['Command', commandsFor(shape).map((command) => `$ ${command}`)],
      ['Policy', policy === undefined ? undefined : from],
    ),
  };
}
