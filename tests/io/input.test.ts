import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { readInput } from '../../src/io/input.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vcc-input-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (path: string, stdin: Readable & { isTTY?: boolean } = Readable.from([])): ReturnType<typeof readInput> => readInput(folder, path, 1024, stdin);

it('reads a file from the folder the person is in', async () => {
  writeFileSync(join(folder, 'report.yaml'), 'a: 1\n');
  const { name, bytes } = await read('report.yaml');
  expect({ name, text: Buffer.from(bytes).toString() }).toEqual({ name: 'report.yaml', text: 'a: 1\n' });
});

it('reads standard input', async () => {
  expect(Buffer.from((await read('-', Readable.from([Buffer.from('a'), Buffer.from('b')]))).bytes).toString()).toBe('ab');
});

it('does not wait at a terminal for standard input', async () => {
  await expect(read('-', Object.assign(Readable.from([]), { isTTY: true }))).rejects.toMatchObject({ exitCode: 2 });
});

it('stops at the limit, even of what has no end', async () => {
  await expect(read('/dev/zero')).rejects.toMatchObject({ code: 'too-large' });
  writeFileSync(join(folder, 'exact'), 'x'.repeat(1024));
  expect((await read('exact')).bytes).toHaveLength(1024);
});

it('says what cannot be read', async () => {
  await expect(read('absent.yaml')).rejects.toMatchObject({ code: 'cannot-read', exitCode: 2, message: expect.stringContaining('absent.yaml') as string });
  await expect(read('.')).rejects.toMatchObject({ code: 'cannot-read', exitCode: 2, message: expect.stringContaining('folder') as string });
});

it('takes ~/ for the home folder, as a shell would have', async () => {
  writeFileSync(join(folder, 'key.asc'), 'key');
  vi.stubEnv('HOME', folder);
  const { name, bytes } = await readInput('/', '~/key.asc', 1024, Readable.from([]));
  vi.unstubAllEnvs();
  expect([name, Buffer.from(bytes).toString()]).toEqual(['~/key.asc', 'key']);
});

it('speaks of standard input only where something can come from it', async () => {
  await expect(read('absent.yaml')).rejects.toMatchObject({ hint: 'Give the name of an existing file, or - for standard input.' });
  await expect(read('absent.yaml', Object.assign(Readable.from([]), { isTTY: true }))).rejects.toMatchObject({ hint: 'Give the name of an existing file.' });
});
