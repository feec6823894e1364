import type { NewEntry } from '../documents/case-change.ts';
import { checkShape, fieldProblem } from '../documents/check-shape.ts';
import { ownCommand } from '../documents/event-command.ts';
import { bodyLabel, fieldLabel, flagOf, flagsOf, RECORDABLE } from '../domain/event-words.ts';
import { formatInstant, readDay, readWhen } from '../domain/instant.ts';
import { COMMITTEE_CONDITIONS } from '../domain/committee.ts';
import { didYouMean } from '../domain/near-word.ts';
import { usage } from '../domain/problem.ts';
import type { Choice, Environment } from '../environment.ts';
import type { EventField, EventShape } from '../generated/events.ts';
import { pastMoment, type CaseView, type Session } from '../session.ts';
import { answer, answerOrNone, askBoth, schemaField, type Reader } from './answer.ts';
import { known, partyHint } from './known.ts';

type Flags = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

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
    const names = RECORDABLE.map((candidate) => candidate.name);
    throw usage(`There is no event ${JSON.stringify(name)}`, other === undefined ? `${didYouMean(name, names)}Events: ${names.join(', ')}` : `Say it as: ${other}`);
  }
  return event;
}

/** What a question about an entry rests on. */
interface Asking {
  readonly env: Environment;
  readonly session: Session;
  readonly view: CaseView;
  readonly event: EventShape;
  readonly flags: Flags;
  /** Whether what may be left out is asked for too: not of whoever says by flags what happened. */
  readonly all: boolean;
}

/** An entry as a person stated it, and its free text. */
export interface StatedEntry {
  readonly entry: NewEntry;
  readonly text: string;
  /** When it happened, as typed; undefined for now. */
  readonly at: string | undefined;
}

/** Whom or what an entry is about says nothing of what happened: whoever gives only that is asked for the rest. */
const ABOUT: ReadonlySet<string> = new Set(['vendor', 'party', 'at']);
const GLOBAL: ReadonlySet<string> = new Set(['yes', 'dryRun', 'json', 'now', 'C']);

/** The fields of the event from flags, or asked for one by one; a value that the schema refuses is a usage error that names its flag. */
export async function askEntry(env: Environment, session: Session, view: CaseView, event: EventShape, flags: Flags): Promise<StatedEntry> {
  refuseForeignFlags(event, flags);
  const stated = Object.keys(flags).filter((flag) => flags[flag] !== undefined && !GLOBAL.has(flag));
  const lacking = event.fields.some((field) => field.required && flagsOf(field).every((flag) => flags[flag] === undefined));
  const all = env.ask.interactive && (lacking || stated.every((flag) => ABOUT.has(flag)));
  const asking: Asking = { env, session, view, event, flags, all };
  const fields: Record<string, unknown> = {};
  for (const field of event.fields) {
    const value = await readField(asking, field, fields);
    if (value !== undefined) fields[field.name] = value;
  }
  requireWhole(event, fields, session);
  const text = await bodyText(asking);
  const at = typeof flags['at'] === 'string' || !all ? (flags['at'] as string | undefined) : await whenItHappened(asking);
  // The schema has just taken it.
  return { entry: { event: event.name, ...fields } as NewEntry, text, at };
}

function refuseForeignFlags(event: EventShape, flags: Flags): void {
  const own = new Set(event.fields.flatMap(flagsOf));
  const foreign = Object.keys(flags).filter((flag) => flags[flag] !== undefined && flag !== 'at' && flag !== 'text' && !GLOBAL.has(flag) && !own.has(flag));
  if (foreign.length === 0) return;
  const fields = event.fields.filter(({ name, kind }) => kind !== 'object' || name === 'conditions').flatMap(flagsOf).map(flagOf);
  throw usage(`${event.name} has no ${foreign.map(flagOf).join(', ')}`, fields.length === 0 ? 'It takes --at and --text.' : `It takes ${fields.join(', ')}, --at and --text.`);
}

/** What no single field can tell: a vendor that disputes has to say why. */
function requireWhole(event: EventShape, fields: object, { zone, now, repository }: Session): void {
  const entry = { event: event.name, at: formatInstant(now, zone), by: repository.configuration.team[0]?.slug, ...fields };
  const [finding] = checkShape('log-entry', entry, () => ({ line: 1, column: 1 }), event.name);
  if (finding !== undefined) throw usage(`${event.name}: ${finding.message}`, `vcc record --help says what the flags take. ${event.summary}`);
}

async function readField(asking: Asking, field: EventField, before: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { env, event, flags, all } = asking;
  const flag = flagOf(flagsOf(field)[0] ?? field.name);
  const message = fieldLabel(event.name, field.name);
  const given = flags[flagsOf(field)[0] ?? field.name];
  // In one case what may be left out is not: who disputes says why.
  const needed = field.required || (event.name === 'vendor-status' && field.name === 'reason' && before['status'] === 'disputed');
  // Only mail comes back, and then its id is known.
  const open = needed || (all && (field.name !== 'returned' || before['outcome'] === 'bounced'));
  switch (field.kind) {
    case 'bilingual': {
      const [english = '', japanese = ''] = flagsOf(field);
      const said = { en: flags[english] as string | undefined, ja: flags[japanese] as string | undefined };
      if (!all && said.en === undefined && said.ja === undefined) return undefined;
      const question = { message, en: { flag: flagOf(english), given: said.en }, ja: { flag: flagOf(japanese), given: said.ja }, needed };
      const both = all ? await askBoth(env, question, (language, name) => fieldReader(asking, [field.name, language], name)) : readBoth(asking, field.name, said);
      const texts = Object.entries(both).filter(([, text]) => text !== undefined);
      return texts.length > 0 ? Object.fromEntries(texts) : undefined;
    }
    case 'object':
      return field.name === 'conditions' ? readConditions(asking, field) : undefined;
    case 'yes-no':
      if (given !== undefined || !open) return given === true ? true : undefined;
      return (await yesOrNo(env, flag, message)) ? true : undefined;
    case 'choice':
      return readChoice(asking, field, { flag, message, given, open, needed });
    case 'lines':
      if (Array.isArray(given)) return (given as readonly string[]).map((line) => schemaLine(asking, field, flag, line));
      if (!open) return undefined;
      return answerOrNone(env, { flag, message: `${message}, with commas between them` }, (text) => text.split(/[,、]/).map((line) => line.trim()).filter((line) => line !== '').map((line) => schemaLine(asking, field, flag, line)));
    default: {
      if (given === undefined && !open) return undefined;
      const reader = fieldReader(asking, [field.name], flag, field.kind);
      const choices = given === undefined && env.ask.interactive ? known(asking.session, asking.view, event.name, field) : undefined;
      if (choices !== undefined) return choose(env, flag, message, choices, needed);
      const question = { flag, message: `${message}${formOf(field, asking.session.zone)}`, given: given as string | undefined };
      return needed ? answer(env, question, reader) : answerOrNone(env, question, reader);
    }
  }
}

const formOf = ({ kind }: EventField, zone: string): string => (kind === 'moment' ? `, as 2014-06-06 12:00 (${zone})` : kind === 'day' ? ', as 2014-06-06' : '');

/** A day or moment as a person types it, or text; then what the schema of the field says, of which it is the authority. */
function fieldReader({ event, session }: Asking, path: readonly string[], flag: string, kind: EventField['kind'] = 'text'): Reader<string> {
  const read = schemaField('log-entry', path, flag, { event: event.name });
  return (text) => {
    const value = kind === 'moment' ? formatInstant(readWhen(text, session.zone, flag), session.zone) : kind === 'day' ? readDay(text, flag) : text;
    if (path[0] !== 'party') return read(value);
    const problem = fieldProblem('log-entry', path, value, flag, { event: event.name });
    if (problem !== undefined) throw usage(`${flag}: ${JSON.stringify(text)} is no party`, partyHint(session, event.name, text));
    return value;
  };
}

function schemaLine({ event }: Asking, field: EventField, flag: string, line: string): string {
  const problem = fieldProblem('log-entry', [field.name, 0], line, flag, { event: event.name });
  if (problem !== undefined) throw usage(problem, `${flag} may be given several times.`);
  return line;
}

function readBoth(asking: Asking, field: string, said: { readonly en: string | undefined; readonly ja: string | undefined }): object {
  for (const [language, text] of Object.entries(said)) {
    const problem = text === undefined ? undefined : fieldProblem('log-entry', [field, language], text, `--${field}-${language}`, { event: asking.event.name });
    if (problem !== undefined) throw usage(problem, 'Correct it and run the command again.');
  }
  return said;
}

async function readConditions({ env, flags }: Asking, { keys = [] }: EventField): Promise<unknown> {
  const given = flags['condition'] as readonly string[] | undefined;
  const unknown = given?.find((condition) => !keys.includes(condition));
  if (unknown !== undefined) throw usage(`--condition: unknown condition ${JSON.stringify(unknown)}`, `${didYouMean(unknown, keys)}Conditions: ${keys.join(', ')}`);
  const answers: Record<string, boolean> = {};
  for (const key of keys) answers[key] = given !== undefined || !env.ask.interactive ? (given ?? []).includes(key) : await yesOrNo(env, `--condition ${key}`, (COMMITTEE_CONDITIONS as Readonly<Record<string, string>>)[key] ?? key);
  return answers;
}

const asAQuestion = (label: string): string => (/^(?:Who|Wh[ai]\w+|By which|On which)\b/.test(label) ? `${label}?` : label);

/** Enter alone says no. */
const yesOrNo = (env: Environment, flag: string, message: string): Promise<boolean> => env.ask.select({ flag, message: `${message}?`, choices: [{ value: false, name: 'no' }, { value: true, name: 'yes' }] });

interface ChoiceQuestion {
  readonly flag: string;
  readonly message: string;
  readonly given: Flags[string];
  readonly open: boolean;
  readonly needed: boolean;
}

async function readChoice({ env }: Asking, { choices = [] }: EventField, { flag, message, given, open, needed }: ChoiceQuestion): Promise<unknown> {
  if (given !== undefined) {
    const value = String(given);
    if (!choices.includes(value)) throw usage(`${flag}: unknown value ${JSON.stringify(given)}`, `${didYouMean(value, choices)}One of: ${choices.join(', ')}`);
    return value;
  }
  return open ? choose(env, flag, message, choices.map((value) => ({ value, name: value.replaceAll('-', ' ') })), needed) : undefined;
}

/** One of a list; where it may be left out, Enter alone leaves it out. */
async function choose(env: Environment, flag: string, message: string, choices: readonly Choice<string>[], needed: boolean): Promise<string | undefined> {
  const none: Choice<string> = { value: '', name: '(leave out)' };
  const chosen = await env.ask.select({ flag, message: asAQuestion(message), choices: needed ? choices : [none, ...choices] });
  return chosen === '' ? undefined : chosen;
}

async function bodyText({ env, event, flags, all }: Asking): Promise<string> {
  const given = flags['text'];
  if (typeof given === 'string') return given;
  const question = { flag: '--text', message: bodyLabel(event.name), lines: true };
  if (event.name === 'note') return answer(env, question, (text) => text);
  return all ? ((await answerOrNone(env, question, (text) => text)) ?? '') : '';
}

const whenItHappened = ({ env, session }: Asking): Promise<string | undefined> =>
  answerOrNone(env, { flag: '--at', message: `When it happened, as 2014-06-06 12:00 (${session.zone})`, otherwise: 'now' }, (text) => {
    pastMoment(session, text);
    return text;
  });
