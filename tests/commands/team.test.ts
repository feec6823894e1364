import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { teamAdd, teamList } from '../../src/commands/team.ts';
import { tempRepository, testPerson, type TempRepository, type TestPerson } from '../support/temp-repo.ts';
import { typingEnvironment } from '../support/typing-environment.ts';

let repository: TempRepository;
let person: TestPerson;
let file: string;
beforeEach(async () => {
  repository = await tempRepository();
  person = await testPerson('jiro');
  file = join(repository.folder, 'jiro.asc');
  writeFileSync(file, person.publicKey);
  // As vcc init writes it, with a word of the office.
  const [hanako] = repository.team;
  if (!hanako) throw new Error('no hanako');
  repository.write('vcc.yaml', `schemaVersion: 1\norganisation:\n  name:\n    en: Example Centre\n  email: vuls@centre.example\ntimezone: Asia/Tokyo\nseries:\n  partnership: JVN\n  direct: JVNVU\n# By seniority.\nteam:\n  - slug: hanako # on leave in May\n    name: Hanako\n    email: hanako@centre.example\n    key: ${hanako.key}\n`);
  repository.commit('team of one');
});
afterEach(() => repository.dispose());

describe('vcc team', () => {
  it('adds a coordinator with the key in one commit, and keeps comments', async () => {
    const { env, stderr } = typingEnvironment(repository.root);
    expect(await teamAdd(env, { person: 'Jiro <jiro@centre.example>', key: file })).toBe(0);
    expect(repository.git('show', '--name-only', '--format=%s', 'HEAD').trim().split('\n')).toEqual(['team: add jiro', '', `keys/${person.key}.asc`, 'vcc.yaml']);
    const text = repository.read('vcc.yaml');
    expect(text).toContain('# By seniority.');
    expect(text).toContain('# on leave in May');
    expect(text).toMatch(new RegExp(`  - slug: jiro\\n    name: Jiro\\n    email: jiro@centre.example\\n    key: "?${person.key}"?\\n$`));
    const said = stderr.join('\n');
    expect(said).toContain('git push');
    const list = typingEnvironment(repository.root);
    expect(await teamList(list.env)).toBe(0);
    expect(list.stdout.join('\n')).toMatch(/^hanako .*\n^jiro +Jiro +jiro@centre\.example +no end$/m);
  });

  it('asks for what is missing', async () => {
    const { env, asked } = typingEnvironment(repository.root, { answers: { PERSON: 'j: Jiro <jiro@centre.example>', '--key': file } });
    expect(await teamAdd(env, {})).toBe(0);
    expect(asked).toEqual(['PERSON', '--key']);
    expect(repository.read('vcc.yaml')).toContain('- slug: j\n');
  });

  it.each<[string, { person: string; key?: string }, object]>([
    ['somebody who is in it', { person: 'Hanako <hanako@centre.example>' }, { code: 'in-team-already' }],
    ['a short name that is taken', { person: 'Hanako Two <hanako@elsewhere.example>' }, { code: 'in-team-already', hint: expect.stringContaining('short name of its own') as string }],
    ['what is no person', { person: 'Jiro' }, { exitCode: 2 }],
    ['a key that is missing', { person: 'Jiro <jiro@centre.example>' }, { exitCode: 2, message: expect.stringContaining('--key') as string }],
    ["another member's key", { person: 'Jiro <jiro@centre.example>', key: 'hanako.asc' }, { exitCode: 2 }],
  ])('refuses %s, and writes nothing', async (_what, { person: who, key }, problem) => {
    writeFileSync(join(repository.folder, 'hanako.asc'), repository.team[0]?.publicKey ?? '');
    const head = repository.git('rev-parse', 'HEAD');
    const { env } = typingEnvironment(repository.root);
    await expect(teamAdd(env, { person: who, ...(key === undefined ? {} : { key: join(repository.folder, key) }) })).rejects.toMatchObject(problem);
    expect([repository.git('rev-parse', 'HEAD'), repository.git('status', '--porcelain')]).toEqual([head, '']);
  });

  it('says that a team of one cannot publish', async () => {
    const { env, stderr } = typingEnvironment(repository.root);
    await teamList(env);
    expect(stderr.join('\n')).toContain('vcc team add');
  });
});
