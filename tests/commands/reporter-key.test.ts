import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { notify } from '../../src/commands/notify.ts';
import { record } from '../../src/commands/record.ts';
import { reporterKey, type ReporterKeyOptions } from '../../src/commands/reporter-key.ts';
import { isError } from '../../src/domain/finding.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { aDesk, FOLDER, NUMBER, takeIn, typed, type Desk } from '../support/a-desk.ts';
import { testPerson, type TestPerson } from '../support/temp-repo.ts';

let first: Desk;
let desk: Desk;
let newer: TestPerson;
beforeAll(async () => {
  [first, newer] = await Promise.all([aDesk(), testPerson('finder-anew')]);
});
afterAll(() => first.dispose());
beforeEach(() => (desk = first.copy()));
afterEach(() => desk.dispose());

const NOW = '2014-05-02T10:00';
const give = (person: TestPerson, more: Partial<ReporterKeyOptions> = {}) => typed(desk, reporterKey, { file: desk.file('key.asc', person.publicKey), reporter: NUMBER, ...more }, NOW);
const write = (now = '2014-05-03T10:00') => typed(desk, notify, { case: NUMBER, reporter: true, purpose: 'progress', text: 'The vendor has answered.' }, now);
const lastMail = (): string => desk.outbox().at(-1) ?? 'none';

describe('vcc key import --reporter', () => {
  it('keeps the key sealed, and letters go encrypted to it from then on; nothing in clear tells whose it is', async () => {
    await takeIn(desk, {}, {}, false);
    await expect(write()).rejects.toMatchObject({ hint: expect.stringContaining(`vcc key import FILE --reporter ${NUMBER}`) as string });
    const { code, printed } = await give(desk.finder);
    expect(code).toBe(0);
    const [, part = 'none'] = /sealed: (reporter-key-[0-9a-f]{8})/.exec(desk.entry('reporter-key')) ?? [];
    expect(desk.git('ls-files', FOLDER)).toContain(`sealed/${part}.asc`);
    for (const secret of [desk.finder.key, desk.finder.key.slice(-16), 'Yamada', 'finder.example']) expect(desk.readable() + printed, secret).not.toContain(secret);
    await expect(give(desk.finder)).rejects.toMatchObject({ code: 'known-already' });
    await write();
    expect(await desk.opened(lastMail(), desk.finder)).toContain('The vendor has answered.');
    expect(lintRepository(workTree(desk.root), { now: parseInstant('2014-05-03T10:00:00+09:00') }).filter(isError)).toEqual([]);
  });

  it('takes another key than before only with its fingerprint; the last one counts, until it is corrected', async () => {
    await takeIn(desk);
    const head = desk.git('rev-parse', 'HEAD');
    await expect(give(newer)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--fingerprint') as string });
    await expect(give(newer, { fingerprint: desk.finder.key })).rejects.toMatchObject({ exitCode: 2 });
    expect(desk.untouchedSince(head, 1)).toBe(true);
    const { printed } = await give(newer, { fingerprint: newer.key });
    expect(printed + desk.readable()).not.toContain(desk.finder.key);
    await write();
    expect(await desk.opened(lastMail(), newer)).toContain('The vendor has answered.');
    const name = desk.log().find((each) => each.includes('-reporter-key-')) ?? 'none';
    await typed(desk, record, { case: NUMBER, event: 'corrected', flags: { entry: name, reason: 'It was the key of another.' } }, '2014-05-03T11:00');
    await write('2014-05-03T12:00');
    expect(await desk.opened(lastMail(), desk.finder)).toContain('The vendor has answered.');
  });

  it('says in which case there is nobody to have a key, and refuses one that is of no use', async () => {
    await takeIn(desk, { reporter: undefined }, {}, false);
    const expired = await testPerson('expired', { lifetime: 3600 });
    await expect(give(expired)).rejects.toMatchObject({ code: 'key-unusable' });
    await expect(give(newer, { vendor: 'acme' })).rejects.toMatchObject({ exitCode: 2 });
  });
});
