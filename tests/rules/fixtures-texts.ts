import type { Fixture } from './fixture.ts';
import { advisory, at, CASE, edit, log, type Files } from './right-repository.ts';

const FOLDER = 'cases/2014/61247051';
const EN = `${FOLDER}/advisory.en.md`;
const JA = `${FOLDER}/advisory.ja.md`;

/** Both texts of the case, with one change each. */
function texts(files: Files, en: readonly [from: string, to: string] = ['Text.', 'Text.'], ja: readonly [from: string, to: string] = ['Text.', 'Text.']): void {
  files[EN] = advisory('en').replace(...en);
  files[JA] = advisory('ja').replace(...ja);
}

const assigned = (files: Files): void => void log(files, { event: 'cve-assigned', at: at('05'), by: 'sato', cve: 'CVE-2014-0224', assigner: 'redhat' });

/** Rules about texts and facts that part. */
export const TEXTS: Readonly<Record<string, Fixture>> = {
  'advisory-versions': {
    good(files) {
      texts(files, ['1.0.1g and', '1.0.1g, 1.0.1h or'], ['1.0.1g', '１．０．１ｇ、1.0.1h ']);
      log(files, { event: 'fix-available', at: at('05'), by: 'sato', remediation: 'fix', versions: ['1.0.1h'] });
    },
    bad: (files) => texts(files, ['1.0.1g', '1.0.1h'], ['1.0.1g', '0.9.8y']),
    finds: [[`${EN}:13:1`, 'leaves out what case.md has: OpenSSL 1.0.1g and earlier'], [`${EN}:13:9`, '1.0.1h stands here'], [`${JA}:13:1`, 'leaves out'], [`${JA}:13:9`, '0.9.8y stands here']],
  },
  'advisory-names': {
    good: (files) => texts(files, ['OpenSSL 1.0.1g', 'ＯｐｅｎＳＳＬ 1.0.1g']),
    bad: (files) => texts(files, ['OpenSSL 1.0.1g', 'The library 1.0.1g']),
    finds: [[`${EN}:9:1`, 'the developer OpenSSL Project'], [`${EN}:13:1`, 'the product OpenSSL']],
  },
  'advisory-cve': {
    good(files) {
      assigned(files);
      texts(files, ['Text.', 'This is CVE-2014-0224.'], ['Text.', 'CVE-2014-0224 です。']);
    },
    bad(files) {
      assigned(files);
      texts(files, ['Text.', 'This is CVE-2014-0242.'], ['Text.', 'これは CVE-2014-0242 です。']);
    },
    finds: [[`${EN}:9:9`, 'CVE-2014-0242 is no CVE id of the case, and CVE-2014-0224 stands nowhere'], [`${JA}:9:5`, 'CVE-2014-0242']],
  },
  'advisory-scores': {
    good(files) {
      edit(files, CASE, 'products:', 'cvss:\n  - version: "2.0"\n    vector: AV:N/AC:H/Au:N/C:P/I:P/A:P\n    score: 5.1\nweaknesses:\n  - CWE-325\nproducts:');
      texts(files, ['Text.', 'CWE-325, AV:N/AC:H/Au:N/C:P/I:P/A:P (5.1)'], ['Text.', 'AV:N/AC:H/Au:N/C:P/I:P/A:P 基本値 5.1']);
    },
    bad(files) {
      edit(files, CASE, 'products:', 'cvss:\n  - version: "2.0"\n    vector: AV:N/AC:H/Au:N/C:P/I:P/A:P\n    score: 5.1\nweaknesses:\n  - CWE-325\nproducts:');
      texts(files, ['Text.', 'CWE-326, AV:N/AC:H/Au:N/C:P/I:P/A:P (5.0)'], ['Text.', 'AV:N/AC:L/Au:N/C:P/I:P/A:P']);
    },
    finds: [[`${EN}:9:1`, 'CWE-326 is none of the weaknesses in case.md, which has CWE-325'], [`${EN}:9:38`, '5.1, not 5.0'], [`${JA}:9:1`, 'does not have the vector']],
  },
  'advisory-translation': {
    good: (files) => texts(files, ['1.0.1g and', '1.0.1g（０．９．８ｙ）and'], ['1.0.1g', '1.0.1g (0.9.8y) ']),
    bad: (files) => texts(files, ['1.0.1g and earlier', '1.0.1g and 0.9.8y']),
    finds: [[`${EN}:13:1`, 'the two texts differ in affected versions: 0.9.8y in English alone']],
  },
  'advisory-language': {
    good: (files) => texts(files, ['Text.', 'The switch (「設定」) of it.'], ['Text.', 'OpenSSL の Change Cipher Spec メッセージの処理に問題があります。']),
    bad: (files) => texts(files, ['Text.', 'The 設定 of it.'], ['Text.', 'This sentence was never translated at all.']),
    finds: [[`${EN}:9:5`, 'Japanese on the English page: 設定'], [`${JA}:9:1`, 'overview is still in English']],
  },
};
