import { draftAdvisory, type AdvisoryDraft } from '../documents/advisory-draft.ts';
import { planChange } from '../documents/case-change.ts';
import { SECTIONS, hasReporter, type SectionId } from '../domain/case.ts';
import { isOpen } from '../domain/case-state.ts';
import { wantsCredit } from '../domain/gate-people.ts';
import { refusal, usage } from '../domain/problem.ts';
import { draftFacts } from '../draft-facts.ts';
import type { Environment } from '../environment.ts';
import { reporterToKeepOut } from '../letters/correspondence.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type CaseView, type Session } from '../session.ts';

export interface DraftOptions {
  readonly case: string;
  readonly language?: string;
  readonly redo?: readonly string[];
}

const LANGUAGES = ['en', 'ja'] as const;

/** vcc draft: first words of both advisories from the facts of the case, in the form that JVN has; a person's words stay. */
export async function draft(env: Environment, options: DraftOptions): Promise<number> {
  const session = openSession(env);
  const languages = languagesOf(options.language);
  const redo = (options.redo ?? []).map(sectionOf);
  const coordinator = await actingCoordinator(env, session);
  const view = viewCaseToChange(session, options.case);
  const { record, state } = view;
  const { number, folder } = record;
  if (!isOpen(state.status) && state.status !== 'published') throw refusal('not-open', `${number} is ${state.status}: no advisory is written for it`, `vcc show ${number}`);
  const { notices, ...credit } = await creditOf(env, session, view);
  const facts = draftFacts(session, view, credit);
  const { configuration, tree } = session.repository;
  const drafts = languages.map((language) => {
    const before = tree.read(`${folder}/advisory.${language}.md`);
    return draftAdvisory(facts, { number, folder, language, configuration, redo, before: before && new TextDecoder().decode(before) });
  });
  const changed = drafts.filter(({ written }) => written.length > 0);
  if (changed.length === 0) throw refusal('nothing-to-draft', `${number}: a person wrote all that could be drafted, or the facts are the same as before`, `vcc preview ${number} shows the texts; a section is written anew over a person's words with --redo, for example --redo affected`);
  const plan = planChange(
    {
      record,
      summary: `${number}: drafted ${changed.map(({ path, written }) => `${nameOf(path)} (${written.join(', ')})`).join(' and ')}`,
      action: 'draft the advisory',
      story: 'What the case knows was written into the texts. Each drafted part bears a mark until a person has read it.',
      entries: [],
      writes: changed.map(({ path, text }) => ({ path, text })),
      notices: [...notices, ...drafts.flatMap(noticesOf)],
      next: [
        { command: `${folder}/advisory.en.md and advisory.ja.md`, why: 'read every sentence, fill the gaps, take the marks away (<!-- GAP: ... -->) and commit' },
        { command: `vcc preview ${number}`, why: 'the pages as they would be published, read anew at each reload' },
        { command: `vcc publish ${number} --check`, why: 'what the gate still asks for' },
      ],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, drafts: drafts.map(({ path, written, kept, gaps }) => ({ path, written, kept, gaps })) });
}

function languagesOf(given = 'both'): readonly ('en' | 'ja')[] {
  const languages = LANGUAGES.filter((language) => given === 'both' || given === language);
  if (languages.length === 0) throw usage(`--language: no advisory is written in ${JSON.stringify(given)}`, 'One of: en, ja, both');
  return languages;
}

function sectionOf(given: string): SectionId {
  const section = SECTIONS.find(({ id }) => id === given);
  if (section === undefined) throw usage(`--redo: there is no section ${JSON.stringify(given)}`, `One of: ${SECTIONS.map(({ id }) => id).join(', ')}`);
  return section.id;
}

/** The reporter, where they want to be named; a gap where nobody here can tell (guideline IV.2). */
async function creditOf(env: Environment, session: Session, { record }: CaseView) {
  if (record.file.wishes?.publicCredit === false || !hasReporter(record)) return { notices: [] };
  const { reporter, notices } = await reporterToKeepOut(env, session, record);
  if (reporter === undefined) return { credit: { gap: 'as the reporter wishes; sealed/reporter.asc could not be opened here, and vcc draft by who can open it names them' }, notices };
  return { ...(wantsCredit(record, reporter) ? { credit: reporter } : {}), notices };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

function noticesOf({ path, kept, gaps }: AdvisoryDraft): string[] {
  return [
    ...(kept.length === 0 ? [] : [`${nameOf(path)}: a person wrote ${kept.join(', ')}, which stayed as it is`]),
    ...gaps.map(({ line, message }) => `${nameOf(path)}:${line} ${message}`),
  ];
}
