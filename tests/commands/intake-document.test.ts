import { decrypt, readMessage, readPrivateKey } from 'openpgp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { completeReport } from '../../src/commands/complete-report.ts';
import { cveAssign } from '../../src/commands/cve-assign.ts';
import { intake, type IntakeOptions } from '../../src/commands/intake.ts';
import { record } from '../../src/commands/record.ts';
import { isError } from '../../src/domain/finding.ts';
import { parseInstant } from '../../src/domain/instant.ts';
import { workTree } from '../../src/io/work-tree.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { becomeCna } from '../support/a-cna.ts';
import { aDesk, FOLDER, NUMBER, typed, type Desk } from '../support/a-desk.ts';

let first: Desk;
let desk: Desk;
let head: string;
beforeAll(async () => {
  first = await aDesk();
});
afterAll(() => first.dispose());
beforeEach(() => {
  desk = first.copy();
  head = desk.git('rev-parse', 'HEAD');
});
afterEach(() => desk.dispose());

const NOW = '2014-05-01T10:00';
const CSAF = {
  document: {
    category: 'csaf_security_advisory', csaf_version: '2.0', title: 'Commands run in Example Router', lang: 'en',
    distribution: { tlp: { label: 'AMBER' } },
    publisher: { category: 'vendor', name: 'Acme', namespace: 'https://acme.example', contact_details: 'psirt@acme.example' },
    tracking: { id: 'ACME-2014-1', initial_release_date: '2014-06-06T00:00:00Z', current_release_date: '2014-04-30T00:00:00Z', revision_history: [], status: 'draft', version: '0' },
  },
  product_tree: { branches: [{ category: 'vendor', name: 'Acme', branches: [{ category: 'product_name', name: 'Example Router', branches: [{ category: 'product_version_range', name: 'vers:semver/<1.2.4', product: { name: 'Example Router', product_id: 'A' } }] }] }] },
  vulnerabilities: [{ cve: 'CVE-2014-0224', notes: [{ category: 'description', text: 'Type ; reboot as the name.' }], acknowledgments: [{ names: ['Yamada Hanako'], organization: 'Quiet Laboratory' }], product_status: { known_affected: ['A'] }, x_more: true }],
};
const CVE = {
  dataType: 'CVE_RECORD', dataVersion: '5.1',
  cveMetadata: { cveId: 'CVE-2014-0224', assignerOrgId: 'x', assignerShortName: 'redhat', state: 'PUBLISHED' },
  containers: { cna: { descriptions: [{ lang: 'en', value: 'A flaw in the handshake.' }], affected: [{ vendor: 'Acme', product: 'Example Router', versions: [{ version: '1.0', status: 'affected' }] }] } },
};
const OSV = { id: 'EX-2014-1', modified: '2014-04-01T00:00:00Z', summary: 'A flaw in left-pad', affected: [{ package: { ecosystem: 'npm', name: 'left-pad' }, versions: ['1.0.0'] }], aliases: ['CVE-2014-0224'] };

const from = (format: string, content: object, options: Partial<IntakeOptions> = {}, how: Parameters<typeof typed>[4] = {}) => typed(desk, intake, { from: format, file: desk.file(`${format}.json`, JSON.stringify(content)), id: NUMBER, ...options }, NOW, how);
const opened = async (name: string): Promise<string> => {
  const decryptionKeys = await readPrivateKey({ armoredKey: desk.team[0]?.privateKey ?? '' });
  const { data } = (await decrypt({ message: await readMessage({ armoredMessage: desk.read(`${FOLDER}/sealed/${name}.asc`) }), decryptionKeys, date: new Date('2014-06-30T00:00:00Z') })) as { readonly data: unknown };
  return String(data);
};
const errors = () => lintRepository(workTree(desk.root), { now: parseInstant('2014-05-01T12:00:00+09:00') }).filter(isError);

describe('vcc intake --from', () => {
  it('makes a case of a CSAF document, and seals the document and whom it thanks', async () => {
    const { code, printed } = await from('csaf', CSAF, { assigner: 'redhat' });
    expect(code).toBe(0);
    const facts = desk.read(`${FOLDER}/case.md`);
    expect(facts).toContain('en: Commands run in Example Router');
    expect(facts).toContain('- scheme: semver\n        before: 1.2.4');
    expect(facts).toContain('timeLimits:\n  - date: "2014-06-06"');
    expect(facts).toContain('The document came under TLP:AMBER.');
    expect(desk.entry('received')).toContain('channel: import');
    expect(desk.entry('cve-assigned')).toContain('cve: CVE-2014-0224\nassigner: redhat');
    for (const secret of ['Yamada', 'Quiet Laboratory', '; reboot', 'psirt@acme.example']) expect(desk.readable() + printed, secret).not.toContain(secret);
    expect(await opened('original')).toBe(`---\ncase: "${NUMBER}"\nsealed: original\n---\n${JSON.stringify(CSAF)}`);
    expect(await opened('report')).toMatch(/impact: Type ; reboot[\s\S]*psirt@acme\.example[\s\S]*Yamada Hanako, Quiet Laboratory/);
    expect(printed).toContain('of the document only the sealed original has: vulnerabilities[].x_more');
    expect(desk.outbox()).toEqual([]);
    expect(errors()).toEqual([]);
  });

  it('lets nobody write the name of whom it thanks into the log', async () => {
    await from('csaf', CSAF);
    await expect(typed(desk, record, { case: NUMBER, event: 'note', flags: { text: 'Yamada Hanako called.' } }, '2014-05-02T10:00')).rejects.toMatchObject({ code: expect.any(String) as string });
    expect(desk.log().some((name) => name.includes('-note-'))).toBe(false);
  });

  it('shows with --dry-run and --json what it would write and what not', async () => {
    const { envelopes } = await from('csaf', CSAF, {}, { dryRun: true, json: true });
    expect(envelopes).toMatchObject([{ kind: 'plan', case: NUMBER, document: { format: 'csaf', name: 'CSAF document ACME-2014-1', terms: 'TLP:AMBER', cves: [{ cve: 'CVE-2014-0224' }], leftOut: [{ what: 'vulnerabilities[].x_more', count: 1, where: '/vulnerabilities/0/x_more' }] }, next: expect.arrayContaining([{ command: `vcc cve assign ${NUMBER} --id CVE-2014-0224 --assigner NAME`, why: expect.any(String) as string }]) as unknown }]);
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('asks for what a CVE record lacks, with the words of the record', async () => {
    const { asked, stderr } = await from('cve', CVE, {}, { answers: { '--title': 'A flaw in the handshake', '--title-ja': '' } });
    expect(asked).toEqual(['--title', '--title-ja']);
    expect(stderr.join('\n')).toContain('A flaw in the handshake.');
    expect(desk.entry('cve-assigned')).toContain('assigner: redhat');
  });

  it('asks for the vendor of packages and for the CNA', async () => {
    const { asked } = await from('osv', OSV, {}, { answers: { '--vendor-name': 'Pad project', '--assigner': 'GitHub_M' } });
    expect(asked).toEqual(['--vendor-name', '--assigner']);
    expect(desk.read(`${FOLDER}/case.md`)).toContain('vendor: Pad project\n    name: left-pad');
    expect(desk.entry('cve-assigned')).toContain('assigner: GitHub_M');
  });

  it('names in a script what is missing', async () => {
    await expect(from('osv', { ...OSV, summary: undefined })).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--title, --vendor-name are missing') as string });
    await expect(from('osv', OSV)).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining('--vendor-name') as string });
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('refuses an id that a case has, unless the entry was taken back', async () => {
    await from('csaf', CSAF, { assigner: 'redhat' });
    const committed = desk.git('rev-parse', 'HEAD');
    await expect(from('cve', CVE, { id: '94401838' })).rejects.toMatchObject({ code: 'known-cve', message: expect.stringContaining(NUMBER) as string, hint: expect.stringContaining(`vcc seal ${NUMBER}`) as string });
    expect(desk.untouchedSince(committed, 0)).toBe(true);
    const [entry = ''] = desk.log().filter((name) => name.includes('-cve-assigned-'));
    await typed(desk, record, { case: NUMBER, event: 'corrected', flags: { entry, reason: 'It is the id of another flaw.' } }, '2014-05-01T11:00');
    expect((await typed(desk, intake, { from: 'cve', file: desk.file('cve.json', JSON.stringify(CVE)), id: '94401838', title: 'Another' }, '2014-05-01T12:00')).code).toBe(0);
  });

  it.each<[string, Partial<IntakeOptions>, boolean]>([
    ['ties each fact to its id', { assigner: 'redhat' }, true],
    ['ties nothing to ids that are not in the log yet, and says so', {}, false],
  ])('of several flaws: %s', async (_what, options, tied) => {
    const content = { ...CSAF, vulnerabilities: [...CSAF.vulnerabilities, { cve: 'CVE-2014-0225', cwe: { id: 'CWE-79', name: 'Cross-site scripting' } }] };
    const { printed } = await from('csaf', content, options);
    const facts = desk.read(`${FOLDER}/case.md`);
    expect(facts.includes('  - id: CWE-79\n    cves:\n      - CVE-2014-0225\n')).toBe(tied);
    expect(facts.includes('cves:')).toBe(tied);
    expect(printed.includes('some of its CVE ids are not in the log yet')).toBe(!tied);
    expect(errors()).toEqual([]);
  });

  it('leaves an id of ours to the ledger', async () => {
    becomeCna(desk);
    desk.write('cves/2014/CVE-2014-0224.yaml', 'schemaVersion: 1\ncve: CVE-2014-0224\nstate: reserved\nreserved: "2014-01-01"\nby: hanako\nblock: CVE-2014-0224\n');
    desk.commit('A block');
    const { printed } = await from('csaf', CSAF);
    expect(printed).toContain(`vcc cve assign ${NUMBER} --id CVE-2014-0224`);
    expect(desk.log().some((name) => name.includes('-cve-assigned-'))).toBe(false);
    await typed(desk, cveAssign, { case: NUMBER, id: 'CVE-2014-0224' }, '2014-05-01T11:00');
    expect(errors()).toEqual([]);
    await expect(from('cve', CVE, { id: '94401838', title: 'x' })).rejects.toMatchObject({ code: 'known-cve' });
  });

  it('makes whom a person names the reporter', async () => {
    const document = { ...CSAF, document: { ...CSAF.document, publisher: { ...CSAF.document.publisher, category: 'discoverer', name: 'Yamada Hanako' } } };
    await from('csaf', document, { reporterName: 'Suzuki Jiro' });
    expect(await opened('reporter')).toContain('name: Suzuki Jiro');
    expect(await opened('reporter')).not.toContain('psirt@acme.example');
  });

  it.each<[string, Partial<IntakeOptions>]>([
    ['an unknown format', { from: 'cvrf' }],
    ['no file', { file: undefined }],
    ['an unread mail', { unread: true }],
    ['an assigner that is no name', { assigner: 'Red Hat, Inc.' }],
  ])('is wrong use with %s', async (_what, options) => {
    await expect(from('csaf', CSAF, options)).rejects.toMatchObject({ code: 'usage' });
    expect(desk.untouchedSince(head, 0)).toBe(true);
  });

  it('is wrong use without --from, or into a case', async () => {
    const file = desk.file('x.json', JSON.stringify(CSAF));
    await expect(typed(desk, intake, { file }, NOW)).rejects.toMatchObject({ code: 'foreign-document', hint: 'vcc intake --from csaf FILE' });
    await expect(typed(desk, intake, { file, assigner: 'redhat' }, NOW)).rejects.toMatchObject({ code: 'usage' });
    await expect(typed(desk, completeReport, { file, into: NUMBER, from: 'csaf' }, NOW)).rejects.toMatchObject({ code: 'usage', hint: expect.stringContaining(`vcc seal ${NUMBER}`) as string });
  });

  it('refuses a document of 50 MB before it reads it', async () => {
    const file = desk.file('large.json', `{"document": "${'x'.repeat(50_000_000)}"}`);
    await expect(typed(desk, intake, { from: 'csaf', file }, NOW)).rejects.toMatchObject({ code: 'too-large' });
  });

  it('writes nothing of a document that names whom it thanks in its title', async () => {
    const content = { ...CSAF, document: { ...CSAF.document, title: 'The flaw of Yamada Hanako' } };
    await expect(from('csaf', content)).rejects.toMatchObject({ code: 'identity-in-facts' });
    expect(desk.untouchedSince(head, 0)).toBe(true);
    expect((await from('csaf', content, { title: 'A flaw' })).code).toBe(0);
  });
});
