import { localDate } from '../domain/instant.ts';
import type { Instant } from '../domain/instant.ts';
import type { FileWrite } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { PublicAdvisory, PublicDates, PublishedAdvisory } from '../domain/publication.ts';
import type { Configuration } from '../generated/documents.ts';
import { advisoryMarkdown } from './advisory-markdown.ts';
import { advisoryPage } from './advisory-page.ts';
import { publicSections } from './advisory-sections.ts';
import { advisoryText } from './advisory-text.ts';
import type { Language } from './advisory-words.ts';
import { cveRecord } from './cve-record.ts';
import { badLinks } from './markdown-html.ts';
import { osvDocument } from './osv.ts';
import { vuldefDocument } from './vuldef.ts';
import { publishedAdvisoryJson } from './published-advisory.ts';

const LANGUAGES: readonly Language[] = ['en', 'ja'];

/** Where an advisory lives in the public repository; an update stays in the year of the first publication. */
export function advisoryFolder(advisory: Pick<PublicAdvisory, 'number'>, publishedAt: Instant, zone: string): string {
  if (!/^[0-9]{8}$/.test(advisory.number)) throw new RangeError(`not a case number: ${advisory.number}`);
  return `${localDate(publishedAt, zone).slice(0, 4)}/${advisory.number}`;
}

/** Where the public reads the advisory, one address a language; empty without public: in vcc.yaml. */
export function advisoryUrls(advisory: PublicAdvisory, publishedAt: Instant, configuration: Configuration): { readonly language: Language; readonly url: string }[] {
  const base = configuration.public?.url.replace(/\/+$/, '');
  if (base === undefined) return [];
  const folder = advisoryFolder(advisory, publishedAt, configuration.timezone);
  return LANGUAGES.filter((language) => advisory.texts[language] !== undefined).map((language) => ({ language, url: `${base}/${folder}/${language}.html` }));
}

/**
 * Everything that one publication writes about its advisory, the same bytes for the same advisory and dates. The pages link to all of it,
 * and to what else there is of the advisory: the paths in `besides`.
 * CVE records are written for the ids that the centre assigned, not for those of another CNA (CNA rules 4.2).
 */
export function publicFiles(published: PublishedAdvisory, besides: readonly string[], configuration: Configuration): FileWrite[] {
  const { advisory, dates } = published;
  const folder = advisoryFolder(advisory, dates.publishedAt, configuration.timezone);
  const urls = advisoryUrls(advisory, dates.publishedAt, configuration);
  const texts = LANGUAGES.flatMap((language) => {
    refuseBadLinks(advisory, language, dates, configuration);
    const markdown = advisoryMarkdown(advisory, language, dates, configuration);
    const text = advisoryText(published, language, urls.filter((url) => url.language === language).map(({ url }) => url), configuration);
    const vuldef = vuldefDocument(advisory, language, dates, urls, configuration);
    return markdown === undefined || text === undefined || vuldef === undefined
      ? []
      : [
          { path: `${folder}/advisory.${language}.md`, text: markdown },
          { path: `${folder}/advisory.${language}.txt`, text },
          { path: `${folder}/vuldef.${language}.xml`, text: vuldef },
        ];
  });
  if (texts.length === 0) throw refusal('no-advisory', `${advisory.publicId} has no advisory text.`, 'Write advisory.en.md and advisory.ja.md in the folder of the case.');
  const osv = osvDocument(advisory, dates, urls, configuration);
  const files = [...texts, ...(osv === undefined ? [] : [{ path: `${folder}/osv.json`, text: `${JSON.stringify(osv, null, 2)}\n` }]), { path: `${folder}/advisory.json`, text: publishedAdvisoryJson(published, configuration.timezone) }, ...cveFiles(advisory, dates.publishedAt, configuration)];
  const linked = [...files.map(({ path }) => path), ...besides];
  const pages = LANGUAGES.flatMap((language) => {
    const path = `${folder}/${language}.html`;
    const text = advisoryPage(published, language, path, linked, configuration);
    return text === undefined ? [] : [{ path, text }];
  });
  return [...pages, ...files];
}

function cveFiles(advisory: PublicAdvisory, publishedAt: Instant, configuration: Configuration): FileWrite[] {
  const urls = advisoryUrls(advisory, publishedAt, configuration).map(({ url }) => url);
  return advisory.cves
    .filter(({ assigner }) => assigner === configuration.cna?.shortName)
    .map(({ id }) => {
      if (!/^CVE-[0-9]{4}-[0-9]{4,19}$/.test(id)) throw new RangeError(`not a CVE id: ${id}`);
      const record = cveRecord(advisory, id, configuration, { at: publishedAt, advisoryUrls: urls });
      return { path: `cve/${id}.json`, text: `${JSON.stringify(record, null, 2)}\n` };
    });
}

/** The page drops such links, but whoever renders the Markdown might not. */
function refuseBadLinks(advisory: PublicAdvisory, language: Language, dates: PublicDates, configuration: Configuration): void {
  for (const section of publicSections(advisory, language, dates, configuration) ?? []) {
    const [bad] = badLinks(section.markdown);
    if (bad === undefined) continue;
    throw refusal(
      'public-link',
      `advisory.${language}.md, ${section.heading}: a link leads to ${JSON.stringify(bad)}.`,
      'Links in an advisory start with https://, http:// or mailto:. Change it, and have the text approved again.',
    );
  }
}
