// The only import of markdown-it. Hazards: `html: true` would pass scripts through; the default link check knows only a few bad
// schemes, so a list of good ones replaces it; bare addresses run on into Japanese text, so the finder of links is our own;
// images load from elsewhere and tell who reads, so there are none.
import MarkdownIt, { type MarkdownIt as Parser, type Token } from 'markdown-it';
import cjkFriendly from 'markdown-it-cjk-friendly';
import { visibleText } from './public-text.ts';

const GOOD_LINK = /^(?:https?:\/\/[^\s/?#@]+(?:[/?#]|$)|mailto:[^\s?]+$)/i;
const SCHEMES_KNOWN_AS_LINKS = ['http:', 'https:'];

/** Whether a reader may be sent there: http, https or plain mailto, and no user name in front of the host that poses as the host. */
export const isGoodLink = (address: string): boolean => GOOD_LINK.test(address);


function makeParser(html: boolean): Parser {
  const parser = new MarkdownIt({ html, linkify: true, breaks: false, typographer: false }).use(cjkFriendly);
  parser.disable('image');
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  for (const scheme of ['ftp:', '//', 'mailto:']) parser.linkify.add(scheme, null);
  for (const scheme of SCHEMES_KNOWN_AS_LINKS) parser.linkify.add(scheme, { validate: lengthOfAddress });
  return parser;
}

/** How far a bare address reaches: ASCII only, without the punctuation of the sentence around it. */
function lengthOfAddress(text: string, position: number): number {
  const match = /^\/\/[A-Za-z0-9](?:[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*[A-Za-z0-9\-_~/#&=+%$])?/.exec(text.slice(position));
  return match?.[0].length ?? 0;
}

function makeRenderer(): Parser {
  const parser = makeParser(false);
  parser.validateLink = isGoodLink;
  // The page itself owns h1 and h2.
  const heading = (tag: string): string => `h${Math.max(3, Number(tag.slice(1)))}`;
  parser.renderer.rules['heading_open'] = (tokens, index) => `<${heading(tokens[index]?.tag ?? 'h3')}>`;
  parser.renderer.rules['heading_close'] = (tokens, index) => `</${heading(tokens[index]?.tag ?? 'h3')}>\n`;
  // Printed pages write the address behind a link, but not behind one that is its own address.
  parser.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    if (token?.markup === 'autolink' || token?.markup === 'linkify') token.attrSet('class', 'address');
    return self.renderToken(tokens, index, options);
  };
  // A wide table scrolls by itself and not the page with it; whoever has no mouse must be able to reach it.
  parser.renderer.rules['table_open'] = () => '<div class="scroll" tabindex="0"><table>\n';
  parser.renderer.rules['table_close'] = () => '</table></div>\n';
  parser.renderer.rules['th_open'] = () => '<th scope="col">';
  // A line end between two Japanese characters is no space.
  parser.renderer.rules['softbreak'] = (tokens, index) => {
    const [before, after] = [tokens[index - 1]?.content ?? '', tokens[index + 1]?.content ?? ''];
    return WIDE_END.test(before) && WIDE_START.test(after) ? '' : '\n';
  };
  return parser;
}

const WIDE_START = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/u;
const WIDE_END = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]$/u;

const renderer = makeRenderer();

// Reads as the most permissive reader would: what it finds, somebody's viewer may run.
const permissive = makeParser(true);
permissive.validateLink = () => true;

/** Markdown as HTML: no raw HTML, no images, only good links; headings start at h3. */
export const markdownToHtml = (markdown: string): string => renderer.render(visibleText(markdown));

const everyToken = (markdown: string): Token[] => permissive.parse(markdown, {}).flatMap((token) => [token, ...(token.children ?? [])]);

/** The same Markdown with raw HTML turned into text; without raw HTML in it, unchanged. */
export function withoutRawHtml(markdown: string): string {
  // Inside code the entity shows as such; that is the price where one text has both.
  const without = markdown.replace(/<(?!(?:https?:\/\/|mailto:)[^\s<>]*>)/gi, '&lt;');
  // Most texts have nothing to turn, and to read each costs as much as to make its page.
  if (without === markdown) return markdown;
  return everyToken(markdown).some((token) => token.type === 'html_inline' || token.type === 'html_block') ? without : markdown;
}

/** What the text is made of, read as markdownToHtml reads it; inline tokens have their parts as children. */
export const markdownTokens = (markdown: string): Token[] => renderer.parse(visibleText(markdown), {});

/** Addresses of links and images in the text that no reader may be sent to. */
export function badLinks(markdown: string): string[] {
  // Every form of a link has one of them.
  if (!/[[<:]/.test(markdown)) return [];
  const targets = everyToken(markdown).flatMap((token) => (token.type === 'link_open' ? [String(token.attrGet('href') ?? '')] : []));
  return [...new Set(targets.filter((target) => !isGoodLink(target)))];
}
