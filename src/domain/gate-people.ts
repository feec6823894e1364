import type { Reporter } from '../generated/documents.ts';
import { hasReporter, type CaseRecord } from './case.ts';
import { noText, pass, stop, type GateInput, type Verdict } from './gate-input.ts';
import { isOfTheField } from './field-words.ts';
import { keptOut } from './dropped-marks.ts';
import { identityIn } from './identity.ts';
import { tellsWho } from './leaks.ts';
import { holdsName, searchable } from './name-spelling.ts';
import { differentOutputs, publicStrings, type PublicAdvisory } from './publication.ts';

/** Public credit only where the reporter wanted it then and nobody has noted otherwise since (guideline IV.2). */
export function wantsCredit(record: CaseRecord, reporter: Reporter | 'none'): boolean {
  const answers = [record.file.wishes?.publicCredit, reporter === 'none' ? undefined : reporter.wishes?.publicCredit].filter((answer) => answer !== undefined);
  return answers.length > 0 && answers.every(Boolean);
}

const fold = (text: string): string => text.normalize('NFKC').toLowerCase().replaceAll(/\s+/gu, '');

function creditGiven(advisory: PublicAdvisory, reporter: Reporter): string[] {
  return (['en', 'ja'] as const).flatMap((language) => {
    const section = fold(advisory.texts[language]?.sections.find(({ id }) => id === 'credit')?.text ?? '');
    const words = [reporter.credit?.[language], reporter.credit?.en, reporter.credit?.ja].filter((name) => name !== undefined);
    // Who asked for these words asked for no others.
    const names = words.length > 0 ? words : [reporter.name, reporter.handle].filter((name) => name !== undefined);
    return names.some((name) => section.includes(fold(name))) ? [] : [language];
  });
}

/** What of the identity does not stand in the words by which the reporter wants to be thanked; the address is never among them. */
function notCredited({ name, handle, organisation, email, credit }: Reporter): Reporter {
  const words = [credit?.en, credit?.ja].filter((text) => text !== undefined).map(fold);
  const kept = (value: string | undefined): boolean => value !== undefined && words.length > 0 && !words.some((text) => text.includes(fold(value)));
  return { ...(email === undefined ? {} : { email }), ...(name !== undefined && kept(name) ? { name } : {}), ...(handle !== undefined && kept(handle) ? { handle } : {}), ...(organisation !== undefined && kept(organisation) ? { organisation } : {}) };
}

/** The credit is what the reporter agreed to, and nothing else tells who a reporter is that wants to stay unknown (guideline IV.2). */
export function creditAsAgreed({ record, advisory, reporter, leaks }: GateInput): Verdict {
  if (!advisory) return noText(record);
  const found = leaks.filter(tellsWho).map(({ what }) => what);
  if (found.length > 0) return stop(`the text gives ${found.join(', ')}`, 'Take it out of the advisory, case.md and the statements, then have the text approved again.');
  if (reporter === 'sealed') return stop('the sealed identity could not be opened, so nobody can tell whether the text keeps it', 'Run it as a coordinator whose key can open sealed/reporter.asc.');
  if (reporter === 'none' && hasReporter(record)) return stop('sealed/reporter.asc is missing, so nobody can tell whether the text keeps it', `Bring it back from where it was: git log -- ${record.folder}/sealed/reporter.asc`);
  const wanted = wantsCredit(record, reporter);
  if (reporter === 'none') {
    return wanted
      ? stop('credit is wished for, and there is no sealed identity to credit', `Correct wishes in ${record.folder}/case.md, or ask the reporter for a name.`)
      : pass('the reporter gave no name');
  }
  const places = publicStrings(advisory);
  if (wanted) {
    const missing = creditGiven(advisory, reporter);
    if (missing.length > 0) return stop(`the reporter wants to be credited; the credit does not name them in advisory.${missing.join('.md and advisory.')}.md`, 'Name the reporter under Credit / 謝辞, in the words that they asked for.');
    if ([advisory.cveDescription, ...(advisory.cveDescriptions ?? []).map(({ text }) => text)].some((text) => text !== undefined && identityIn(text, keptOut(reporter, record)) !== undefined)) {
      return stop('the CVE description names the reporter; it credits nobody', `Take the name out of cveDescription and cveDescriptions in ${record.folder}/advisory.en.md; the credit has a section of its own.`);
    }
    const kept = notCredited(keptOut(reporter, record));
    const given = places.map((text) => identityIn(text, kept)).find((part) => part !== undefined);
    return given === undefined ? pass('the reporter is credited, as agreed') : stop(`the text gives the ${given} of the reporter`, 'Take it out; the consent is to the words that the reporter asked for.');
  }
  const person = keptOut(reporter, record);
  const given = [...new Set(places.flatMap((text) => identityIn(text, person) ?? []))];
  const credit = [person.credit?.en, person.credit?.ja].some((name) => name !== undefined && !isOfTheField(name) && places.some((text) => holdsName(searchable(text), name)));
  if (given.length === 0 && !credit) return pass('the reporter does not want to be named, and nothing names them');
  return stop(`the reporter does not want to be named; the text gives the ${[...given, ...(credit ? ['words of the credit'] : [])].join(', ')}`, 'Take it out of the advisory, case.md and the statements, then have the text approved again.');
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** A coordinator who did not write it has approved exactly this text: what is public cannot be called back, so two people look at it. */
export function approvedByAnother({ record, state, contentHash, outputs, approvalAuthors, textAuthors, configuration }: GateInput): Verdict {
  const { number } = record;
  if (textAuthors.length === 0) return stop('Git does not say who wrote the text', `Commit ${record.folder}/advisory.en.md and advisory.ja.md first.`);
  const bound = state.approvals.filter(({ entry }) => entry.text === contentHash);
  if (bound.length === 0) {
    return state.approvals.length === 0
      ? stop('nobody has approved the text', `Another coordinator reads it: git pull --rebase, vcc approve ${number}, git push; then here: git pull --rebase. A team of one gets its second member by vcc team add.`)
      : stop('the text has changed since it was approved', `Another coordinator reads it again: git pull --rebase, vcc approve ${number}, git push; then here: git pull --rebase.`);
  }
  if (!outputs.ok) return stop(outputs.problem, outputs.clear);
  const objections: string[] = [];
  for (const { entry, name } of bound) {
    const changed = differentOutputs(entry.outputs ?? {}, outputs.files);
    const member = configuration.team.find(({ slug }) => slug === entry.by);
    const author = approvalAuthors.get(name);
    if (!member) objections.push(`${entry.by} is not in the team`);
    else if (author === undefined) objections.push(`the approval of ${entry.by} is not committed`);
    else if (!same(author, member.email)) objections.push(`the approval of ${entry.by} was committed by ${author}`);
    else if (textAuthors.some((email) => same(email, member.email))) objections.push(`${entry.by} wrote part of the text`);
    else if (changed.length > 0) objections.push(`what ${entry.by} approved would come out otherwise, for vcc or vcc.yaml has changed since: ${changed.join(', ')}`);
    else return pass(`approved by ${member.name}, who did not write it`);
  }
  return stop([...new Set(objections)].join('; '), `A coordinator who did not write it (vcc team list) runs, in a clone of their own: git pull --rebase, vcc approve ${number}, git push.`);
}
