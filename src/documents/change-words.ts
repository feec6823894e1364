import type { CaseChange, TextPart } from '../domain/case-difference.ts';
import { SECTIONS } from '../domain/case.ts';
import { showInstant, type Instant } from '../domain/instant.ts';
import { dueTitle } from './due-text.ts';
import { entryFact, partyName } from './entry-text.ts';
import { graveLine, line, ownWords, type ReviewLine } from './review-line.ts';

/** Under which heading of a case a change stands, in the order of a review. */
export const CHANGE_GROUPS = ['State', 'Dates', 'Embargo', 'Deadlines', 'Vendors', 'Texts', 'Files'] as const;
export type ChangeGroup = (typeof CHANGE_GROUPS)[number];

type Of<A extends CaseChange['about']> = Extract<CaseChange, { readonly about: A }>;
type Words = { readonly [A in CaseChange['about']]: readonly [group: ChangeGroup, say: (change: Of<A>, zone: string) => ReviewLine] };

const KNOWN: Readonly<Record<Of<'known'>['what'], string>> = { public: 'the flaw is public', exploit: 'an exploit is public', attacks: 'attacks are known' };
const DATES: Readonly<Record<Of<'date'>['of'], string>> = { publication: 'publication', published: 'the day it went out', embargo: 'the end of the embargo', 'embargo-offer': 'the end that is offered' };
const VENDOR: Readonly<Record<Of<'vendor'>['of'], string>> = { role: 'role', progress: 'contact', fixPath: 'fix', status: 'public status' };

/** A date that came, went or moved; what moved is what a reviewer looks for. */
function dateLine(what: ReviewLine, from: Instant | undefined, to: Instant | undefined, zone: string): ReviewLine {
  const when = (at: Instant | undefined): string => (at === undefined ? '' : showInstant(at, zone));
  return from === undefined ? line`${what}: ${when(to)}` : to === undefined ? graveLine`${what}: no longer ${when(from)}` : graveLine`${what} moved: ${when(from)} → ${when(to)}`;
}

const PARTS: Readonly<Partial<Record<TextPart, string>>> = { text: 'the whole text', header: 'title and other fields', 'unknown-section': 'a section that is not published' };
const partName = (part: TextPart): string => PARTS[part] ?? SECTIONS.find(({ id }) => id === part)?.en.replace('… ', '') ?? part;

const WORDS: Words = {
  status: ['State', ({ from, to }) => (from === undefined ? line`new case, now ${to}` : line`${from} → ${to}`)],
  known: ['State', ({ what, to }) => (to ? graveLine`${ownWords(KNOWN[what])} now` : graveLine`no longer on record: ${ownWords(KNOWN[what])}`)],
  date: ['Dates', ({ of, from, to }, zone) => dateLine(ownWords(DATES[of]), from, to, zone)],
  agreed: ['Dates', ({ party, from, to }, zone) => dateLine(line`date of ${partyName(party)}`, from, to, zone)],
  embargo: ['Embargo', ({ from, to }) => line`${from ?? 'none'} → ${to}`],
  'embargo-party': ['Embargo', ({ party, bound }) => (bound ? line`${partyName(party)} has accepted it` : graveLine`${partyName(party)} is not bound by it any more`)],
  deadline: ['Deadlines', ({ step, due, from, by }, zone) => {
    const title = dueTitle(due);
    const when = showInstant(due.due, zone);
    const because = by === undefined ? '' : `(${entryFact(by.entry, zone)})`;
    switch (step) {
      case 'appeared':
        return line`new: ${title}, ${when} ${because}`;
      case 'moved':
      case 'extended':
        return graveLine`${ownWords(step)}: ${title}, ${from === undefined ? '' : showInstant(from, zone)} → ${when} ${because}`;
      case 'met':
        return line`met: ${title} ${because}`;
      case 'met-late':
        return graveLine`met late: ${title}, was due ${when} ${because}`;
      case 'broken':
        return graveLine`OVERDUE: ${title}, was due ${when}`;
      case 'ended':
        return line`does not apply any more: ${title}`;
      case 'gone':
        return graveLine`gone: ${title}, was due ${when}`;
      case 'paused':
        return graveLine`paused: ${title} ${because}`;
      case 'runs-again':
      case 'reopened':
        return line`owed again: ${title}, ${when}`;
    }
  }],
  vendor: ['Vendors', ({ vendor, of, from, to }) => (from === undefined ? line`${vendor}, ${ownWords(VENDOR[of])}: ${to ?? ''}` : line`${vendor}, ${ownWords(VENDOR[of])}: ${from} → ${to ?? 'none'}`)],
  cve: ['State', ({ id, assigner, to }) => (to ? line`${id} assigned by ${assigner}` : graveLine`${id} is not assigned any more`)],
  text: ['Texts', ({ language, step, parts }) => {
    const file = ownWords(`advisory.${language}.md`);
    const names = ownWords(parts.map(partName).join(', '));
    return step === 'gone' ? graveLine`${file}, gone: ${names}` : line`${file}, ${ownWords(step)}: ${names}`;
  }],
  approval: ['Texts', ({ step, approvals }) => {
    const by = [...new Set(approvals.map(({ entry }) => entry.by))].join(', ');
    return step === 'given' ? line`exactly this text is approved by ${by}` : step === 'lost' ? graveLine`the approval by ${by} is lost: the text is another now` : line`nobody has approved the text as it stands`;
  }],
  facts: ['Texts', ({ field }) => line`case.md, ${field}: changed`],
  sealed: ['Files', ({ name, to }) => (to ? line`sealed: ${name}` : graveLine`sealed file gone: ${name}`)],
};

/** What a change means, and under which heading it stands. */
export function changeInWords<A extends CaseChange['about']>(change: Of<A>, zone: string): { readonly group: ChangeGroup; readonly line: ReviewLine } {
  // The table has words for each kind, and each takes the changes of its own kind.
  const [group, say] = WORDS[change.about] as unknown as readonly [ChangeGroup, (change: CaseChange, zone: string) => ReviewLine];
  return { group, line: say(change, zone) };
}
