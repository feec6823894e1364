import { sectionHeading, SECTIONS, type CaseRecord, type SectionId } from '../domain/case.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { AdvisoryHeader, CaseFile, Configuration } from '../generated/documents.ts';
import { GAP } from './advisory.ts';
import { writeFrontMatter } from './front-matter.ts';

const LANGUAGES = { en: 'English', ja: 'Japanese' } as const;

/** What each section has to say (domain: advisory sections), told to the coordinator who fills it in. */
const HINTS: Readonly<Partial<Record<SectionId, string>>> = {
  overview: 'one sentence: which product has which kind of vulnerability',
  affected: 'each product with its affected versions',
  description: 'what the flaw is, with its CWE; no proof of concept and no steps',
  impact: 'what an attacker can do, and who that attacker has to be',
  solution: 'update, patch or workaround as the developer tells it; or to stop using the product. Say so where a fix is partial',
  credit: 'as the reporter wishes; remove the section where the reporter stays anonymous',
};

const gap = (hint: string): string => `<!-- ${GAP} ${hint} -->`;

/** Text of ours inside Markdown: nothing in it may become a heading, a link or HTML. */
const plain = (text: string): string => text.replaceAll(/[\\`*_[\]<>#|]/g, '\\$&');

/** What the case already says, by section. */
function known(file: CaseFile): Partial<Record<SectionId, string>> {
  const affected = file.products.flatMap(({ vendor, name, versions }) => versions.map((version) => `- ${plain(name)} ${plain(version)} (${plain(vendor)})`));
  const references = (file.references ?? []).map(({ url, title }) => (title === undefined ? `- <${url}>` : `- [${plain(title)}](<${url}>)`));
  const analysis = (file.cvss ?? []).map(({ version, vector, score }) => `- CVSS v${version} ${plain(vector)}${score === undefined ? '' : ` (${score.toFixed(1)})`}`);
  return {
    affected: affected.join('\n'),
    ...(references.length > 0 ? { references: references.join('\n') } : {}),
    ...(analysis.length > 0 ? { analysis: analysis.join('\n') } : {}),
  };
}

/** The beginning of an advisory: what the case knows filled in, and a mark at every gap that gapsIn finds again. */
export function advisorySkeleton({ file, folder }: Pick<CaseRecord, 'file' | 'folder'>, language: 'en' | 'ja', configuration: Configuration): FileWrite {
  const header: AdvisoryHeader = {
    case: file.id,
    language,
    title: file.title[language] ?? `${GAP} the title in ${LANGUAGES[language]}`,
    ...(language === 'en' && configuration.cna !== undefined ? { cveDescription: `${GAP} the description of the CVE record, in English; it credits nobody` } : {}),
  };
  const filled = known(file);
  const body = SECTIONS.flatMap((section) => {
    const hint = HINTS[section.id];
    const text = filled[section.id] ?? (hint === undefined ? undefined : gap(hint));
    return text === undefined ? [] : [`## ${sectionHeading(section, language, configuration.organisation)}\n\n${text}`];
  });
  return { path: `${folder}/advisory.${language}.md`, text: writeFrontMatter(header, body.join('\n\n'), 'advisory', folder) };
}
