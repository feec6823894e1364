import { markdownTokens } from './markdown-html.ts';
import { displayWidth, wrap } from './text-width.ts';

type Token = ReturnType<typeof markdownTokens>[number];

const ADDRESS = /(<?https?:\/\/[^\s<>]+>?)/;

/** Lines of at most that many columns; an address is worth nothing in two pieces, so a long one stays whole on a line of its own. */
function lines(text: string, room: number): string[] {
  const parts = text.split('\n').flatMap((line) => (line.split(ADDRESS).some((part, place) => place % 2 === 1 && displayWidth(part) > room) ? line.split(ADDRESS).map((part) => part.trim()).filter((part) => part !== '') : [line]));
  return parts.flatMap((part) => (part.replace(ADDRESS, '') === '' ? [part] : wrap(part, room)));
}

/** The same behind a mark, such as that of a list, and below it. */
const hanging = (text: string, mark: string, indent: string, width: number): string[] =>
  lines(text, Math.max(width - indent.length - mark.length, 20)).map((line, index) => `${indent}${index === 0 ? mark : ' '.repeat(mark.length)}${line}`.trimEnd());

/** What a reader sees of the parts of a line; an address stands behind the words that lead to it. */
function inlineText(tokens: readonly Token[]): string {
  const links: { readonly href: string; readonly from: number }[] = [];
  let text = '';
  for (const token of tokens) {
    const { type, content } = token;
    if (type === 'link_open') links.push({ href: String(token.attrGet('href') ?? ''), from: text.length });
    else if (type === 'link_close') {
      const link = links.pop();
      if (link !== undefined && link.href !== '' && !sameAddress(text.slice(link.from), link.href)) text += ` <${link.href.replace(/^mailto:/, '')}>`;
    } else if (type === 'softbreak') text += /[\u3000-\u9fff\uff00-\uffef]$/.test(text) ? '' : ' ';
    else if (type === 'hardbreak') text += '\n';
    else text += content;
  }
  return text;
}

/** An address as it is shown may have characters that a link spells with percent signs. */
const sameAddress = (shown: string, href: string): boolean => shown === href || `mailto:${shown}` === href || encodeURI(shown) === href;

/** The rows of a table as lists: what does not fit into the width of a mail would stand there in pieces. */
function tableLines(tokens: readonly Token[], indent: string, width: number): string[] {
  const rows: string[][] = [];
  for (const token of tokens) {
    if (token.type === 'tr_open') rows.push([]);
    else if (token.type === 'inline') rows.at(-1)?.push(inlineText(token.children ?? []).trim());
  }
  const [columns = [], ...body] = rows;
  return body.flatMap((cells, row) => [
    ...(row === 0 ? [] : ['']),
    ...cells.flatMap((cell, place) => (cell === '' ? [] : hanging(`${columns[place] ?? ''}: ${cell}`, place === 0 ? '* ' : '  ', indent, width))),
  ]);
}

/** Markdown as plain text of that many columns at most, where Japanese takes two a character: nothing in it is markup any more. */
export function markdownToText(markdown: string, width: number): string {
  const made: string[] = [];
  const lists: { readonly ordered: boolean; next: number; width: number }[] = [];
  let quoted = 0;
  let mark = '';
  const indent = (depth = lists.length - 1): string => '    '.repeat(quoted) + lists.slice(0, Math.max(depth, 0)).map((list) => ' '.repeat(list.width)).join('');
  const gap = (): void => {
    if (made.length > 0 && made.at(-1) !== '') made.push('');
  };
  const add = (text: string): void => {
    made.push(...hanging(text, mark, mark === '' ? indent(lists.length) : indent(), width));
    mark = '';
  };
  const tokens = markdownTokens(markdown);
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index] as Token;
    switch (token.type) {
      case 'bullet_list_open':
      case 'ordered_list_open':
        if (lists.length === 0) gap();
        lists.push({ ordered: token.type === 'ordered_list_open', next: Number(token.attrGet('start') ?? 1), width: 0 });
        break;
      case 'bullet_list_close':
      case 'ordered_list_close':
        lists.pop();
        break;
      case 'list_item_open': {
        const list = lists.at(-1);
        // No dash: a signature in clear would have to write a second one before it.
        if (!list) break;
        mark = list.ordered ? `${list.next++}. ` : '* ';
        list.width = mark.length;
        break;
      }
      case 'blockquote_open':
        quoted += 1;
        break;
      case 'blockquote_close':
        quoted -= 1;
        break;
      case 'paragraph_open':
      case 'heading_open':
        if (!token.hidden) gap();
        break;
      case 'inline':
        add(inlineText(token.children ?? []));
        break;
      case 'fence':
      case 'code_block':
        gap();
        // Code is not broken: what is copied from here must work.
        made.push(...token.content.trimEnd().split('\n').map((line) => `${indent(lists.length)}    ${line}`.trimEnd()));
        break;
      case 'table_open': {
        gap();
        const end = tokens.findIndex(({ type }, place) => place > index && type === 'table_close');
        made.push(...tableLines(tokens.slice(index, end), indent(lists.length), width));
        index = end;
        break;
      }
      case 'hr':
        gap();
        break;
    }
  }
  return made.join('\n').trimEnd();
}
