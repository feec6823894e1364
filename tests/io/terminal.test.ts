import { spawn } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, it } from 'vitest';
import { harmless, terminal } from '../../src/io/terminal.ts';

/** A stream that keeps what was written. */
function kept(): { stream: NodeJS.WriteStream; text: () => string } {
  const stream = new PassThrough();
  return { stream: stream as unknown as NodeJS.WriteStream, text: () => String((stream.read() as Buffer | null) ?? '') };
}

function both(json = false): { out: ReturnType<typeof terminal>; stdout: () => string; stderr: () => string } {
  const stdout = kept();
  const stderr = kept();
  return { out: terminal({ stdout: stdout.stream, stderr: stderr.stream }, { json }), stdout: stdout.text, stderr: stderr.text };
}

it('keeps data and talk apart', () => {
  const { out, stdout, stderr } = both();
  out.print('data');
  out.say('talk\n');
  expect([stdout(), stderr()]).toEqual(['data\n', 'talk\n']);
});

it.each([
  ['a title of the window', '\u001b]0;owned\u0007'],
  ['a cursor move', '\u001b[2J\u001b[1;1H'],
  ['concealed text', '\u001b[8msecret'],
  ['a C1 control', '\u009b31m'],
  ['a carriage return', 'safe\rgone'],
  ['a change of direction', 'abc\u202edef'],
])('makes %s visible, with colour and without', (_, text) => {
  for (const colour of [true, false]) {
    const shown = harmless(`<${text}>`, colour);
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    expect(shown).toContain('\\');
  }
});

it('keeps its own colours on a terminal, and drops them elsewhere', () => {
  const text = '\u001b[31m\u001b[1moverdue\u001b[22m\u001b[39m';
  expect(harmless(text, true)).toBe(text);
  expect(harmless(text, false)).toBe('overdue');
});

it('writes the envelope as JSON that is safe to look at', () => {
  const { out, stdout } = both(true);
  out.envelope('list', { title: '\u202e\u009b\u001b日本 \u{e0041}' });
  const text = stdout();
  expect(JSON.parse(text)).toEqual({ schemaVersion: 1, kind: 'list', title: '\u202e\u009b\u001b日本 \u{e0041}' });
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|\u{e0041}/u);
});

it('writes no envelope that nobody asked for', () => {
  const { out, stdout } = both(false);
  out.envelope('list', {});
  expect(stdout()).toBe('');
});

it('takes a reader that has gone for no failure', async () => {
  const entry = fileURLToPath(new URL('../../src/io/terminal.ts', import.meta.url));
  const built = await build({ entryPoints: [entry], bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'error' });
  const script = `${built.outputFiles[0]?.text ?? ''}
const out = terminal({ stdout: process.stdout, stderr: process.stderr }, { json: false });
for (let line = 0; line < 20000; line += 1) out.print('a line of some length to fill the pipe');
`;
  const child = spawn('sh', ['-c', `{ '${process.execPath}' --input-type=module -; echo "exit $?" >&2; } | head -1`], { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stdin.end(script);
  await new Promise((resolve) => child.on('close', resolve));
  expect(said).toBe('exit 0\n');
});
