import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { draft, type DraftOptions } from '../../src/commands/draft.ts';
import { accept, aDesk, coordinate, FOLDER, happened, NUMBER, REPORT, takeIn, typed, type Desk } from '../support/a-desk.ts';

let ready: Desk;
let desk: Desk;
beforeAll(async () => {
  ready = await aDesk();
  await coordinate(ready);
});
afterAll(() => ready.dispose());
beforeEach(() => {
  desk = ready.copy();
});
afterEach(() => {
  desk.dispose();
  vi.unstubAllEnvs();
});

const run = (options: Partial<DraftOptions> = {}, how: Parameters<typeof typed>[4] = {}, on = desk) => typed(on, draft, { case: NUMBER, ...options }, '2014-05-20T10:00', how);
const text = (language: 'en' | 'ja', of = desk): string => of.read(`${FOLDER}/advisory.${language}.md`);

describe('vcc draft', () => {
  it('brings what triage drafted up to date, in one commit without an entry', async () => {
    expect(text('en')).toContain('Example Router 1.2.3 and earlier');
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix', versions: ['1.2.4'] }, '2014-05-19T10:00');
    const entries = desk.log().length;
    const { code, printed } = await run();
    expect(code).toBe(0);
    expect(text('en')).toMatch(/\*\*Update the software\*\*[\s\S]*- 1\.2\.4/);
    expect(text('ja')).toContain('最新版へアップデートしてください。');
    expect(desk.head()).toMatchObject({ subject: `${NUMBER}: draft the advisory` });
    expect(desk.log()).toHaveLength(entries);
    expect(printed).toMatch(/advisory\.en\.md:\d+ still to be written: draft/);
    expect(printed).toContain(`vcc preview ${NUMBER}`);
    await expect(run()).rejects.toMatchObject({ code: 'nothing-to-draft', exitCode: 1 });
  });

  it('writes one language alone, and nothing with --dry-run', async () => {
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-05-19T10:00');
    const head = desk.git('rev-parse', 'HEAD');
    const { envelopes } = await run({}, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', drafts: [{ written: ['solution', 'credit'], kept: [] }, { written: ['solution', 'credit'] }] }]);
    expect(desk.untouchedSince(head, desk.outbox().length)).toBe(true);
    await run({ language: 'ja' });
    expect(text('en')).not.toContain('Update to the latest');
    expect(text('ja')).toContain('最新版へ');
  });

  it('keeps what a person wrote, and says so', async () => {
    desk.write(`${FOLDER}/advisory.en.md`, text('en').replace(/## Solution[\s\S]*?(?=## |$)/, '## Solution\n\nAsk Acme.\n'));
    desk.commit('Write');
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-05-19T10:00');
    const { printed } = await run();
    expect(text('en')).toContain('Ask Acme.');
    expect(printed).toContain('a person wrote solution, which stayed as it is');
    await run({ redo: ['solution'] });
    expect(text('en')).not.toContain('Ask Acme.');
    await expect(run({ redo: ['conclusion'] })).rejects.toMatchObject({ exitCode: 2 });
    await expect(run({ language: 'fr' })).rejects.toMatchObject({ exitCode: 2, hint: 'One of: en, ja, both' });
  });

  it('writes over nothing that is not committed', async () => {
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-05-19T10:00');
    const mine = `${text('en')}\nMore.\n`;
    desk.write(`${FOLDER}/advisory.en.md`, mine);
    await expect(run()).rejects.toMatchObject({ code: 'uncommitted' });
    expect(text('en')).toBe(mine);
  });

  it('names nobody without consent, and nothing that is sealed', async () => {
    await happened(desk, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-05-19T10:00');
    await run();
    for (const secret of [REPORT.reporter.name, REPORT.reporter.email, REPORT.reporter.organisation, REPORT.poc, REPORT.impact]) expect(text('en') + text('ja')).not.toContain(secret);
    expect(text('en')).not.toContain('## Credit');
  });

  it('names who agreed to it, and leaves a gap where nobody can open the identity', async () => {
    const credited = await aDesk();
    try {
      await takeIn(credited, { reporter: { wishes: { publicCredit: true }, credit: { en: 'H. Yamada' } } });
      await accept(credited);
      expect(text('en', credited)).toMatch(/## Credit\n\n<!-- GAP: as the reporter wishes/);
      const own = credited.copy();
      await run({}, {}, own);
      expect(text('en', own)).toMatch(/H\. Yamada reported this vulnerability to/);
      expect(text('ja', own)).toContain('報告者：H. Yamada 氏');
      expect(text('en', own) + text('ja', own)).not.toContain(REPORT.reporter.email);
      own.dispose();
      vi.stubEnv('VCC_KEY_FILE', credited.file('no-key.asc', 'nothing'));
      await happened(credited, 'fix-available', { vendor: 'acme', remediation: 'fix' }, '2014-05-19T10:00').catch(() => undefined);
      const { printed } = await run({}, {}, credited);
      expect(text('en', credited)).toContain('sealed/reporter.asc could not be opened here');
      expect(printed).toContain('could not be opened');
    } finally {
      credited.dispose();
    }
  });
});
