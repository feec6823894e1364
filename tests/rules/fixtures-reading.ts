import { foldLog } from '../../src/documents/folded-log.ts';
import type { Fixture } from './fixture.ts';
import { at, CASE, edit, log, remove, type Files } from './right-repository.ts';

const RECEIVED = 'cases/2014/61247051/log/20140501T010000Z-received-0f3a.md';

const FOLDED = 'cases/2014/61247051/log.md';

/** Puts the one entry of the case into log.md. */
function fold(files: Files): void {
  files[FOLDED] = foldLog('61247051', [{ name: RECEIVED.slice(RECEIVED.lastIndexOf('/') + 1), text: String(files[RECEIVED]) }]);
  remove(files, RECEIVED);
}

/** Rules whose findings come from reading files and from replaying the log. */
export const READING: Readonly<Record<string, Fixture>> = {
  'yaml-syntax': {
    good: (files) => edit(files, 'vendors/acme.yaml', 'en: Acme', 'en: "Acme: the company"'),
    bad: (files) => edit(files, 'vendors/acme.yaml', 'en: Acme', 'en: "Acme'),
    finds: [['vendors/acme.yaml:4:7', 'quote']],
  },
  'yaml-safety': {
    good: (files) => edit(files, 'vendors/acme.yaml', 'en: Acme', 'en: "Acme & Sons *"'),
    bad: (files) => edit(files, 'vendors/acme.yaml', 'en: Acme', 'en: &name Acme'),
    finds: [['vendors/acme.yaml:4:7', 'anchor']],
  },
  'front-matter-safety': {
    good: (files) => edit(files, CASE, 'A reporter told us in May.', '---js\n\nis not at the start of the file.'),
    bad: (files) => edit(files, CASE, '---\n# yaml', '---js\n# yaml'),
    finds: [[`${CASE}:1:1`, '---']],
  },
  'text-encoding': {
    good: (files) => edit(files, CASE, 'in May', '五月'),
    bad: (files) => edit(files, CASE, 'in May.', 'in \u202eMay.\rIn June.'),
    finds: [
      [`${CASE}:18:23`, 'U+202E'],
      [`${CASE}:18:28`, 'a carriage return stands in the line'],
    ],
  },
  'line-ends': {
    good: (files) => edit(files, CASE, 'in May.', 'in May, with the words CR LF.'),
    bad(files) {
      edit(files, CASE, 'in May.\n', 'in May.\r\n');
      files['vendors/acme.yaml'] = `\ufeff${String(files['vendors/acme.yaml']).replaceAll('\n', '\r\n')}`;
    },
    finds: [
      [`${CASE}:18:27`, 'CR LF'],
      ['vendors/acme.yaml:1:1', 'byte order mark'],
      ['vendors/acme.yaml:1:68', 'CR LF'],
    ],
  },
  schema: {
    good: (files) => edit(files, CASE, 'language: ja', 'language: pt-BR'),
    bad: (files) => edit(files, CASE, 'route: partnership', 'route: other'),
    finds: [[`${CASE}:6:1`, 'partnership']],
  },
  'log-entry-name': {
    good: (files) => void log(files, { event: 'note', at: '2014-05-02T01:00:00Z', by: 'sato' }),
    bad: (files) => edit(files, RECEIVED, 'T10:00:00+09:00', 'T11:00:00+09:00'),
    finds: [[`${RECEIVED}:1:1`, '20140501T020000Z-received-']],
  },
  'folded-log': {
    good: (files) => fold(files),
    bad(files) {
      fold(files);
      edit(files, FOLDED, '    By mail', 'By mail');
    },
    finds: [[`${FOLDED}:14:1`, 'belongs to no entry']],
  },
  'log-order': {
    good: (files) => void log(files, { event: 'note', at: at('01', '10:00:01'), by: 'sato' }),
    bad: (files) => void log(files, { event: 'note', at: at('01', '09:59:59'), by: 'sato' }),
    finds: [['cases/2014/61247051/log/20140501T005959Z-note-00aa.md:4:1', 'first thing']],
  },
  'illegal-transition': {
    good(files) {
      log(files, { event: 'assessed', at: at('02', '09:00:00'), by: 'sato', criteria: {}, spread: 'wide', priority: 'normal' });
      log(files, { event: 'accepted', at: at('02'), by: 'sato', reason: 'meets the policy' });
    },
    bad: (files) => void log(files, { event: 'scheduled', at: at('02'), by: 'sato', date: at('20') }),
    finds: [['cases/2014/61247051/log/20140502T010000Z-scheduled-00aa.md:3:1', 'scheduled']],
  },
  'embargo-order': {
    good(files) {
      log(files, { event: 'embargo-proposed', at: at('02'), by: 'sato', party: 'team', until: at('30') });
      log(files, { event: 'embargo-accepted', at: at('03'), by: 'sato', party: 'reporter' });
    },
    bad: (files) => void log(files, { event: 'embargo-accepted', at: at('03'), by: 'sato', party: 'reporter' }),
    finds: [['cases/2014/61247051/log/20140503T010000Z-embargo-accepted-00aa.md:3:1', 'embargo']],
  },
  'vendor-not-in-case': {
    good(files) {
      log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' });
      log(files, { event: 'vendor-replied', at: at('03'), by: 'sato', vendor: 'acme' });
    },
    bad: (files) => void log(files, { event: 'vendor-replied', at: at('03'), by: 'sato', vendor: 'acme' }),
    finds: [['cases/2014/61247051/log/20140503T010000Z-vendor-replied-00aa.md:6:1', 'acme']],
  },
  'dangling-entry': {
    good(files) {
      log(files, { event: 'note', at: at('02'), by: 'sato' });
      log(files, { event: 'corrected', at: at('03'), by: 'sato', entry: '20140502T010000Z-note-00aa.md', reason: 'wrong case' });
    },
    bad: (files) => void log(files, { event: 'corrected', at: at('03'), by: 'sato', entry: '20140502T010000Z-note-00aa.md', reason: 'wrong case' }),
    finds: [['cases/2014/61247051/log/20140503T010000Z-corrected-00aa.md:6:1', 'no entry']],
  },
  'case-folder': {
    good: (files) => edit(files, CASE, 'series: JVN\n', 'series: JVNVU\n'),
    bad: (files) => remove(files, CASE),
    finds: [[`${CASE}:1:1`, 'missing']],
  },
};
