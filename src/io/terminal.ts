import { legible } from '../documents/legible.ts';
import { toFit } from '../documents/text-width.ts';
import type { Output } from '../environment.ts';
import { failedWith } from './failed-with.ts';
import type { Progress } from './in-parallel.ts';

export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/** Colours and weights that vcc itself uses. Concealed or blinking text, which only a stranger would send, is not among them. */
const OWN_STYLE = /(\u001b\[(?:0|1|2|3|4|7|22|23|24|27|3[0-7]|39|9[0-7])m)/;

/** JSON escapes the C0 controls; these others would still reach the terminal of whoever looks at the output. */
const UNESCAPED = /[\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

const watched = new WeakSet<NodeJS.WriteStream>();
/** Streams that take nothing any more. */
const left = new WeakSet<NodeJS.WriteStream>();
const refused: unknown[] = [];

/** `vcc list | head`: the reader has seen enough, and that is no failure. What a full disk refuses is one, told when the command has ended: it may be in the middle of a change. */
export function letReaderLeave(stream: NodeJS.WriteStream): void {
  if (watched.has(stream)) return;
  watched.add(stream);
  stream.on('error', (problem) => {
    if (!failedWith(problem, 'EPIPE')) refused.push(problem);
    left.add(stream);
  });
}

/** Why what was printed could not all be written, where it could not. */
export async function unwritten(): Promise<unknown> {
  // A stream tells of its failure in a turn of its own.
  await new Promise(setImmediate);
  return refused[0];
}

/** What the person sees: data on stdout, talk on stderr, neither with control characters of strangers. */
export function terminal(streams: Streams, options: { readonly json: boolean }): Output {
  const write = (stream: NodeJS.WriteStream): ((text: string) => void) => {
    letReaderLeave(stream);
    return (text) => {
      if (!left.has(stream)) stream.write(text.endsWith('\n') ? text : `${text}\n`);
    };
  };
  const toStdout = write(streams.stdout);
  const toStderr = write(streams.stderr);
  const styled = { stdout: !options.json && hasColour(streams.stdout), stderr: hasColour(streams.stderr) };
  return {
    json: options.json,
    colour: styled.stdout,
    width: streams.stdout.columns || 80,
    print: (text) => toStdout(fitting(streams.stdout, harmless(text, styled.stdout))),
    envelope(kind, content) {
      if (options.json) toStdout(jsonForTerminal({ schemaVersion: 1, kind, ...content }));
    },
    say: (text) => toStderr(fitting(streams.stderr, harmless(text, styled.stderr))),
  };
}

/** A line at the terminal that counts up while something takes its time, and is gone when it is done. Few things need none. */
export const progressLine =
  (stream: NodeJS.WriteStream, what: string): Progress =>
  (done, total) => {
    if (stream.isTTY && total > 10) stream.write(done < total ? `\r${what} ${done} of ${total}` : '\r\u001b[K');
  };

/** A person's terminal would break a line in the middle of a word; a script wants lines as they are. */
export const fitting = (stream: NodeJS.WriteStream, text: string): string => (stream.isTTY && stream.columns > 0 ? toFit(text, stream.columns) : text);

/** Colour only on a terminal that can show it, and not against the person's wish (https://no-color.org). */
function hasColour(stream: NodeJS.WriteStream): boolean {
  if ((process.env.NO_COLOR ?? '') !== '' || process.env.TERM === 'dumb') return false;
  return stream.isTTY;
}

/** The last net: formatters make a stranger's text legible before they colour it; whatever slips through is written out here. */
export function harmless(text: string, colour: boolean): string {
  if (!colour) return legible(text.replaceAll(new RegExp(OWN_STYLE, 'g'), ''));
  return text
    .split(OWN_STYLE)
    .map((part, index) => (index % 2 === 1 ? part : legible(part)))
    .join('');
}

/** JSON in which no character is left that a terminal would obey. */
export const jsonForTerminal = (value: object): string => JSON.stringify(value, null, 2).replace(UNESCAPED, escapeUnits);

const escapeUnits = (characters: string): string =>
  [...Array(characters.length).keys()].map((index) => `\\u${characters.charCodeAt(index).toString(16).padStart(4, '0')}`).join('');
