import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { preview, type PreviewOptions } from '../../src/commands/preview.ts';
import { publish } from '../../src/commands/publish.ts';
import type { Environment } from '../../src/environment.ts';
import { startLocalServer } from '../../src/io/local-server.ts';
import { aDesk, coordinate, FOLDER, NUMBER, PUBLISH_AT, readyToPublish, REPORT, typed, type Desk } from '../support/a-desk.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let ready: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  ready = await aDesk();
  await coordinate(ready);
  await readyToPublish(ready);
});
afterAll(() => ready.dispose());
beforeEach(() => {
  desk = ready.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const PAGE = `2014/${NUMBER}/en.html`;
const TEXT = `${FOLDER}/advisory.en.md`;

/** Runs the command with a person who looks and then presses Ctrl-C. */
async function looking(look: (get: (path: string) => Promise<{ readonly status: number; readonly text: string; readonly type: string | null }>) => Promise<void>, now = '2014-06-03T10:00:00+09:00'): Promise<{ readonly code: number; readonly printed: string }> {
  const typing = typingEnvironment(desk.root, { now });
  const serve: Environment['serve'] = async (answer, { port, ready: tell }) => {
    const server = await startLocalServer(answer, port);
    try {
      tell(server);
      await look(async (path) => {
        const response = await fetch(new URL(path, server.url));
        return { status: response.status, text: await response.text(), type: response.headers.get('content-type') };
      });
    } finally {
      await server.close();
    }
  };
  const code = await preview({ ...typing.env, serve }, { case: NUMBER });
  return { code, printed: [...typing.stdout, ...typing.stderr].join('\n') };
}
const run = (options: Partial<PreviewOptions>, how: Parameters<typeof typed>[4] = {}) => typed(desk, preview, { case: NUMBER, ...options }, '2014-06-03T10:00', how);

describe('vcc preview', () => {
  it('shows a gap where it stands, and a section that is nothing but a gap', async () => {
    const solution = /## Solution\n\n[\s\S]*?(?=\n## |$)/;
    desk.write(TEXT, desk.read(TEXT).replace(solution, '## Solution\n\n<!-- GAP: what users <can> do -->\n').replace('## Impact\n\n', '## Impact\n\nContains a <!-- GAP: which kind --> flaw. '));
    expect((await run({ print: 'en.html' })).printed).toMatch(/Contains a <strong>\[GAP: which kind\]<\/strong> flaw\.[\s\S]*<strong>\[GAP: what users &lt;can&gt; do\]<\/strong>/);
    const text = (await run({ print: 'advisory.en.txt' })).printed;
    expect(text).toContain('[GAP: which kind]');
  });

  it('shows the pages at the agreed minute, below a frame that says what they are, and writes nothing', async () => {
    const mails = desk.outbox().length;
    const { code, printed } = await looking(async (get) => {
      const index = await get('');
      expect(index.text).toContain(PAGE);
      const page = await get(PAGE);
      expect(page.status).toBe(200);
      expect(page.text).toContain('PREVIEW, NOT PUBLISHED');
      expect(page.text).toContain('2014-06-06');
      expect(await get('style.css')).toMatchObject({ status: 200, type: 'text/css; charset=utf-8' });
      expect(await get('_preview.css')).toMatchObject({ status: 200, type: 'text/css; charset=utf-8' });
      expect(await get(`2014/${NUMBER}/advisory.ja.md`)).toMatchObject({ status: 200, type: 'text/plain; charset=utf-8' });
      for (const path of ['vcc.yaml', '..%2fvcc.yaml', `${FOLDER}/case.md`, '__proto__', 'constructor']) expect((await get(path)).status).toBe(404);
      for (const { text } of [index, page]) for (const secret of [REPORT.reporter.name, REPORT.reporter.email, REPORT.poc]) expect(text).not.toContain(secret);
    });
    expect(code).toBe(0);
    expect(printed).toMatch(/http:\/\/127\.0\.0\.1:(\d+)\/[0-9a-f]{32}\/[\s\S]*ssh -L \1:127\.0\.0\.1:\1 HOST/);
    expect(desk.untouchedSince(head, mails)).toBe(true);
  });

  it('is, but for the frame, what is published', async () => {
    const { stdout } = await run({ print: PAGE });
    await typed(desk, publish, { case: NUMBER }, PUBLISH_AT);
    const published = desk.read(`../public/${PAGE}`);
    expect(`${stdout.join('')}\n`).toBe(published);
    expect(published).not.toContain('PREVIEW');
    await looking(async (get) => {
      const { text } = await get(PAGE);
      expect(text.replace(/<link rel="stylesheet" href="[^"]*_preview\.css">\n/, '').replace(/\n<p class="vcc-preview">.*<\/p>\n/, '')).toBe(published);
    }, '2014-06-07T10:00:00+09:00');
  });

  it('follows each save, shows what is broken and goes on', async () => {
    await looking(async (get) => {
      const before = desk.read(TEXT);
      desk.write(TEXT, `${before}\n## Other Information\n\nOne more <script>line</script>.\n`);
      expect((await get(PAGE)).text).toContain('One more &lt;script&gt;line');
      desk.write(TEXT, before.replace('title:', 'titel:'));
      const broken = await get(PAGE);
      expect(broken.status).toBe(500);
      expect(broken.text).toContain(`${TEXT}:`);
      expect(broken.text).toContain('reload');
      desk.write(TEXT, `${before}\n[x](javascript:alert(1))\n`);
      expect((await get(PAGE)).text).toContain('a link leads to');
      desk.write(TEXT, before.replace('Update the router to 1.2.4.', '<!-- GAP: what -->').replace('Update the router to 1.2.4.', 'Versions prior to 1.9.9 are affected.'));
      const { text } = await get('');
      expect(text).toContain('advisory-gap');
      expect(text).toContain('1.9.9 stands here as an affected version');
      desk.write(TEXT, before);
      expect((await get(PAGE)).status).toBe(200);
    });
  });

  it('prints one file, or all of them with --json', async () => {
    expect((await run({ print: 'advisory.ja.md' })).stdout.join('\n')).toContain(`# ${REPORT.title.ja}`);
    await expect(run({ print: 'fr.html' })).rejects.toMatchObject({ exitCode: 2, hint: expect.stringContaining(PAGE) as string });
    const { envelopes } = await run({}, { json: true });
    expect(envelopes).toMatchObject([{ kind: 'preview', case: NUMBER, files: expect.arrayContaining([expect.objectContaining({ path: PAGE })]) as unknown, findings: [] }]);
    for (const port of ['x', '70000', '-1']) await expect(run({ port })).rejects.toMatchObject({ exitCode: 2 });
  });
});
