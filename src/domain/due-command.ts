import type { EntryMatch } from '../generated/documents.ts';
import type { DueDate } from './deadlines.ts';
import { RECEIVING } from './partner-permission.ts';

/** The value that a field must have, where the rule leaves no choice. */
function wanted(match: EntryMatch, field: string): string | undefined {
  const value: unknown = match.with?.[field];
  const only: unknown = Array.isArray(value) ? value[0] : value;
  return typeof only === 'string' ? only : undefined;
}

function commandFor(match: EntryMatch, number: string, vendor: string | undefined, withdrawn: boolean): string {
  const flag = (name: string, value: string | undefined): string => (value === undefined ? '' : ` --${name} ${value}`);
  const asked = wanted(match, 'purpose');
  // A date that fell through has a letter of its own; the log keeps it as a word about the date.
  const purpose = withdrawn && asked === 'date' ? 'date-withdrawn' : asked;
  switch (match.event) {
    case 'reporter-contacted':
      return `vcc notify ${number} --reporter${flag('purpose', purpose)}`;
    case 'vendor-contacted':
      return `vcc notify ${number}${flag('vendor', vendor ?? 'SLUG')}${flag('purpose', purpose)}`;
    case 'partner-contacted':
      return `vcc notify ${number} --partner ${wanted(match, 'party')?.replace('partner:', '') ?? RECEIVING}${flag('purpose', purpose)}${flag('vendor', vendor)}`;
    case 'assessed':
    case 'accepted':
    case 'declined':
      return `vcc triage ${number}`;
    case 'escalated':
      return `vcc escalate ${number}${flag('vendor', vendor ?? 'SLUG')}`;
    case 'scheduled':
      return `vcc schedule ${number} --date WHEN`;
    case 'published':
    case 'updated':
      return `vcc publish ${number} --check`;
    default:
      return `vcc record ${number} ${match.event}${flag('vendor', vendor)}`;
  }
}

/** What a person types to meet a deadline; where policy.yaml names no entry that meets it, what shows the case. */
export const commandForDue = ({ wants, caseNumber, vendor, startedBy }: Pick<DueDate, 'wants' | 'caseNumber' | 'vendor'> & Partial<Pick<DueDate, 'startedBy'>>): string =>
  wants === undefined ? `vcc show ${caseNumber}` : commandFor(wants, caseNumber, vendor, startedBy?.entry.event === 'unscheduled');
