import { VccError } from '../domain/problem.ts';
import { beginsLikeMail } from './incoming-report.ts';
import { textOf } from './mail-encoding.ts';
import { bodyOf, parseMail, partsOf, withoutMboxLine } from './opened-mail.ts';

/** Control characters that no text has; ESC begins the letters of ISO-2022-JP. */
const BINARY = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/;

/** What a sealed part reads like: a mail decoded, other text as it is; undefined where it is no text, such as a screenshot. Still a stranger's words: see legible(). */
export async function partText(name: string, content: Uint8Array): Promise<string | undefined> {
  if (BINARY.test(Buffer.from(content).toString('latin1'))) return undefined;
  if (!beginsLikeMail(content)) return textOf(content);
  try {
    return await mailText(name, content);
  } catch (problem) {
    // One that is too deep, or several in one file, is kept as well: then it is shown as it is.
    if (!(problem instanceof VccError)) throw problem;
    return textOf(content);
  }
}

/** Whom a mail is from, its subject, its text, and the names of what is attached. What it forwards is read with it, one deep. */
async function mailText(name: string, bytes: Uint8Array, within = false): Promise<string> {
  const mail = await parseMail(name, withoutMboxLine(name, bytes));
  const parts = partsOf(mail);
  const forwarded = within ? [] : parts.filter(({ contentType }) => contentType === 'message/rfc822');
  const heading: readonly (readonly [string, string | undefined])[] = [
    ['From', mail.from?.address === undefined ? undefined : `${mail.from.name} <${mail.from.address}>`.trim()],
    ['Date', mail.date],
    ['Subject', mail.subject],
    ...parts.filter((part) => !forwarded.includes(part)).map(({ filename, contentType, content }) => ['Attached', `${filename === '' ? 'without a name' : filename} (${contentType}, ${content.length} octets)`] as const),
  ];
  const head = heading.flatMap(([label, value]) => (value === undefined || value === '' ? [] : [`${label}: ${value.replaceAll(/\s+/g, ' ')}`]));
  const inner = await Promise.all(forwarded.map(({ content }) => mailText(name, content, true)));
  return [head.join('\n'), bodyOf(mail).trim(), ...inner.map((text) => `--- a mail that it forwards:\n${text}`)].filter((part) => part !== '').join('\n\n');
}
