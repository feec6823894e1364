import { planChange } from '../documents/case-change.ts';
import { checkShape } from '../documents/check-shape.ts';
import { storable } from '../documents/legible.ts';
import { reportInWords, wordingHash, type Wording } from '../documents/report-words.ts';
import { sealPart } from '../documents/sealed-parts.ts';
import { readYaml, writeYaml } from '../documents/yaml-text.ts';
import type { CaseRecord } from '../domain/case.ts';
import { identityInside } from '../domain/identity.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Translation } from '../generated/documents.ts';
import { hiddenFromVendors } from '../letters/reporter-guard.ts';
import { languageName, lastTranslation, openReport, openTranslation, reportLanguage, translationsOf, type Language } from '../letters/translation.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';

export interface TranslateOptions {
  readonly case: string;
  readonly file?: string | undefined;
  readonly to?: string;
}

const LIMIT = 1024 * 1024;
const LANGUAGES: readonly Language[] = ['en', 'ja'];

/** vcc translate: what a vendor reads of the report in its language, sealed beside the original and bound to it. */
export async function translate(env: Environment, options: TranslateOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const { record } = view;
  const { number, folder } = record;
  const { wording } = await openReport(env, session, record);
  if (Object.keys(wording).length === 0) throw refusal('nothing-to-translate', `The report of ${number} has no text: vendors get it as it is`, `vcc open ${number} report`);
  const language = await languageOf(env, session, view, options.to);
  const typed = options.file === undefined ? await edit(env, session, view, language, wording) : await env.input(options.file, LIMIT);
  const translation: Translation = { language, original: wordingHash(wording), ...(await keepingTyped(env, options, typed, () => readWording(env, session, view, typed, language, wording))) };
  const sealed = freeName(record, language);
  const reader = translationsOf(session, view).missing.find((missing) => missing.language === language)?.vendors[0] ?? 'SLUG';
  const plan = planChange(
    {
      record,
      summary: `${number}: report translated to ${languageName(language, 'en')}`,
      action: `translate the report (${language})`,
      story: 'What vendors read of the report was translated. The translation is sealed beside the original.',
      entries: [{ event: 'translated', language, sealed, original: translation.original }],
      seals: [sealPart(folder, number, sealed, writeYaml(translation, 'translation', ''))],
      notices: wording.poc !== undefined && translation.poc === undefined ? ['the proof of concept goes as it is written, for the translation has no poc'] : [],
      next: [{ command: `vcc notify ${number} --vendor ${reader}`, why: 'a vendor that reads this language gets it with the details, above the original' }],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, language, sealed });
}

/** What is sealed is written once: a translation that replaces another has a name of its own. */
function freeName({ sealed, log }: CaseRecord, language: Language): string {
  const taken = new Set([...sealed, ...log.flatMap(({ entry }) => (entry.event === 'translated' ? [entry.sealed] : []))]);
  let name = `report-${language}`;
  for (let count = 2; taken.has(name); count++) name = `report-${language}-${count}`;
  return name;
}

async function languageOf(env: Environment, session: Session, view: CaseView, given: string | undefined): Promise<Language> {
  const own = reportLanguage(view.record.file);
  const needed = translationsOf(session, view).missing[0]?.language;
  const choices = LANGUAGES.filter((language) => language !== own).map((value) => ({ value, name: languageName(value, 'en') }));
  const wanted = given ?? (await env.ask.select<string>({ flag: '--to', message: 'Into which language?', choices, ...(needed === undefined || !env.ask.interactive ? {} : { default: needed }) }));
  const language = LANGUAGES.find((known) => known === wanted);
  if (language === undefined) throw usage(`--to: no letters are written in ${JSON.stringify(wanted)}`, `One of: ${LANGUAGES.join(', ')}`);
  if (language === own) throw refusal('same-language', `the report is in ${languageName(own, 'en')} already`, `--to one of: ${choices.map(({ value }) => value).join(', ')}`);
  return language;
}

const commented = (text: string): string => text.replaceAll(/^/gm, '# ').replaceAll(/^# $/gm, '#');
const withoutHint = (wording: Wording): string => writeYaml(wording, 'translation', '').replace(/^#.*\n/, '').trimEnd();

/** The person's editor, with the original to write over; with the translation before, where there was one. */
async function edit(env: Environment, session: Session, { record, state }: CaseView, language: Language, original: Wording): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  if (!env.ask.interactive) throw usage('FILE is missing: the translation', `There is no terminal to ask at: vcc translate ${record.number} --to ${language} FILE, with ${Object.keys(original).join(', ')} in YAML; - reads standard input`);
  const known = lastTranslation(state, language);
  const before = known && (await openTranslation(env, session, record, known));
  const head = `Translate into ${languageName(language, 'en')} what stands behind the colons. Lines that begin with # are left out.\nWrite "the reporter" where the reporter is named. An empty file cancels.`;
  const text = `${commented(head)}\n${withoutHint(before ?? original)}\n${before === undefined ? '' : `\n${commented(`The original:\n${withoutHint(original)}`)}\n`}`;
  const name = `report-${record.number}-${language}.yaml`;
  return { name, bytes: new TextEncoder().encode(await env.edit(name, text)) };
}

/** What was typed into the editor is gone with it: where it is not taken, it is shown, to be pasted into a file. */
async function keepingTyped(env: Environment, { file }: TranslateOptions, typed: { readonly bytes: Uint8Array }, read: () => Promise<Wording>): Promise<Wording> {
  return read().catch((problem: unknown) => {
    if (file === undefined) env.out.say(`What you typed, as a file that vcc translate reads (keep it out of the repository):\n\n${new TextDecoder().decode(typed.bytes)}`);
    throw problem;
  });
}

/** The texts of a translation: all that the report has, but for the proof of concept, which may be the same in every language. */
async function readWording(env: Environment, session: Session, view: CaseView, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }, language: Language, original: Wording): Promise<Wording> {
  const read = readYaml(name, bytes);
  const given: unknown = read.ok ? read.value : undefined;
  const texts = typeof given === 'object' && given !== null ? given : {};
  const findings = read.ok ? checkShape('translation', { ...texts, language, original: wordingHash(original) }, read.where, name) : read.findings;
  if (findings.length > 0) throw new VccError({ code: 'translation-invalid', message: `${name}: not a translation that vcc can read`, hint: `It has ${Object.keys(original).join(', ')} in YAML, and nothing else: vcc translate --help`, findings });
  // The schema has just taken it.
  const wording = Object.fromEntries(Object.entries(texts as Wording).map(([part, text]) => [part, storable(text)])) as Wording;
  const lacking = Object.keys(original).filter((part) => part !== 'poc' && (wording[part as keyof Wording] ?? '').trim() === '');
  const foreign = Object.keys(wording).filter((part) => !(part in original));
  if (lacking.length > 0) throw refusal('translation-lacks', `${name} lacks what the report has: ${lacking.join(', ')}`, 'A translation holds every text of the report; only poc may be left out.');
  if (foreign.length > 0) throw refusal('translation-foreign', `${name} has what the report has not: ${foreign.join(', ')}`, 'A translation says what the report says.');
  if (reportInWords(wording, language) === reportInWords(original, language)) throw refusal('not-translated', `${name} is the original, word by word`, 'Write the translation in its place.');
  await refuseNamed(env, session, view, wording, original);
  return wording;
}

/** A part that names the reporter in the original stays back in every language; the others must not begin to. */
async function refuseNamed(env: Environment, session: Session, view: CaseView, wording: Wording, original: Wording): Promise<void> {
  const hidden = await hiddenFromVendors(env, session, view);
  for (const part of Object.keys(wording) as (keyof Wording)[]) {
    const leak = hidden && identityInside(original[part], hidden) === undefined ? identityInside(wording[part], hidden) : undefined;
    if (leak !== undefined) throw refusal('identity-to-vendor', `${part} gives the ${leak} of the reporter, who stays unknown to vendors`, 'Write "the reporter" instead.');
  }
}
