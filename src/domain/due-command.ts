import type { EntryMatch } from '../generated/documents.ts';
import type { DueDate } from './deadlines.ts';
import { RECEIVING } from './partner-permission.ts';

type Clocked = Pick<DueDate, 'wants' | 'caseNumber' | 'vendor' | 'cve' | 'owed' | 'state' | 'keySince' | 'withdrawn'>;

/** The value that a field must have, where the rule leaves no choice. */
function wanted(match: EntryMatch, field: string): string | undefined {
  const value: unknown = match.with?.[field];
  const only: unknown = Array.isArray(value) ? value[0] : value;
  return typeof only === 'string' ? only : undefined;
}

function commandFor(match: EntryMatch, { caseNumber: number, vendor, cve, owed, keySince = false, withdrawn = false }: Clocked): string {
  const flag = (name: string, value: string | undefined): string => (value === undefined ? '' : ` --${name} ${value}`);
  const purpose = wanted(match, 'purpose');
  switch (match.event) {
    case 'reporter-contacted':
      return purpose === 'acknowledgement' ? acknowledge(number, keySince) : `vcc notify ${number} --reporter${flag('purpose', purpose)}`;
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
    case 'cve-published':
      return withdrawn && cve !== undefined ? rejectWithdrawn(cve) : `vcc cve publish ${cve ?? 'CVE-YYYY-NNNN'}`;
    default:
      // What others owe is recorded when it has happened, and not to be rid of a deadline.
      return owed === 'team' ? `vcc record ${number} ${match.event}${flag('vendor', vendor)}` : `vcc show ${number}`;
  }
}

/** Of what is no vulnerability the record that is handed in is a rejection (CNA rules 4.5.3.6); its id stands in a public advisory. */
export const rejectWithdrawn = (cve: string): string => `vcc cve reject ${cve} --even-published --reason TEXT`;

/** vcc intake answers whoever can be encrypted to: an answer that is still owed goes in clear, if a coordinator says why, unless a key came since. */
export const acknowledge = (number: string, encrypted: boolean): string => `vcc notify ${number} --reporter --purpose acknowledgement${encrypted ? '' : ' --in-clear REASON'}`;

/**
 * What a person types to meet a deadline; where policy.yaml names no entry that meets it, what shows the case. What a vendor
 * owes is asked for by the ladder once it is late; until then there is nothing to do but wait.
 */
export function commandForDue(due: Clocked): string {
  const { wants, caseNumber, vendor, owed, state } = due;
  const waiting = owed === 'vendor' && vendor !== undefined;
  if (waiting && state === 'overdue') return `vcc escalate ${caseNumber} --vendor ${vendor}`;
  return wants === undefined || (waiting && wants.event !== 'escalated') ? `vcc show ${caseNumber}` : commandFor(wants, due);
}
