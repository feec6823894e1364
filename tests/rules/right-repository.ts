import { parseInstant } from '../../src/domain/instant.ts';
import { writeLogEntry } from '../../src/documents/log-entry.ts';
import { SECTIONS } from '../../src/domain/case.ts';
import type { LogEntry } from '../../src/generated/documents.ts';
import { FOLDER, smallRepository } from '../support/case-tree.ts';
import { lockWith, makeExampleKey, sealTo } from '../support/example-key.ts';

export type Files = Record<string, string | Uint8Array>;

export const NOW = parseInstant('2014-05-08T12:00:00+09:00');
export const CASE = `${FOLDER}/case.md`;
export const KEY = await makeExampleKey('Sato Hanako', 'sato@centre.example');
export const VENDOR_KEY = await makeExampleKey('Acme Security', 'security@acme.example');
export const SEALED = await sealTo(KEY, 'name: Tanaka');
export const SEALED_TO_VENDOR = await sealTo(VENDOR_KEY, 'name: Tanaka');
export const BY_PASSWORD = await lockWith('secret', 'x');

const VENDOR = `# yaml-language-server: $schema=../.vcc/schemas/vendor.schema.json
schemaVersion: 1
name:
  en: Acme
kind: open-source
contacts:
  - email: security@acme.example
    language: en
    key: ${VENDOR_KEY.fingerprint}
`;

export const advisory = (language: 'en' | 'ja', number = '61247051'): string =>
  `---\ncase: "${number}"\nlanguage: ${language}\ntitle: A title\n---\n\n${SECTIONS.filter(({ required }) => required)
    .map((section) => `## ${section[language]}\n\n${section.id === 'affected' ? `OpenSSL 1.0.1g ${language === 'en' ? 'and earlier' : 'およびそれ以前'}` : 'Text.'}\n`)
    .join('\n')}`;

/** A case repository with one case in which every rule is kept. */
export const rightRepository = (): Files => {
  const files = smallRepository();
  edit(files, 'vcc.yaml', '0123456789ABCDEF0123456789ABCDEF01234567', KEY.fingerprint);
  files[`keys/${KEY.fingerprint}.asc`] = KEY.publicKey;
  files[`keys/${VENDOR_KEY.fingerprint}.asc`] = VENDOR_KEY.publicKey;
  files['vendors/acme.yaml'] = VENDOR;
  files[`${FOLDER}/sealed/reporter.asc`] = SEALED;
  return files;
};

/** A partner of this kind. */
export function partner(files: Files, slug: string, kind: string): void {
  files[`partners/${slug}.yaml`] = `schemaVersion: 1\nname:\n  en: ${slug}\nkind: ${kind}\ncontacts:\n  - email: desk@${slug}.example\n    language: en\n`;
}

/** Replaces a text that must be there: a test whose change does nothing would show nothing. */
export function edit(files: Files, path: string, from: string, to: string): void {
  const before = files[path];
  if (typeof before !== 'string' || !before.includes(from)) throw new Error(`${path} has no ${from}`);
  files[path] = before.replace(from, to);
}

export function remove(files: Files, path: string): void {
  if (!(path in files)) throw new Error(`there is no ${path}`);
  Reflect.deleteProperty(files, path);
}

/** Adds a log entry to the case, or to another folder; hands back its path. */
export function log(files: Files, entry: LogEntry, options: { readonly text?: string; readonly folder?: string; readonly hex?: string } = {}): string {
  const write = writeLogEntry(entry, options.text ?? '', options.folder ?? FOLDER, options.hex ?? '00aa');
  files[write.path] = write.text;
  return write.path;
}

/** A second case in another folder, with the same content. */
export function secondCase(files: Files, year = '2014', number = '94401838'): string {
  const folder = `cases/${year}/${number}`;
  for (const [path, content] of Object.entries(files)) {
    if (path.startsWith(`${FOLDER}/`)) files[folder + path.slice(FOLDER.length)] = content;
  }
  edit(files, `${folder}/case.md`, '61247051', number);
  return folder;
}

export const at = (day: string, time = '10:00:00'): string => `2014-05-${day}T${time}+09:00`;

/** Takes the case to a date of publication. */
export function scheduled(files: Files): void {
  log(files, { event: 'assessed', at: at('02'), by: 'sato', criteria: {}, spread: 'wide', priority: 'normal' });
  log(files, { event: 'accepted', at: at('02'), by: 'sato', reason: 'ours' });
  log(files, { event: 'vendor-added', at: at('02'), by: 'sato', vendor: 'acme', role: 'developer' });
  log(files, { event: 'vendor-contacted', at: at('02'), by: 'sato', vendor: 'acme', purpose: 'first-contact', means: 'mail' });
  log(files, { event: 'fix-available', at: at('02', '11:00:00'), by: 'sato', remediation: 'fix' });
  log(files, { event: 'scheduled', at: at('03'), by: 'sato', date: at('20') });
}
