import type { Tree } from '../../src/domain/tree.ts';

const bytes = (content: string | Uint8Array): Uint8Array => (typeof content === 'string' ? new TextEncoder().encode(content) : content);

/** A Tree out of texts by path; a path that ends in '@' stands for a symlink. */
export function treeOf(files: Readonly<Record<string, string | Uint8Array>>): Tree {
  const listed = Object.keys(files)
    .map((name) => ({ path: name.replace(/@$/, ''), kind: name.endsWith('@') ? ('symlink' as const) : ('file' as const) }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    files: (under) => listed.filter(({ path }) => under === '' || path === under || path.startsWith(`${under}/`)),
    read: (path) => {
      const content = files[path];
      return content === undefined ? undefined : bytes(content);
    },
  };
}

export const VCC_YAML = `schemaVersion: 1
organisation:
  name:
    en: Example Centre
    ja: 例示センター
  email: cases@centre.example
timezone: Asia/Tokyo
series:
  partnership: JVN
  direct: JVNVU
team:
  - slug: sato
    name: Sato Hanako
    email: sato@centre.example
    key: 0123456789ABCDEF0123456789ABCDEF01234567
`;

export const POLICY_YAML = `schemaVersion: 1
name: tiny
acceptance: []
priority:
  bands: [4, 7]
  matrix:
    wide: [normal, priority, priority]
    medium: [simple, normal, priority]
    narrow: [simple, simple, normal]
  source: test
deadlines: []
escalation: []
gate:
  - { check: embargo, source: test }
gateOmits:
${['date-agreed', 'remediation', 'no-attack-detail', 'vendor-status', 'both-languages', 'credit', 'cve', 'approved'].map((check) => `  - { check: ${check}, reason: test }\n`).join('')}`;

export const CASE_MD = `---
# yaml-language-server: $schema=../../../.vcc/schemas/case.schema.json
schemaVersion: 1
id: "61247051"
series: JVN
route: partnership
language: ja
title:
  en: OpenSSL improper handling of Change Cipher Spec message
  ja: OpenSSL における Change Cipher Spec メッセージの処理に脆弱性
products:
  - vendor: OpenSSL Project
    name: OpenSSL
    versions:
      - 1.0.1g and earlier
---

A reporter told us in May.
`;

export const RECEIVED_MD = `---
# yaml-language-server: $schema=../../../../.vcc/schemas/log-entry.schema.json
event: received
at: "2014-05-01T10:00:00+09:00"
by: sato
route: partnership
channel: mail
---

By mail, encrypted.
`;

export const FOLDER = 'cases/2014/61247051';

/** A small case repository that is right in everything; a test breaks one thing. */
export const smallRepository = (): Record<string, string | Uint8Array> => ({
  'vcc.yaml': VCC_YAML,
  'policy.yaml': POLICY_YAML,
  [`${FOLDER}/case.md`]: CASE_MD,
  [`${FOLDER}/log/20140501T010000Z-received-0f3a.md`]: RECEIVED_MD,
});
