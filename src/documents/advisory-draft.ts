import { sectionHeading, SECTIONS, type SectionId } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { refusal } from '../domain/problem.ts';
import type { AdvisoryHeader, Configuration } from '../generated/documents.ts';
import { draftedDescription, draftedSections, draftedTitle, type DraftFacts } from './advisory-sentences.ts';
import type { Language } from './advisory-words.ts';
import { GAP, gapsIn, readAdvisory } from './advisory.ts';
import { markedField, markedSection, mayDraftField, mayDraftSection } from './draft-marks.ts';
import { editFrontMatter, writeFrontMatter } from './front-matter.ts';

/** A text with its drafted parts, and what a person has to know of it. */
export interface AdvisoryDraft {
  readonly path: string;
  readonly text: string;
  /** Sections and fields that were written, and those that a person wrote and that stay. */
  readonly written: readonly string[];
  readonly kept: readonly string[];
  /** What keeps the gate closed. */
  readonly gaps: readonly Finding[];
}

interface Target {
  readonly number: string;
  readonly folder: string;
  readonly language: Language;
  readonly configuration: Pick<Configuration, 'organisation' | 'cna'>;
  /** The file as it stands, where there is one. */
  readonly before?: string | undefined;
  /** Sections to write anew though a person wrote them. */
  readonly redo?: readonly SectionId[];
}

const LANGUAGES = { en: 'English', ja: 'Japanese' } as const;

/** A section of gaps alone needs no second mark. */
const marked = (text: string): string => (mayDraftSection(text) ? text : markedSection(text));
const markedOr = (text: string | undefined, hint: string): string => (text === undefined ? `${GAP} ${hint}` : markedField(text));

/**
 * Writes what the case knows into the text of one language: sections and fields that are still gaps, or exactly as they were
 * drafted, are written anew; what a person wrote stays to the letter. Refuses a file that cannot be read.
 */
export function draftAdvisory(facts: DraftFacts, target: Target): AdvisoryDraft {
  const { folder, language, before } = target;
  const path = `${folder}/advisory.${language}.md`;
  const drafted = Object.entries(draftedSections(facts, language)).map(([id, text]) => [id as SectionId, marked(text)] as const);
  const fields: Partial<AdvisoryHeader> = {
    title: facts.file.title[language] ?? markedOr(draftedTitle(facts, language), `the title in ${LANGUAGES[language]}`),
    ...(language === 'en' && target.configuration.cna !== undefined && !describesEach(before, path) ? { cveDescription: markedOr(draftedDescription(facts), 'the description of the CVE record, in English; it credits nobody') } : {}),
  };
  const made = before === undefined ? newText(target, fields, drafted) : filledText(path, before, target, fields, drafted);
  const read = readAdvisory(path, made.text);
  if (!read.ok) throw new Error(`the draft of ${path} cannot be read: ${JSON.stringify(read.findings)}`);
  return { path, ...made, gaps: gapsIn(read.advisory) };
}

/** Whether a person describes the records one by one, so that no text for all of them is needed. */
function describesEach(before: string | undefined, path: string): boolean {
  const read = before === undefined ? undefined : readAdvisory(path, before);
  return read?.ok === true && read.advisory.header.cveDescription === undefined && read.advisory.header.cveDescriptions !== undefined;
}

type Made = Pick<AdvisoryDraft, 'text' | 'written' | 'kept'>;
type Sections = readonly (readonly [id: SectionId, text: string])[];

const headingLine = (id: SectionId, { language, configuration }: Target): string => {
  const section = SECTIONS.find((one) => one.id === id);
  if (section === undefined) throw new RangeError(`no section ${id}`);
  return `## ${sectionHeading(section, language, configuration.organisation)}`;
};

function newText(target: Target, fields: Partial<AdvisoryHeader>, drafted: Sections): Made {
  const { title, ...more } = fields;
  const header: AdvisoryHeader = { case: target.number, language: target.language, title: title ?? '', ...more };
  const body = drafted.map(([id, text]) => `${headingLine(id, target)}\n\n${text}`).join('\n\n');
  return { text: writeFrontMatter(header, body, 'advisory', target.folder), written: [...Object.keys(fields), ...drafted.map(([id]) => id)], kept: [] };
}

const place = (id: SectionId | undefined): number => SECTIONS.findIndex((section) => section.id === id);

/** Lines that take the place of others; at counts from 0. */
interface Change {
  readonly at: number;
  readonly remove: number;
  readonly lines: readonly string[];
}

function filledText(path: string, source: string, target: Target, fields: Partial<AdvisoryHeader>, drafted: Sections): Made {
  const before = source.replaceAll('\r\n', '\n');
  const read = readAdvisory(path, before);
  if (!read.ok) throw refusal('advisory-broken', `${path} cannot be read, so nothing is written into it`, 'Mend what is listed above and run the command again.', read.findings);
  const { header, sections } = read.advisory;
  const written: string[] = [];
  const kept: string[] = [];
  const note = (name: string, isNew: boolean): boolean => {
    (isNew ? written : kept).push(name);
    return isNew;
  };
  const edits = Object.entries(fields).flatMap(([field, value]) => {
    const old = header[field as keyof typeof fields];
    // Words for each CVE id were written by a person.
    return old !== value && note(field, typeof old !== 'object' && mayDraftField(old)) ? [{ path: [field], value }] : [];
  });

  const rows = before.trimEnd().split('\n');
  const isMine = (id: SectionId, text: string): boolean => mayDraftSection(text) || target.redo?.includes(id) === true;
  const changes: Change[] = [];
  for (const [id, text] of drafted) {
    const index = sections.findIndex((section) => section.id === id);
    const standing = sections[index];
    const lines = ['', ...text.split('\n'), ''];
    if (standing === undefined) {
      const next = sections.find((section) => place(section.id) > place(id));
      written.push(id);
      changes.push({ at: next === undefined ? rows.length : next.line - 1, remove: 0, lines: [...(next === undefined ? [''] : []), headingLine(id, target), ...lines] });
    } else if (standing.text !== text && note(id, isMine(id, standing.text))) {
      changes.push({ at: standing.line, remove: (sections[index + 1]?.line ?? rows.length + 1) - 1 - standing.line, lines });
    }
  }
  // Nobody is credited any more, or nobody was to be: a gap would ask for a name.
  const uncredited = drafted.some(([id]) => id === 'credit') ? -1 : sections.findIndex(({ id, text }) => id === 'credit' && mayDraftSection(text));
  const credit = sections[uncredited];
  if (credit !== undefined) {
    written.push('credit');
    changes.push({ at: credit.line - 1, remove: (sections[uncredited + 1]?.line ?? rows.length + 1) - credit.line, lines: [] });
  }
  // From the last on, so that the lines before stay where they are; of two at one place the later section first.
  for (const { at, remove, lines } of changes.map((change, index) => ({ ...change, index })).sort((a, b) => b.at - a.at || b.index - a.index)) rows.splice(at, remove, ...lines);
  return { text: written.length === 0 ? source : editFrontMatter(`${rows.join('\n').trimEnd()}\n`, edits), written, kept };
}
