import type { GateOmission, GateRule, Policy } from '../generated/documents.ts';
import { confidentialDetails, detailText } from './confidential-detail.ts';
import { SECTIONS, type CaseRecord, type SectionId } from './case.ts';
import { isError } from './finding.ts';
import { dateAgreed } from './gate-date.ts';
import { noText, pass, stop, type GateInput, type Verdict } from './gate-input.ts';
import { approvedByAnother, creditAsAgreed } from './gate-people.ts';
import { showInstant } from './instant.ts';
import { tellsWho } from './leaks.ts';
import { descriptionOf, type PublicText } from './publication.ts';
import { contradictions } from './text-facts.ts';

export type { GateInput } from './gate-input.ts';

export interface GateCheck extends Verdict {
  readonly check: GateRule['check'];
  readonly title: string;
  readonly source: string;
}

type Check = (input: GateInput) => Verdict;

const LANGUAGES = ['en', 'ja'] as const;

const remediation: Check = ({ record, state }) => {
  const known = state.remediations.map(({ entry }) => entry);
  if (known.length === 0) return stop('no remediation is on record', `vcc record ${record.number} fix-available --remediation fix (or workaround, or stop-using)`);
  const partial = known.every((entry) => entry.partial === true);
  const kinds = [...new Set(known.map((entry) => entry.remediation))].join(', ');
  return pass(partial ? `${kinds}, but only partial: the text must say so` : kinds);
};

const noAttackDetail: Check = ({ record, advisory, leaks }) => {
  if (!advisory) return noText(record);
  const texts = [
    ...LANGUAGES.flatMap((language) => (advisory.texts[language]?.sections ?? []).map(({ id, text }) => [`advisory.${language}.md, ${id}`, text] as const)),
    ...advisory.vendors.flatMap(({ names, statement }) => [statement?.en, statement?.ja].map((text) => [`the statement of ${names.en ?? names.ja ?? 'a vendor'}`, text ?? ''] as const)),
    ...advisory.references.map(({ url }) => ['the references', url] as const),
    ['cveDescription', advisory.cveDescription ?? ''] as const,
    ...(advisory.cveDescriptions ?? []).map(({ id, text }) => [`cveDescriptions, ${id}`, text] as const),
  ];
  const found = texts.flatMap(([place, text]) => confidentialDetails(text).map((detail) => `${place}: ${detailText(detail)}`));
  const sealed = leaks.filter((leak) => !tellsWho(leak)).map(({ what }) => what);
  return found.length + sealed.length === 0
    ? pass('nothing that looks like a proof of concept, attack code or steps to reproduce')
    : stop([...found, ...sealed].join('; '), 'Reword these places so that they help who defends and not who attacks, then have the text approved again.');
};

const vendorStatus: Check = ({ record, state }) => {
  const notified = [...state.vendors.values()].filter(({ firstContact }) => firstContact !== undefined);
  const open = notified.flatMap(({ slug, status, statusByCve }) => {
    if (status) return [];
    const missing = state.cves.filter(({ id }) => !statusByCve.has(id)).map(({ id }) => id);
    if (statusByCve.size > 0 && missing.length === 0) return [];
    return [{ slug, what: statusByCve.size > 0 ? `${slug} (${missing.join(', ')})` : slug }];
  });
  if (notified.length === 0) return pass('no vendor was notified');
  if (open.length === 0) return pass(`${notified.length} of ${notified.length} notified vendors have a public status`);
  return stop(`without a public status: ${open.map(({ what }) => what).join(', ')}`, open.map(({ slug }) => `vcc record ${record.number} vendor-status --vendor ${slug} --status unknown`).join('\n'));
};

const GAP = /<!--\s*GAP:|^GAP:/m;

function gapsOf(record: CaseRecord, language: 'en' | 'ja', text: PublicText | undefined): string[] {
  const written = record.advisories[language];
  if (!text || !written) return [`advisory.${language}.md ${record.findings.some((finding) => isError(finding) && finding.file === `${record.folder}/advisory.${language}.md`) ? 'cannot be read, as vcc lint says' : 'is missing'}`];
  const at = (line: number, gap: string): string => `advisory.${language}.md:${line} ${gap}`;
  const lineOf = (id: SectionId | undefined): number => written.sections.find((section) => section.id === id)?.line ?? 1;
  const empty = SECTIONS.filter(({ id, required }) => required && !text.sections.some((section) => section.id === id)).map((section) => at(lineOf(section.id), `${section[language]} is empty`));
  const marked = written.sections.flatMap(({ id, text: body, line, textLine = line + 1 }) => {
    const place = id === undefined ? -1 : body.search(GAP);
    return place === -1 ? [] : [at(textLine + body.slice(0, place).split('\n').length - 1, `${id ?? ''} still has a gap`)];
  });
  const title = GAP.test(text.title) || text.title.trim() === '' ? [at(written.where('title').line, 'the title is still to be written')] : [];
  // It would be left out of the public text without a word.
  const unknown = written.sections.filter((section) => section.id === undefined).map(({ heading, line }) => at(line, `the section ${JSON.stringify(heading)} is none of a JVN advisory and would be lost`));
  return [...title, ...empty, ...marked, ...unknown];
}

const bothLanguages: Check = ({ record, state, advisory }) => {
  const gaps = LANGUAGES.flatMap((language) => gapsOf(record, language, advisory?.texts[language]));
  const partings = contradictions(record, state).map(({ file, line, message }) => `${file.slice(record.folder.length + 1)}:${line} ${message}`);
  return gaps.length + partings.length === 0
    ? pass('Japanese and English are complete')
    : stop([...gaps, ...partings].join('; '), `Write or correct what is named at these lines in ${record.folder}/, commit, and have the text approved. vcc draft ${record.number} fills gaps from the facts of the case.`);
};

const cve: Check = ({ record, state, configuration, advisory }) => {
  if (state.cves.length === 0) {
    return stop('no CVE id is assigned', `Ask the vendor's own CNA first, and note its id: vcc cve assign ${record.number} --id CVE-YYYY-NNNN --assigner NAME; for one of ours: vcc cve assign ${record.number}`);
  }
  const nameless = state.cves.length > 1 ? state.cves.filter(({ flaw }) => flaw === undefined) : [];
  if (nameless.length > 0) {
    return stop(`several ids, and which flaw is meant is not said for ${nameless.map(({ id }) => id).join(', ')}`, nameless.map(({ id, assigner }) => `vcc cve assign ${record.number} --id ${id} --assigner ${assigner} --flaw TEXT`).join('\n'));
  }
  const ours = state.cves.filter(({ assigner }) => assigner === configuration.cna?.shortName);
  const bare = ours.filter(({ id }) => {
    const description = advisory && descriptionOf(advisory, id);
    return description === undefined || GAP.test(description);
  });
  if (bare.length > 0) {
    return stop(`${bare.map(({ id }) => id).join(', ')}: the record has no description yet`, `Write cveDescription in ${record.folder}/advisory.en.md: English, crediting nobody.`);
  }
  return pass(state.cves.map(({ id, assigner }) => `${id} (${assigner})`).join(', '));
};

const embargo: Check = ({ record, state, now, configuration }) => {
  const { status, until } = state.embargo;
  if (state.published) return pass('the advisory is public already');
  if (status === 'none') return pass('there is no embargo');
  if (status === 'exited') return pass('the embargo has ended');
  if (status === 'proposed') return pass('an embargo was proposed and nobody has accepted it');
  if (until !== undefined && until <= now) return pass(`the embargo ended ${showInstant(until, configuration.timezone)}`);
  const end = until === undefined ? 'an embargo is in force' : `under embargo until ${showInstant(until, configuration.timezone)}`;
  return stop(end, `Wait for its end, or, where it must end early: vcc record ${record.number} embargo-terminated --reason TEXT`);
};

const CHECKS: Readonly<Record<GateRule['check'], { readonly title: string; readonly run: Check }>> = {
  'date-agreed': { title: 'The date is agreed and has come', run: dateAgreed },
  remediation: { title: 'There is something that users can do', run: remediation },
  'no-attack-detail': { title: 'Nothing in it helps an attacker', run: noAttackDetail },
  'vendor-status': { title: 'Every notified vendor has a public status', run: vendorStatus },
  'both-languages': { title: 'The Japanese and the English text are complete and say what the case says', run: bothLanguages },
  credit: { title: 'Credit is what the reporter agreed to', run: creditAsAgreed },
  cve: { title: 'Each flaw has a CVE id', run: cve },
  embargo: { title: 'No embargo is in force', run: embargo },
  approved: { title: 'Another coordinator has approved exactly this text', run: approvedByAnother },
};

/** The checks that policy.yaml does not ask for, with the reason where it gives one: what is left out is said, and not silently passed. */
export const checksNotAsked = ({ gate, gateOmits = [] }: Pick<Policy, 'gate' | 'gateOmits'>): readonly (Pick<GateOmission, 'check'> & Partial<GateOmission>)[] =>
  (Object.keys(CHECKS) as GateRule['check'][])
    .filter((check) => !gate.some((rule) => rule.check === check))
    .map((check) => gateOmits.find((omission) => omission.check === check) ?? { check });

/** Every check of the publication gate that policy.yaml asks for, in its order, all made at once (disclosure policy; domain: publication gate). */
export const gateChecks = (input: GateInput): GateCheck[] =>
  [...input.policy.gate, ...madeAnyway(input)].map(({ check, source }) => ({ check, title: CHECKS[check].title, ...CHECKS[check].run(input), source }));

/** What is sealed never goes out, whatever policy.yaml asks for. */
const madeAnyway = ({ policy, leaks }: GateInput): Policy['gate'] => [...new Set(leaks.map((leak) => (tellsWho(leak) ? 'credit' as const : 'no-attack-detail' as const)))].filter((check) => !policy.gate.some((rule) => rule.check === check)).map((check) => ({ check, source: 'docs/security.md' }));
