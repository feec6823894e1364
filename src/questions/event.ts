import type { NewEntry } from '../documents/case-change.ts';
import { flagName, flagsOfField, ownCommand } from '../documents/event-command.ts';
import { COMMITTEE_CONDITIONS } from '../domain/committee.ts';
import { formatInstant, readDay, readWhen } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { EVENTS, type EventField, type EventShape } from '../generated/events.ts';

type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

const RECORDABLE = EVENTS.filter((event) => ownCommand(event.name) === undefined);

const SAID_OTHERWISE: Readonly<Record<string, string>> = {
  call: 'vendor-contacted --means phone, vendor-replied --means phone, or reporter-contacted --means phone',
  fix: 'fix-available --remediation fix',
  workaround: 'fix-available --remediation workaround',
};

/** The event a person named, or one chosen from the list. */
export async function askEvent(env: Environment, given: string | undefined): Promise<EventShape> {
  const name = given ?? (await env.ask.select({ flag: 'EVENT', message: 'What happened?', choices: RECORDABLE.map((event) => ({ value: event.name, name: event.name, description: event.summary })) }));
  const own = ownCommand(name);
  if (own !== undefined) throw usage(`${name} is logged by a command of its own`, own);
  const event = RECORDABLE.find((candidate) => candidate.name === name);
  if (event === undefined) {
    const other = SAID_OTHERWISE[name];
    throw usage(`There is no event ${JSON.stringify(name)}`, other === undefined ? `Events: ${RECORDABLE.map((candidate) => candidate.name).join(', ')}` : `Say it as: ${other}`);
  }
  return event;
}

/** The fields of the event, from flags or asked for one by one; a required one that is missing names its flag. */
export async function askFields(env: Environment, event: EventShape, flags: Flags, zone: string): Promise<NewEntry> {
  refuseForeignFlags(event, flags);
  const fields: Record<string, unknown> = {};
  for (const field of event.fields) {
    const value = await readField(env, event, field, flags, zone);
    if (value !== undefined) fields[field.name] = value;
  }
  // The schema of the event decides; carryOut lints the entry before anything is written.
  return { event: event.name, ...fields } as NewEntry;
}

const ALWAYS = new Set(['at', 'text', 'yes', 'dryRun', 'json', 'now', 'C']);

function refuseForeignFlags(event: EventShape, flags: Flags): void {
  const own = new Set(event.fields.flatMap(flagsOfField));
  const foreign = Object.keys(flags).filter((flag) => flags[flag] !== undefined && !ALWAYS.has(flag) && !own.has(flag));
  if (foreign.length === 0) return;
  const fields = event.fields.flatMap(flagsOfField).map(flagName);
  throw usage(`${event.name} has no ${foreign.map(flagName).join(', ')}`, fields.length === 0 ? 'It takes --at and --text.' : `It takes ${fields.join(', ')}, --at and --text.`);
}

async function readField(env: Environment, event: EventShape, field: EventField, flags: Flags, zone: string): Promise<unknown> {
  const flag = flagName(flagsOfField(field)[0] ?? field.name);
  if (field.kind === 'bilingual') {
    const said = Object.fromEntries((['En', 'Ja'] as const).flatMap((language) => (flags[`${field.name}${language}`] === undefined ? [] : [[language.toLowerCase(), flags[`${field.name}${language}`]]])));
    return Object.keys(said).length > 0 ? said : undefined;
  }
  if (field.name === 'conditions') {
    if (flags['condition'] === undefined && env.ask.interactive) return askConditions(env);
    const hold = (flags['condition'] ?? []) as readonly string[];
    const unknown = hold.find((condition) => !(field.keys ?? []).includes(condition));
    if (unknown !== undefined) throw usage(`--condition: unknown condition ${JSON.stringify(unknown)}`, `Conditions: ${(field.keys ?? []).join(', ')}`);
    return Object.fromEntries((field.keys ?? []).map((key) => [key, hold.includes(key)]));
  }
  if (field.kind === 'object') return undefined;
  const given = flags[field.name];
  if (given !== undefined) return checkField(field, flag, given, zone);
  if (!field.required) {
    // What the developer says goes before the committee and may stand in the advisory (guideline IV.3 (2) 4) and 7)).
    if (field.name !== 'opinion' || !env.ask.interactive) return undefined;
    return (await env.ask.text({ flag, message: 'Opinion of the developer (Enter for none)', optional: true })) || undefined;
  }
  const help = field.help ?? `${event.name}: ${field.name}`;
  if (field.kind === 'choice') return env.ask.select({ flag, message: help, choices: (field.choices ?? []).map((value) => ({ value, name: value })) });
  return checkField(field, flag, await env.ask.text({ flag, message: help }), zone);
}

/** The conditions one by one, each with its meaning: nobody ticks five boxes at once. */
async function askConditions(env: Environment): Promise<Record<string, boolean>> {
  const answers: Record<string, boolean> = {};
  for (const [condition, question] of Object.entries(COMMITTEE_CONDITIONS)) {
    answers[condition] = await env.ask.select({ flag: `--condition ${condition}`, message: question, choices: [{ value: false, name: 'no' }, { value: true, name: 'yes' }] });
  }
  return answers;
}

function checkField(field: EventField, flag: string, given: string | boolean | readonly string[], zone: string): unknown {
  if (field.kind === 'moment') return formatInstant(readWhen(String(given), zone, flag), zone);
  if (field.kind === 'day') return readDay(String(given), flag);
  if (field.kind === 'choice' && !(field.choices ?? []).includes(String(given))) {
    throw usage(`${flag}: unknown value ${JSON.stringify(given)}`, `One of: ${(field.choices ?? []).join(', ')}`);
  }
  return given;
}
