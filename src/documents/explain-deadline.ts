import { describeMatch } from '../domain/entry-match.ts';
import type { DeadlineRule, DeadlineStart, DutyRule, EntryMatch, Length, Policy } from '../generated/documents.ts';
import { commandForDue } from '../domain/due-command.ts';
import { commandForDuty } from '../domain/duties.ts';
import { facts, type Explanation, type Topic } from './explanation.ts';

const spoken = (word: string): string => word.replaceAll('-', ' ');

/** A length in words: 5 business days, 1 month. */
function lengthWords({ amount, unit }: Length): string {
  return `${amount} ${spoken(unit)}${amount === 1 ? '' : 's'}`;
}

const anyOf = (matches: readonly EntryMatch[] | undefined): string[] => (matches ?? []).map(describeMatch);

const FACTS: Readonly<Record<NonNullable<DeadlineStart['fact']>, string>> = {
  'start-day': 'the start day: the first attempt to reach a vendor',
  'time-limit': 'each time limit in case.md',
  'product-update': 'the last update of each product in case.md',
  'embargo-end': 'the end of the embargo that is in force',
};

/** From what moment a clock counts, in words. */
export function startWords({ event, with: fields, which, and, field, fact, deadline, from }: DeadlineStart): string {
  const entry = event === undefined ? undefined : `the ${which ?? 'first'} ${describeMatch({ event, ...(fields === undefined ? {} : { with: fields }) })}`;
  const base =
    deadline !== undefined
      ? `the moment ${from === 'due' ? 'at which' : 'that'} ${deadline} ${from === 'due' ? 'was due' : 'was met'}`
      : fact !== undefined
        ? `${FACTS[fact]}${entry === undefined ? '' : `, once there is ${entry}`}`
        : field !== undefined
          ? `the moment that ${entry ?? 'an entry'} names as ${field}`
          : (entry ?? 'nothing');
  return and === undefined ? base : `${base}, and not before ${anyOf(and).join(' and ')}`;
}

/** The end of the day where days are counted, the very minute where hours are. */
function endWords(rule: Pick<DeadlineRule, 'length' | 'roll'>): string {
  const { amount, unit } = rule.length;
  const length = amount === 0 ? (unit === 'hour' ? 'at that very moment' : 'to the end of that day') : `${lengthWords(rule.length)}${unit === 'hour' ? '' : ', to the end of the day'}`;
  return `${length}${rule.roll === undefined || rule.roll === 'none' ? '' : `; where that is a day off, the ${rule.roll === 'next-business-day' ? 'next' : 'previous'} business day`}`;
}

const MODALITY: Readonly<Record<DeadlineRule['modality'], string>> = {
  must: 'must: past its end it is overdue, and the rule is broken',
  should: 'should: past its end it is overdue; a reason is needed',
  target: 'target: a date to aim at; past its end somebody looks at it',
  earliest: 'earliest: before its end something may not be done; it is never overdue',
};

function calendarLines({ calendar }: DeadlineRule, policy: Policy): string[] | undefined {
  if (calendar === undefined) return ['that of the organisation: its time zone, public holidays and closures in vcc.yaml'];
  const rule = policy.calendars?.[calendar];
  if (rule === undefined) return [`${calendar}, which policy.yaml does not describe`];
  const parts = [rule.zone, `days off: ${(rule.weekend ?? ['saturday', 'sunday']).join(', ')}`, `public holidays: ${rule.holidays ?? 'none'}`, ...(rule.closures === undefined ? [] : [`closures: ${rule.closures.join(', ')}`])];
  return [`${calendar} (${parts.filter((part) => part !== undefined).join('; ')})`, `source: ${rule.source}`];
}

const PER: Readonly<Record<DeadlineRule['per'], string>> = { case: 'once for each case', vendor: 'once for each vendor of a case', cve: 'once for each CVE id of a case that the organisation assigned as a CNA' };

function appliesLines({ per, routes, kinds, exploited }: DeadlineRule): string[] {
  return [
    PER[per],
    ...(routes === undefined ? [] : [`only on the route ${routes.join(' or ')}`]),
    ...(kinds === undefined ? [] : [`only where a product is ${kinds.map(spoken).join(' or ')}`]),
    ...(exploited === undefined ? [] : [exploited ? 'only where attacks are on record' : 'only where no attacks are on record']),
  ];
}

export const deadlineTopic = ({ id, title }: Pick<DeadlineRule, 'id' | 'title'>): Topic => ({ kind: 'deadline', name: id, summary: title });

/** One deadline of policy.yaml in words; from says whose policy it is. */
export function explainDeadline(rule: DeadlineRule, policy: Policy, from: string): Explanation {
  const { monthEnd, earliestOf, pausedBy, grace, extension, onLapse } = rule;
  const vendor = rule.per === 'vendor' ? 'SLUG' : undefined;
  const wants = rule.metBy?.[0];
  return {
    ...deadlineTopic(rule),
    facts: facts(
      ['Starts at', startWords(rule.starts)],
      ['Length', endWords(rule)],
      ['Or earlier', earliestOf?.map((end) => `${endWords(end)}, from ${startWords(end.starts)}`)],
      ['Month end', monthEnd === 'next-month' ? 'where the last month has no such day, the first day of the month after' : undefined],
      ['Calendar', calendarLines(rule, policy)],
      ['Applies', appliesLines(rule)],
      ['Owed by', spoken(rule.owed)],
      ['Waits for it', rule.tells === undefined ? undefined : spoken(rule.tells)],
      ['Binds', MODALITY[rule.modality]],
      ['Met by', anyOf(rule.metBy)],
      ['Ended by', anyOf(rule.endsWith)],
      ['Paused', pausedBy?.map((pause) => `from ${describeMatch(pause.from)} until ${describeMatch(pause.until)}`)],
      ['Grace', grace && `${lengthWords(grace)} after its end; only then it is overdue`],
      ['Extended', extension && [`by deadline-extended, ${lengthWords(extension.most)} at most`, ...(extension.needs === undefined ? [] : [`only with ${anyOf(extension.needs).join(' or ')} in the log`])]],
      ['Due soon', `${rule.dueSoon ?? 7} days before its end`],
      ['When it ends', onLapse],
      ['Command', `$ ${commandForDue({ owed: rule.owed, state: 'overdue', ...(wants === undefined ? {} : { wants }), caseNumber: 'CASE', ...(vendor === undefined ? {} : { vendor }) })}`],
      ['Source', rule.source],
      ['Stands in', from],
    ),
  };
}

/** One duty of policy.yaml in words: a deadline of the organisation, and of no case. */
export function explainDuty(rule: DutyRule, from: string): Explanation {
  return {
    ...deadlineTopic(rule),
    facts: facts(
      ['Starts at', `the last day of every ${rule.every}, from the one in which the first ${describeMatch(rule.since)} of any case lies`],
      ['Length', endWords({ length: rule.within })],
      ['Calendar', 'that of the organisation'],
      ['Applies', `once for every ${rule.every}, to the organisation`],
      ['Owed by', 'team'],
      ['Binds', MODALITY[rule.modality]],
      ['Met by', 'a file in duties/, which vcc duty writes'],
      ['Due soon', `${rule.dueSoon ?? 7} days before its end`],
      ['When it ends', rule.onLapse],
      ['Command', `$ ${commandForDuty({ id: rule.id, period: 'QUARTER' })}`],
      ['Source', rule.source],
      ['Stands in', from],
    ),
  };
}
