import { escapeHtml } from './public-text.ts';

/** A page runs nothing and loads nothing but its own style sheet, unless it is allowed more. */
const CONTENT_SECURITY = "default-src 'none'; style-src 'self'; base-uri 'none'";

/** Markup that is ready to stand in a page; anything else is escaped where it is put in. */
export class Markup {
  readonly html: string;
  constructor(html: string) {
    this.html = html;
  }
}
type Part = string | Markup | readonly Markup[];

/** Markup with parts put into it, each escaped unless it is markup itself. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const filled = parts.map((part) => (typeof part === 'string' ? escapeHtml(part) : part instanceof Markup ? part.html : part.map((one) => one.html).join('')));
  return new Markup(String.raw({ raw: strings }, ...filled));
}

/** The head of every page that is made here; more is what only one kind of page has, allow its further directives of content security. */
export const pageHead = (language: string, title: string, more: Part = [], allow = "form-action 'none'"): Markup => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${`${CONTENT_SECURITY}; ${allow}`}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${more}</head>`;
