import { expect, test } from 'vitest';
import { marksOf } from '../src/domain/marks.ts';
import type { Plan } from '../src/domain/plan.ts';
import { leaksInPublic, refuseLeaks } from '../src/outgoing-guard.ts';
import { CASE_MD, FOLDER, smallRepository, treeOf } from './support/case-tree.ts';

const SALT = '0123456789abcdef'.repeat(4);
const guard = (name: string): string => `schemaVersion: 1\nsalt: "${SALT}"\nmarks:\n  name:\n    - ${marksOf(SALT, [name])[0] ?? ''}\n`;
const OTHER = 'cases/2014/12345678';
const FOLDERS = [{ number: '61247051', folder: FOLDER }, { number: '12345678', folder: OTHER }];
const commit = (subject: string): Plan['commit'] => ({ subject, body: '', trailers: [['Case', '61247051']] });

function leak(publication: string, { credited = false, subject = 'publish' } = {}): string | undefined {
  const tree = treeOf({
    ...smallRepository(),
    [`${FOLDER}/case.md`]: credited ? CASE_MD.replace('language: ja\n', 'language: ja\nwishes:\n  publicCredit: true\n') : CASE_MD,
    [`${FOLDER}/sealed/reporter.guard.yaml`]: guard('taro yamada'),
    [`${OTHER}/case.md`]: CASE_MD.replaceAll('61247051', '12345678'),
    [`${OTHER}/sealed/reporter.guard.yaml`]: guard('taro yamada'),
    [`${OTHER}/sealed/report.guard.yaml`]: guard('suzuki jiro'),
  });
  const plan: Plan = { summary: '', writes: [], seals: [], messages: [], commit: commit(subject), publication: { files: [{ path: '2014/61247051/en.html', text: publication }], commit: commit('JVN#61247051: publish') }, notices: [], next: [] };
  try {
    refuseLeaks(tree, plan, FOLDERS);
    return undefined;
  } catch (problem) {
    return (problem as Error).message;
  }
}

test('a public file names nobody of its own case, nor of another one', () => {
  expect(leak('<p>The reporter is thanked.</p>')).toBeUndefined();
  expect(leak('<p>Found by Taro <b>Yamada</b></p>')).toContain('2014/61247051/en.html gives the name of the reporter');
  expect(leak('<p>As Jiro Suzuki: no, as Suzuki Jiro says</p>')).toContain('en.html gives the name of the reporter of another case');
});

test('who is credited here may be unknown elsewhere, and stays so', () => {
  expect(leak('<p>Found by Taro Yamada</p>', { credited: true })).toBeUndefined();
  expect(leak('<p>Found by Taro Yamada, not by Suzuki Jiro</p>', { credited: true })).toContain('of another case');
});

test('agreed words count in whichever language the text is, and however many of them stand in it', () => {
  const folder = 'cases/2014/12345678';
  const credit = [...marksOf(SALT, ['小 川 紗 良', 'ogawa sara'])].map((mark) => `    - ${mark}\n`).join('');
  const tree = treeOf({
    ...smallRepository(),
    [`${FOLDER}/case.md`]: CASE_MD.replace('language: ja\n', 'language: ja\nwishes:\n  publicCredit: true\n'),
    [`${FOLDER}/sealed/reporter.guard.yaml`]: `schemaVersion: 1\nsalt: "${SALT}"\nmarks:\n  credit:\n${credit}`,
    [`${folder}/case.md`]: CASE_MD.replaceAll('61247051', '12345678'),
    [`${folder}/sealed/reporter.guard.yaml`]: guard('ogawa sara'),
  });
  const leaks = (text: string) => leaksInPublic(tree, [...FOLDERS], [{ where: 'ja.html', text, owner: '61247051' }]).map(({ what }) => what);
  expect(leaks('小川紗良 (Ogawa Sara) 氏が報告しました。')).toEqual([]);
  expect(leaks('ほかの人が報告しました。Ogawa Sara')).toEqual([]);
  // To a list, every case is another one.
  expect(leaksInPublic(tree, [...FOLDERS], [{ where: 'index.html', text: 'Ogawa Sara', owner: undefined }]).map(({ what }) => what)).toContain('the name of the reporter of another case');
});

test('a name within the words that somebody agreed to may be that of an unknown reporter elsewhere', () => {
  const tree = treeOf({
    ...smallRepository(),
    [`${FOLDER}/case.md`]: CASE_MD.replace('language: ja\n', 'language: ja\nwishes:\n  publicCredit: true\n'),
    [`${FOLDER}/sealed/reporter.guard.yaml`]: guard('ogawa sara of rakuchi').replace('  name:', '  credit:'),
    [`${OTHER}/case.md`]: CASE_MD.replaceAll('61247051', '12345678'),
    [`${OTHER}/sealed/reporter.guard.yaml`]: guard('ogawa sara'),
  });
  const leaks = (text: string) => leaksInPublic(tree, [...FOLDERS], [{ where: 'en.html', text, owner: '61247051' }]).map(({ what }) => what);
  expect(leaks('Ogawa Sara of Rakuchi reported this.')).toEqual([]);
  expect(leaks('Ogawa Sara reported this.')).toEqual(['the name of the reporter of another case']);
});

test('a commit message is looked through, whichever command made it', () => {
  expect(leak('', { subject: '61247051: told by yamada taro' })).toBeUndefined();
  expect(leak('', { subject: '61247051: told by TARO YAMADA' })).toContain('the commit message gives the name');
});
