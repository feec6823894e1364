import { readFileSync } from 'node:fs';
import { checkShape } from '../../src/documents/check-shape.ts';
import { checkPolicy } from '../../src/documents/policy-check.ts';
import { readYaml } from '../../src/documents/yaml-text.ts';
import { SECTIONS, type AdvisoryText, type CaseRecord, type EntryOf, type EventName, type LoggedEntry, type SectionId } from '../../src/domain/case.ts';
import { fileStamp, parseInstant } from '../../src/domain/instant.ts';
import type { CaseFile, Configuration, Policy, Vendor } from '../../src/generated/documents.ts';

const NUMBER = '61247051';
export const CASE_FOLDER = `cases/2014/${NUMBER}`;

type Fields<N extends EventName> = Omit<EntryOf<N>, 'event' | 'at' | 'by'> & { readonly by?: string; readonly hex?: string };

const LINES = ['event', 'at', 'by', 'vendor', 'party', 'entry', 'evidence', 'conditions'];

/** One entry of a log, at a time like 2014-05-01T10:00 (Asia/Tokyo). Its name is made from time, event and hex. */
export function entry<N extends EventName>(event: N, when: string, fields: Fields<N>): LoggedEntry<EntryOf<N>> {
  const { hex = '0000', by = 'sato', ...rest } = fields;
  const at = `${when}${when.length === 16 ? ':00' : ''}+09:00`;
  const instant = parseInstant(at);
  const name = `${fileStamp(instant)}-${event}-${hex}.md`;
  return {
    path: `${CASE_FOLDER}/log/${name}`,
    name,
    entry: { event, at, by, ...rest } as unknown as EntryOf<N>,
    text: '',
    at: instant,
    where: (...path) => ({ line: LINES.indexOf(String(path[0])) + 2, column: 1 }),
  };
}

export const FILE: CaseFile = {
  schemaVersion: 1,
  id: NUMBER,
  series: 'JVN',
  route: 'direct',
  language: 'ja',
  title: { en: 'Example Router vulnerable to OS command injection', ja: 'Example Router における OS コマンドインジェクションの脆弱性' },
  products: [{ vendor: 'Acme Corporation', registry: 'acme', name: 'Example Router', versions: ['1.2.3 and earlier'] }],
  wishes: { publicCredit: true },
};

export function aRecord(log: readonly LoggedEntry[], changes: Partial<Omit<CaseRecord, 'file' | 'log'>> & { readonly file?: Partial<CaseFile> } = {}): CaseRecord {
  const { file, ...rest } = changes;
  return {
    number: NUMBER,
    folder: CASE_FOLDER,
    file: { ...FILE, ...file },
    narrative: '',
    where: () => ({ line: 1, column: 1 }),
    log,
    advisories: { en: anAdvisory('en'), ja: anAdvisory('ja') },
    sealed: ['reporter', 'report'],
    findings: [],
    ...rest,
  };
}

const TEXTS: Readonly<Record<'en' | 'ja', Readonly<Partial<Record<SectionId, string>>>>> = {
  en: { overview: 'Example Router has a flaw.', affected: 'Example Router 1.2.3 and earlier', description: 'It passes a name to a shell.', impact: 'A command may be run.', solution: 'Update the firmware.', credit: 'Hanako Yamada reported it.' },
  ja: { overview: 'Example Router には脆弱性があります。', affected: 'Example Router 1.2.3 およびそれ以前', description: '名前をシェルに渡します。', impact: 'コマンドを実行される可能性があります。', solution: 'アップデートしてください。', credit: '山田花子氏が報告しました。' },
};

/** A complete advisory; changes replaces the text of sections, '' empties one. */
export function anAdvisory(language: 'en' | 'ja', changes: Partial<Record<SectionId, string>> = {}): AdvisoryText {
  const texts = { ...TEXTS[language], ...changes };
  return {
    path: `${CASE_FOLDER}/advisory.${language}.md`,
    header: { case: NUMBER, language, title: FILE.title[language] ?? '', ...(language === 'en' ? { cveDescription: 'Example Router 1.2.3 and earlier allows OS command injection.' } : {}) },
    sections: SECTIONS.flatMap((section, index) => (texts[section.id] === undefined ? [] : [{ id: section.id, heading: section[language], text: texts[section.id] ?? '', line: index * 3 + 8 }])),
    where: () => ({ line: 2, column: 1 }),
  };
}

/** What happens first in every case that is coordinated, in May 2014. */
export const STORY = {
  received: entry('received', '2014-05-01T10:00', { route: 'direct', channel: 'mail' }),
  assessed: entry('assessed', '2014-05-02T10:00', { criteria: { reproducible: { answer: 'yes' } }, spread: 'wide', severity: 4, priority: 'priority' }),
  accepted: entry('accepted', '2014-05-02T11:00', { reason: 'It meets the policy.' }),
  added: entry('vendor-added', '2014-05-02T12:00', { vendor: 'acme', role: 'developer' }),
  contacted: entry('vendor-contacted', '2014-05-07T10:00', { vendor: 'acme', purpose: 'first-contact', means: 'mail', outcome: 'sent' }),
  replied: entry('vendor-replied', '2014-05-08T10:00', { vendor: 'acme', progress: 'validating' }),
  fixed: entry('fix-available', '2014-05-20T10:00', { vendor: 'acme', remediation: 'fix' }),
  status: entry('vendor-status', '2014-05-20T11:00', { vendor: 'acme', status: 'affected' }),
  agreed: entry('date-agreed', '2014-05-21T10:00', { party: 'vendor:acme', date: '2014-06-06T12:00:00+09:00' }),
  reporterAgreed: entry('date-agreed', '2014-05-21T11:00', { party: 'reporter', date: '2014-06-06T12:00:00+09:00' }),
  cve: entry('cve-assigned', '2014-05-22T10:00', { cve: 'CVE-2014-0224', assigner: 'redhat' }),
  scheduled: entry('scheduled', '2014-05-23T10:00', { date: '2014-06-06T12:00:00+09:00' }),
} as const;

/** The log up to and with the named entry. */
export function storyUntil(last: keyof typeof STORY): LoggedEntry[] {
  const names = Object.keys(STORY) as (keyof typeof STORY)[];
  return names.slice(0, names.indexOf(last) + 1).map((name) => STORY[name]);
}

export const HASH = `sha256:${'0a'.repeat(32)}`;

export const CONFIGURATION: Configuration = {
  schemaVersion: 1,
  organisation: { name: { en: 'Example Centre' }, email: 'centre@centre.example' },
  timezone: 'Asia/Tokyo',
  closures: ['12-29', '12-30', '12-31', '01-01', '01-02', '01-03'],
  series: { partnership: 'JVN', direct: 'JVNVU' },
  team: [
    { slug: 'sato', name: 'Sato', email: 'sato@centre.example', key: 'A'.repeat(40) },
    { slug: 'tanaka', name: 'Tanaka', email: 'tanaka@centre.example', key: 'B'.repeat(40) },
  ],
  cna: { shortName: 'jpcert', orgId: 'ede6fdc4-6654-4307-a26d-3331c018e2ce' },
};

export const ACME: Vendor = {
  schemaVersion: 1,
  name: { en: 'Acme Corporation', ja: 'アクメ株式会社' },
  kind: 'commercial',
  agreement: { signed: '2012-04-01' },
  contacts: [{ email: 'psirt@acme.example', language: 'ja' }],
};

/** A shipped policy, read the way vcc reads it. */
export function shippedPolicy(name: string): Policy {
  const path = new URL(`../../templates/policies/${name}.yaml`, import.meta.url);
  const read = readYaml('policy.yaml', readFileSync(path));
  if (!read.ok) throw new Error(JSON.stringify(read.findings));
  const shape = checkShape('policy', read.value, read.where, 'policy.yaml');
  const findings = shape.length > 0 ? shape : checkPolicy(read.value as Policy, read.where);
  if (findings.length > 0) throw new Error(JSON.stringify(findings));
  return read.value as Policy;
}

export const jpcertPolicy = (): Policy => shippedPolicy('jpcert');
