import type { EntryMatch } from '../generated/documents.ts';
import type { LoggedEntry } from './case.ts';

function fieldOf(entry: object, path: string): unknown {
  let value: unknown = entry;
  for (const name of path.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[name];
  }
  return value;
}

/** Whether a log entry is what a rule of policy.yaml asks for; true as a wanted value: the field is there. */
export function matches(logged: LoggedEntry, match: EntryMatch): boolean {
  if (logged.entry.event !== match.event) return false;
  return Object.entries(match.with ?? {}).every(([path, wanted]) => {
    const value = fieldOf(logged.entry, path);
    if (wanted === true) return value !== undefined && value !== false;
    return Array.isArray(wanted) ? wanted.some((one) => one === value) : wanted === value;
  });
}

/** Whether an entry speaks of this vendor, or of no vendor in particular. */
export function concerns(logged: LoggedEntry, vendor: string): boolean {
  const { entry } = logged;
  if ('vendor' in entry) return entry.vendor === vendor;
  // The receiving organisation and partners are told of the case as a whole.
  if (entry.event === 'partner-contacted' || entry.event === 'partner-replied') return true;
  if ('party' in entry) return entry.party === `vendor:${vendor}`;
  return true;
}

/** Whether an entry speaks of this CVE id, or of none in particular. */
export const concernsCve = ({ entry }: LoggedEntry, cve: string): boolean => !('cve' in entry) || entry.cve === cve;

/** The value of a field of an entry, by its path. */
export const entryField = (logged: LoggedEntry, path: string): unknown => fieldOf(logged.entry, path);

/** What a rule asks for, for people: vendor-contacted (means: phone or post). */
export function describeMatch(match: EntryMatch): string {
  const fields = Object.entries(match.with ?? {}).map(([path, wanted]) => `${path}: ${[wanted].flat().map(String).join(' or ')}`);
  return fields.length === 0 ? match.event : `${match.event} (${fields.join(', ')})`;
}
