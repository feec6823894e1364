import { isError, showFinding, type Finding } from '../domain/finding.ts';
import type { FileWrite } from '../domain/plan.ts';
import { legible } from './legible.ts';
import { html, pageHead, type Markup } from './markup.ts';

/** What the preview shows of a case: the files as they would be published, and what still keeps them from it. */
export interface Preview {
  /** JVN#61247051 */
  readonly publicId: string;
  readonly files: readonly FileWrite[];
  readonly findings: readonly Finding[];
  readonly notes: readonly string[];
}

export interface PreviewAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

const TYPES: Readonly<Record<string, string>> = { html: 'text/html', css: 'text/css' };
/** Whatever a browser would not show is shown as text. */
const typeOf = (path: string): string => `${TYPES[path.slice(path.lastIndexOf('.') + 1)] ?? 'text/plain'}; charset=utf-8`;

/** No file that is published begins with an underscore. */
const OWN_STYLE = '_preview.css';
const STYLE = `.vcc-preview { position: sticky; top: 0; z-index: 1; margin: 0; padding: .5rem 1rem; background: #b30000; color: #fff; font: bold 1rem/1.5 sans-serif; text-align: center; }
.vcc-preview a { color: #fff; }
.vcc-page { max-width: 60rem; margin: 0 auto; padding: 1rem; font: 1rem/1.6 sans-serif; overflow-wrap: anywhere; }
`;

const styleLink = (root: string): Markup => html`<link rel="stylesheet" href="${root}${OWN_STYLE}">\n`;
const banner = (root: string): Markup => html`<p class="vcc-preview">PREVIEW, NOT PUBLISHED <a href="${root}">all files, and what is missing</a></p>\n`;

/** The published bytes in the frame of the preview, which is in none of them. */
function framed(page: string, root: string): string {
  const head = page.indexOf('</head>');
  const body = page.indexOf('<body>', head);
  if (head === -1 || body === -1) return `${banner(root).html}${page}`;
  const inside = body + '<body>'.length;
  return `${page.slice(0, head)}${styleLink(root).html}${page.slice(head, inside)}\n${banner(root).html}${page.slice(inside)}`;
}

function page(title: string, content: Markup, root: string): string {
  return html`${pageHead('en', `PREVIEW: ${title}`, styleLink(root))}
<body>
<p class="vcc-preview">PREVIEW, NOT PUBLISHED</p>
<main class="vcc-page">
<h1>${title}</h1>
${content}</main>
</body>
</html>
`.html;
}

const list = (items: readonly Markup[]): Markup => html`<ul>\n${items.map((item) => html`<li>${item}</li>\n`)}</ul>\n`;

function index({ publicId, files, findings, notes }: Preview, root: string): string {
  const missing = [...notes.map(legible), ...findings.map((finding) => legible(showFinding(finding)))];
  return page(
    publicId,
    html`<h2>Files as they would be published</h2>
${list(files.map(({ path }) => html`<a href="${root}${path.split('/').map(encodeURIComponent).join('/')}">${path}</a>`))}
<h2>What is missing or differs</h2>
${missing.length === 0 ? html`<p>Nothing that the texts themselves can tell; vcc publish --check makes every check of the gate.</p>\n` : list(missing.map((text) => html`${text}`))}`,
    root,
  );
}

/** One request for a path below the root, an address that begins and ends with a slash. */
export function previewAnswer(preview: Preview, path: string, root: string): PreviewAnswer {
  const answer = (type: string, body: string, status = 200): PreviewAnswer => ({ status, type, body });
  if (path === '') return answer(typeOf('.html'), index(preview, root));
  if (path === OWN_STYLE) return answer(typeOf(path), STYLE);
  const file = preview.files.find((one) => one.path === path);
  if (file === undefined) return answer(typeOf('.html'), page('There is no such file', html`<p><a href="${root}">All files</a></p>\n`, root), 404);
  return answer(typeOf(path), path.endsWith('.html') ? framed(file.text, root) : file.text);
}

/** What a case that cannot be shown says instead; the author mends it and reloads. */
export function brokenPreview(problem: { readonly message: string; readonly hint: string; readonly findings: readonly Finding[] }, path: string, root: string): PreviewAnswer {
  if (path === OWN_STYLE) return { status: 200, type: typeOf(path), body: STYLE };
  const findings = [...problem.findings].sort((a, b) => Number(isError(b)) - Number(isError(a)));
  const content = html`<p>${legible(problem.message)}</p>
${findings.length === 0 ? [] : list(findings.map((finding) => html`${legible(showFinding(finding))}`))}<p>${legible(problem.hint)}</p>
<p>Mend it and reload this page.</p>
`;
  return { status: 500, type: typeOf('.html'), body: page('This case cannot be shown', content, root) };
}
