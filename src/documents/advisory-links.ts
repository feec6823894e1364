import type { Language } from './advisory-words.ts';

/** A file beside the page that says the same to another reader. */
export interface AdvisoryLink {
  /** From the root of the public repository. */
  readonly path: string;
  readonly label: string;
  /** Media type. */
  readonly type: string;
  /** Where the file has one. */
  readonly language?: Language;
}

const TYPES: Readonly<Record<string, string>> = { json: 'application/json', md: 'text/markdown', txt: 'text/plain', xml: 'application/xml', rdf: 'application/rdf+xml' };

/** What a file is called where its name alone would not tell; the first that fits. */
const NAMES: readonly (readonly [name: RegExp, label: string])[] = [
  [/^cve\/(CVE-[0-9]{4}-[0-9]{4,19})\.json$/, '$1 (CVE JSON)'],
  [/^csaf\/.*\.json$/, 'CSAF'],
  [/(?:^|\/)advisory\.[a-z]{2}\.txt$/, 'Text'],
  [/(?:^|\/)advisory\.[a-z]{2}\.md$/, 'Markdown'],
  [/(?:^|\/)advisory\.json$/, 'JSON'],
  [/\bosv\b/i, 'OSV'],
  [/\bvuldef\b/i, 'VULDEF'],
];

/** en of advisory.en.md, and ja of jvn-12345678-ja.json; CSAF gives the English document the plain name. */
function languageOf(path: string): Language | undefined {
  const found = /[.-](en|ja)\.[a-z]+$/.exec(path)?.[1];
  if (found === 'en' || found === 'ja') return found;
  return path.startsWith('csaf/') ? 'en' : undefined;
}

/**
 * The links of a page, out of all files of the publication: those of its own language, and those of none. Whatever a publication
 * writes besides stands here by itself, under its name where no better one is known.
 */
export function advisoryLinks(paths: readonly string[], language: Language): AdvisoryLink[] {
  return paths.flatMap((path) => {
    const type = TYPES[path.slice(path.lastIndexOf('.') + 1)];
    const own = languageOf(path);
    if (type === undefined || (own !== undefined && own !== language)) return [];
    const [name, label] = NAMES.find(([pattern]) => pattern.test(path)) ?? [];
    return [{ path, type, label: name === undefined || label === undefined ? path.slice(path.lastIndexOf('/') + 1) : label.includes('$1') ? path.replace(name, label) : label, ...(own === undefined ? {} : { language: own }) }];
  });
}
