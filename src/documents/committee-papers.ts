import type { CaseState, VendorState } from '../domain/case-state.ts';
import { isEvent, publicId, SECTIONS, type CaseRecord, type EntryOf, type LoggedEntry } from '../domain/case.ts';
import { COMMITTEE_CONDITIONS } from '../domain/committee.ts';
import { localDate, showInstant, type Instant } from '../domain/instant.ts';
import type { Vendor } from '../generated/documents.ts';
import { entrySentence, entryWords } from './entry-text.ts';
import { meansSentence } from './escalation-text.ts';
import { escapeMarkdown, quoteMarkdown, withoutComments } from './public-text.ts';

/** What the papers are made from. */
export interface Papers {
  readonly record: CaseRecord;
  readonly state: CaseState;
  readonly vendor: VendorState;
  readonly registered: Vendor | undefined;
  /** The step with which the list announced the last day for getting in touch. */
  readonly onList: LoggedEntry<EntryOf<'escalated'>> | undefined;
  readonly zone: string;
  readonly now: Instant;
}

const list = (lines: readonly string[], none: string): string => (lines.length === 0 ? none : lines.map((line) => `- ${line}`).join('\n'));
const section = (heading: string, body: string): string => `## ${heading}\n\n${body}`;
const text = (value: string | undefined): string[] => (value === undefined || value === '' ? [] : [escapeMarkdown(value)]);

/** One entry with its time, what people said in it, and the file that has it. */
function told({ zone }: Papers, logged: LoggedEntry): string {
  const words = entryWords(logged).map((part) => `\n\n  ${quoteMarkdown(part).replaceAll('\n', '\n  ')}`);
  return `${showInstant(logged.at, zone)}: ${escapeMarkdown(entrySentence(logged.entry, zone))} (${logged.name})${words.join('')}`;
}

function facts({ record, state, vendor, registered, zone }: Papers): string {
  const { file } = record;
  const names = [registered?.name.ja, registered?.name.en].filter((name) => name !== undefined);
  const contacts = (registered?.contacts ?? []).flatMap(({ email, phone }) => [email, ...(phone === undefined ? [] : [phone])]);
  return list(
    [
      `Case ${publicId(file)}, ${file.route} route`,
      ...[file.title.ja, file.title.en].flatMap(text),
      ...file.products.map((product) => escapeMarkdown(`${product.vendor} ${product.name}: ${product.versions.join('; ')}`)),
      ...(file.cvss ?? []).map(({ vector, score }) => escapeMarkdown(`CVSS ${score === undefined ? '' : `${score.toFixed(1)} `}${vector}`)),
      ...state.cves.map(({ id, assigner }) => escapeMarkdown(`${id} (${assigner})`)),
      `Developer: ${escapeMarkdown(names.join(' / ') || vendor.slug)}; ${vendor.progress}; contacts: ${escapeMarkdown(contacts.join(', ') || 'none known')}`,
      `Start day, the first attempt to reach it: ${vendor.firstContact === undefined ? 'none' : localDate(vendor.firstContact, zone)}`,
    ],
    '',
  );
}

/** What the judgement that the flaw exists rests on: the checklist and whoever verified it. */
function existence(papers: Papers): string {
  const { state, zone } = papers;
  const answers = Object.entries(state.assessed?.entry.criteria ?? {}).map(([id, { answer, note }]) => escapeMarkdown(`${id}: ${answer}${note === undefined ? '' : ` (${note})`}`));
  const assessed = state.assessed ? [`Assessed ${showInstant(state.assessed.at, zone)} (${state.assessed.name})`] : [];
  return list([...assessed, ...answers, ...state.entries.filter(isEvent('verified')).map((logged) => told(papers, logged))], 'Nothing is on record.');
}

function attempts(papers: Papers): string {
  const { state, vendor, zone } = papers;
  const ours = state.entries.filter(isEvent('vendor-contacted', 'vendor-replied', 'partner-contacted', 'partner-replied', 'escalated')).filter(({ entry }) => 'vendor' in entry && entry.vendor === vendor.slug);
  return `${list(ours.map((logged) => told(papers, logged)), 'Nobody tried.')}\n\nIn short, ${vendor.slug} was ${meansSentence(state, vendor.slug, zone)}`;
}

function evidence({ vendor }: Papers): string {
  return list(vendor.steps.map(({ entry, name }) => `${entry.step} (${name}) rests on ${entry.evidence.join(', ')}`), 'No step of the ladder was taken.');
}

function opinion(papers: Papers): string {
  const { state, vendor, onList, zone } = papers;
  const heard = state.entries.filter(isEvent('opinion-asked', 'opinion-given')).filter(({ entry }) => entry.vendor === vendor.slug);
  const announced = onList ? [`The list of unreachable developers has asked it to get in touch by ${onList.entry.until ?? 'no day'} since ${localDate(onList.at, zone)} (${onList.name}).`] : [];
  return list([...announced, ...heard.map((logged) => told(papers, logged))], 'It was not asked yet.');
}

function planned({ record }: Papers): string {
  const texts = (['ja', 'en'] as const).flatMap((language) => {
    const written = record.advisories[language];
    if (!written) return [`advisory.${language}.md is not written yet.`];
    const parts = SECTIONS.flatMap((known) => written.sections.filter(({ id }) => id === known.id)).map((part) => `#### ${part.heading}\n\n${withoutComments(part.text).trim()}`);
    return [`### ${escapeMarkdown(written.header.title)}`, ...parts];
  });
  return texts.join('\n\n');
}

/**
 * The papers for the publication committee (guideline IV.3 (2) 2) and 3)): what the flaw is and why it is held to exist,
 * what was done to reach the developer, what it says, and the text that would be published. Nothing that is sealed goes in.
 */
export function committeePapers(papers: Papers): string {
  const { record, state, now, zone } = papers;
  const related = state.entries.filter(isEvent('vendor-status', 'fix-available')).filter(({ entry }) => entry.vendor === undefined || entry.vendor === papers.vendor.slug);
  return [
    `# Papers for the publication committee: ${publicId(record.file)}`,
    `As of ${showInstant(now, zone)}. Confidential.`,
    section('The case', facts(papers)),
    section('Why the vulnerability is held to exist', existence(papers)),
    section('What the developer found, and what users can do', list(related.map((logged) => told(papers, logged)), 'Nothing is on record.')),
    section('Every attempt to reach the developer, and every step', attempts(papers)),
    section('What each step rests on', evidence(papers)),
    section('Opinion of the developer', opinion(papers)),
    section('The text that would be published', planned(papers)),
    section('What the committee judges; all must hold', list(Object.entries(COMMITTEE_CONDITIONS).map(([id, question]) => `${id}: ${question}`), '')),
  ].join('\n\n');
}
