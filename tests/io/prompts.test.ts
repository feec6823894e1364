import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { prompts } from '../../src/io/prompts.ts';

const away = (yes = false): ReturnType<typeof prompts> =>
  prompts({ yes, json: false, stdin: { isTTY: false } as unknown as NodeJS.ReadStream, stderr: { isTTY: false } as unknown as NodeJS.WriteStream });

describe('without a terminal', () => {
  it('names the flag that would have answered', async () => {
    await expect(away().text({ flag: '--title', message: 'Title of the \u001b[31mcase' })).rejects.toMatchObject({
      exitCode: 2,
      message: '--title is missing (Title of the \\x1b[31mcase)',
      hint: expect.stringContaining('--title') as string,
    });
    await expect(away().select({ flag: '--route', message: 'Route', choices: [{ value: 'direct', name: 'direct' }] })).rejects.toMatchObject({ exitCode: 2 });
    await expect(away().several({ flag: '--flag', message: 'Flags', choices: [] })).rejects.toMatchObject({ exitCode: 2 });
    await expect(away().secret({ flag: 'VCC_PASSPHRASE', message: 'Passphrase' })).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('set VCC_PASSPHRASE') as string });
  });

  it('takes a default, and leaves out what may be left out', async () => {
    expect(await away().text({ flag: '--title', message: 'Title', default: 'as it was' })).toBe('as it was');
    expect(await away().text({ flag: '--title', message: 'Title', optional: true })).toBe('');
    expect(await away().select({ flag: '--route', message: 'Route', choices: [], default: 'direct' })).toBe('direct');
  });

  it('confirms nothing by itself', async () => {
    await expect(away().confirm('Publish?')).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining('--yes') as string });
    expect(await away(true).confirm('Publish?')).toBe(true);
  });

  it('is not interactive', () => {
    expect(away().interactive).toBe(false);
  });
});

it('keeps every line of a paste where several fit, and asks again where one does', async () => {
  const typed = new PassThrough();
  const shown = new PassThrough();
  let screen = '';
  shown.on('data', (chunk: Buffer) => {
    screen += chunk.toString();
  });
  const ask = prompts({
    yes: false,
    json: false,
    stdin: Object.assign(typed, { isTTY: true, setRawMode: () => typed }) as unknown as NodeJS.ReadStream,
    stderr: Object.assign(shown, { isTTY: true, columns: 80, end: () => shown }) as unknown as NodeJS.WriteStream,
  });
  const seen = async (text: string): Promise<void> => {
    await expect.poll(() => screen, { timeout: 20_000 }).toContain(text);
    screen = '';
  };
  const poc = ask.text({ flag: '--poc', message: 'Steps', lines: true });
  await seen('Steps');
  typed.write('connect\r  send it\r\rlook\r');
  expect(await poc).toBe('connect\n  send it\n\nlook');
  const day = ask.text({ flag: '--day', message: 'Day' });
  await seen('Day');
  typed.write('2014-06-06\rand more');
  await seen('2 were pasted');
  typed.write('2014-06-07\r');
  expect(await day).toBe('2014-06-07');
});
