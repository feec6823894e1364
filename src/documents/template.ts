// The only import of mustache. Hazards: names it does not know come out empty, so every name is checked first; it escapes for
// HTML, which a letter is not; partials and changed delimiters would get around the check.
import Mustache from 'mustache';
import { VccError, refusal } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import { readFrontMatter } from './front-matter.ts';
import type { Language } from './advisory-words.ts';
import { COMMON_NAMES, LETTERS } from './letters.ts';
import type { TemplateName } from './letters.ts';
import { visibleText } from './public-text.ts';

/** Reads a template by its path, templates/ja/acknowledgement.md. */
export type TemplateSource = (path: string) => string | Uint8Array;

/** Templates of the case repository, and where it has none, those that ship with vcc. */
export const templateSource =
  (tree: Pick<Tree, 'read'>, shipped: (path: string) => string): TemplateSource =>
  (path) =>
    tree.read(path) ?? shipped(path);

interface Template {
  readonly path: string;
  readonly placeholders: readonly string[];
  readonly optional: readonly string[];
  /** Values in a stranger's words: each line is marked as a quotation, so that it can't pose as the letter. */
  readonly quoted: readonly string[];
  readonly body: string;
}

/**
 * The text of a letter. Refuses, naming the placeholder, where the template uses a name that the letter does not have,
 * or where a value that it needs is missing or empty.
 */
export function renderTemplate(name: TemplateName, language: Language, values: Readonly<Record<string, string | undefined>>, source: TemplateSource): string {
  const template = readTemplate(name, language, source);
  const declared = declaredIn(template);
  // A copy of a template that was made before the name existed would drop what it says.
  const dropped = (LETTERS[name].needed as readonly string[] | undefined)?.find((needed) => (values[needed] ?? '') !== '' && !namesIn(template).has(needed));
  if (dropped !== undefined) throw refusal('template-value', `${template.path} leaves out {{${dropped}}}, and this letter has something to say there.`, `Add {{${dropped}}} to it, and ${dropped} to optional:; the template that ships has it.`);
  const view: Record<string, string> = {};
  for (const placeholder of declared) {
    const value = visibleText(values[placeholder] ?? '').trimEnd();
    if (value.trim() === '' && template.placeholders.includes(placeholder)) {
      throw refusal('template-value', `${template.path} needs a value for {{${placeholder}}}, and there is none.`, `Give the value, or move ${placeholder} to optional: in your own copy of the template.`);
    }
    view[placeholder] = template.quoted.includes(placeholder) && value !== '' ? value.replace(/^/gm, '> ').replace(/^> $/gm, '>') : value;
  }
  const text = Mustache.render(template.body, view, {}, { escape: (value: string) => value });
  return `${text.replace(/\n{3,}/g, '\n\n').trim()}\n`;
}

const declaredIn = (template: Template): readonly string[] => [...template.placeholders, ...template.optional];

const PATH = /^templates\/(?:en|ja)\/([a-z-]+)\.md$/;

/** What is wrong with a template of the case repository, found now and not when its letter is due; undefined where nothing is. */
export function wrongWithTemplate(path: string, text: Uint8Array): VccError | undefined {
  const name = PATH.exec(path)?.[1];
  if (name === undefined || !Object.hasOwn(LETTERS, name)) return refusal('template', `${path} is the template of no letter`, `The letters are: ${Object.keys(LETTERS).join(', ')}.`);
  try {
    readTemplate(name as TemplateName, path.startsWith('templates/ja/') ? 'ja' : 'en', () => text);
    return undefined;
  } catch (problem) {
    if (problem instanceof VccError) return problem;
    throw problem;
  }
}

function readTemplate(name: TemplateName, language: Language, source: TemplateSource): Template {
  const path = `templates/${language}/${name}.md`;
  const read = readFrontMatter(path, source(path));
  if (!read.ok) throw refusal('template', `${path} can't be read.`, 'Correct the file as listed above; vcc lint checks it again.', read.findings);
  const known: readonly string[] = [...COMMON_NAMES, ...LETTERS[name].names];
  const fields = { placeholders: [] as string[], optional: [] as string[], quoted: [] as string[] };
  const header: unknown = read.value;
  if (typeof header !== 'object' || header === null) throw wrongTemplate(path, 'its front matter is no list of fields', 'Start it with placeholders: [recipient, case].');
  for (const [key, value] of Object.entries(header)) {
    if (!Object.hasOwn(fields, key)) throw wrongTemplate(path, `its front matter has a field ${key}`, 'Only placeholders, optional and quoted are known.');
    if (!Array.isArray(value) || !value.every((one): one is string => typeof one === 'string')) throw wrongTemplate(path, `${key} is no list of names`, `Write ${key}: [title, reason].`);
    const strange = value.find((one) => !known.includes(one));
    if (strange !== undefined) throw wrongTemplate(path, `this letter has no ${strange}`, `It can say: ${known.join(', ')}.`);
    fields[key as keyof typeof fields] = value;
  }
  const template = { path, ...fields, body: read.body };
  const strange = [...namesIn(template)].find((used) => !declaredIn(template).includes(used));
  if (strange !== undefined) throw wrongTemplate(path, `{{${strange}}} is not among its placeholders`, `Correct the name, or add it to placeholders: or optional: in ${path}.`);
  return template;
}

/** Every name in the body; throws where the body does more than fill in names and leave out parts. */
function namesIn(template: Template): Set<string> {
  const names = new Set<string>();
  const walk = (tokens: readonly unknown[]): void => {
    for (const token of tokens as readonly (readonly [kind: string, name: string, start: number, end: number, inner?: readonly unknown[]])[]) {
      const [kind, name, , , inner] = token;
      if (kind === 'text' || kind === '!') continue;
      if (kind === '>' || kind === '=') throw wrongTemplate(template.path, `it uses {{${kind}${name}}}`, 'Only {{name}}, {{#name}}...{{/name}} and {{^name}}...{{/name}} are known.');
      names.add(name);
      if (inner) walk(inner);
    }
  };
  let tokens: readonly unknown[];
  try {
    tokens = Mustache.parse(template.body);
  } catch (error) {
    // Mustache says what is wrong ("Unclosed section ...") in an Error without a class of its own.
    throw wrongTemplate(template.path, error instanceof Error ? error.message : String(error), 'Close every {{#name}} and {{^name}} with {{/name}}.');
  }
  walk(tokens);
  return names;
}

const wrongTemplate = (path: string, what: string, hint: string): Error => refusal('template', `${path}: ${what}.`, hint);
