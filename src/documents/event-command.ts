import type { EventName } from '../domain/case.ts';
import type { EventField, EventShape } from '../generated/events.ts';

/** Events that a command of their own logs, because more belongs to them than an entry. */
const OWN_COMMAND: Readonly<Partial<Record<EventName, string>>> = {
  received: 'vcc intake',
  assessed: 'vcc triage CASE',
  accepted: 'vcc triage CASE --accept',
  declined: 'vcc triage CASE --decline',
  escalated: 'vcc escalate CASE --vendor SLUG',
  scheduled: 'vcc schedule CASE --date WHEN',
  unscheduled: 'vcc schedule CASE --cancel REASON',
  approved: 'vcc approve CASE',
  published: 'vcc publish CASE',
  updated: 'vcc publish CASE',
};

/** Names of the flags of vcc record that state a field, in camel case. */
export const flagsOfField = (field: EventField): readonly string[] => (field.kind === 'bilingual' ? [`${field.name}En`, `${field.name}Ja`] : field.name === 'conditions' ? ['condition'] : [field.name]);

/** A flag as it is typed: statementEn is --statement-en. */
export const flagName = (name: string): string => `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** The command of its own that logs an event, or undefined where vcc record does. */
export const ownCommand = (event: string): string | undefined => OWN_COMMAND[event as EventName];

const PLACEHOLDERS: Readonly<Record<string, string>> = { vendor: 'SLUG', cve: 'CVE-YYYY-NNNN', entry: 'NAME', reason: 'TEXT', how: 'TEXT', conditions: 'ID' };

/** What stands for the value of a flag in a command to fill in; a bar between the choices would be a pipe to the shell. */
const placeholder = ({ name, kind }: EventField): string => PLACEHOLDERS[name] ?? (kind === 'moment' ? 'WHEN' : name.toUpperCase());

/** The command that logs an event, with what it needs; messages are written by vcc notify, which logs them too. */
export function commandsFor({ name, fields }: EventShape): string[] {
  const own = ownCommand(name);
  if (own !== undefined) return [own];
  const flags = fields.filter(({ required }) => required).map((field) => ` ${flagName(flagsOfField(field)[0] ?? field.name)} ${placeholder(field)}`);
  const recorded = `vcc record CASE ${name}${flags.join('')}`;
  const written = { 'reporter-contacted': 'vcc notify CASE --reporter', 'vendor-contacted': 'vcc notify CASE --vendor SLUG' }[name];
  return written === undefined ? [recorded] : [written, recorded];
}
