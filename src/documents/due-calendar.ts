// The only import of ical-generator. Hazard: without a stamp every run gives other bytes, and with a time zone the events
// lean on a zone table that the file then lacks; moments are written in UTC, which every calendar shows in its own zone.
import ical, { ICalAlarmType } from 'ical-generator';
import { isSettled, type Clock } from '../domain/deadlines.ts';
import { formatInstant, type Instant } from '../domain/instant.ts';
import type { ListedDue } from './due-list.ts';

const DAY_IN_SECONDS = 86_400;

/**
 * Clocks as iCalendar (RFC 5545), for a calendar client. Calendars are synchronised to places that nobody at the centre
 * chose, so it says the case number and the rule, and names no vendor, product, talk or reporter.
 */
export function dueCalendar(dues: readonly ListedDue[], { name, now, titleOf }: { readonly name: string; readonly now: Instant; readonly titleOf: (due: Clock) => string }): string {
  const calendar = ical({ name, prodId: { company: 'vcc', product: 'vcc', language: 'EN' } });
  const seen = new Map<string, number>();
  for (const { due, publicId, command } of dues) {
    const about = publicId === undefined ? due.period : due.caseNumber;
    const key = `${about}-${due.id}`;
    // Two vendors of a case have the same clock twice: told apart by a number, and by no name.
    const count = (seen.get(key) ?? 0) + 1;
    seen.set(key, count);
    const event = calendar.createEvent({
      id: `${key}-${count}@vcc.invalid`,
      stamp: formatInstant(now, 'UTC'),
      // A moment has no end: one that equals the start is refused by calendar clients (RFC 5545, 3.8.2.2).
      start: formatInstant(due.due, 'UTC'),
      summary: `${publicId ?? about}: ${titleOf(due)}`,
      description: [`${due.modality}, owed by ${due.owed.replaceAll('-', ' ')}; ${due.source}`, ...(command === undefined ? [] : [publicId === undefined ? `$ ${command}` : `$ vcc due --case ${about}`])].join('\n'),
    });
    if (!isSettled(due)) event.createAlarm({ type: ICalAlarmType.display, trigger: DAY_IN_SECONDS });
  }
  return calendar.toString();
}
