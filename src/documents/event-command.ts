import { flagOf, flagsOf, OWN_COMMAND } from '../domain/event-words.ts';
import type { EventField, EventShape } from '../generated/events.ts';

/** The command of its own that logs an event, or undefined where vcc record does. */
export const ownCommand = (event: string): string | undefined => (Object.hasOwn(OWN_COMMAND, event) ? OWN_COMMAND[event] : undefined);

const PLACEHOLDERS: Readonly<Record<string, string>> = { vendor: 'SLUG', cve: 'CVE-YYYY-NNNN', entry: 'NAME', reason: 'TEXT', how: 'TEXT', conditions: 'ID' };

/** What stands for the value of a flag in a command to fill in; a bar between the choices would be a pipe to the shell. */
const placeholder = ({ name, kind }: EventField): string => PLACEHOLDERS[name] ?? (kind === 'moment' ? 'WHEN' : name.toUpperCase());

/** The command that logs an event, with what it needs; messages are written by vcc notify, which logs them too. */
export function commandsFor({ name, fields }: EventShape): string[] {
  const own = ownCommand(name);
  if (own !== undefined) return [own];
  const flags = fields.filter(({ required }) => required).map((field) => ` ${flagOf(flagsOf(field)[0] ?? field.name)} ${placeholder(field)}`);
  const recorded = `vcc record CASE ${name}${flags.join('')}`;
  const written = { 'reporter-contacted': 'vcc notify CASE --reporter', 'vendor-contacted': 'vcc notify CASE --vendor SLUG' }[name];
  return written === undefined ? [recorded] : [written, recorded];
}
