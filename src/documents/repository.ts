import type { CaseRecord, Where } from '../domain/case.ts';
import { parseCaseReference } from '../domain/case-number.ts';
import type { Finding } from '../domain/finding.ts';
import { once } from '../domain/once.ts';
import { refusal, type VccError } from '../domain/problem.ts';
import type { Tree } from '../domain/tree.ts';
import type { Configuration, Coordinator, Policy } from '../generated/documents.ts';
import { readCase, type ReadCase } from './case-folder.ts';
import { legibleLine } from './legible.ts';
import { checkPolicy, isZone } from './policy-check.ts';
import { readRegistry, type RegistryRecord } from './registry-file.ts';
import { distance } from '../domain/near-word.ts';
import { rememberedSettings } from './remembered-settings.ts';
import { readShaped } from './shaped-yaml.ts';

export type VendorRecord = RegistryRecord<'vendor'>;
export type PartnerRecord = RegistryRecord<'partner'>;

export interface CaseFolder {
  readonly number: string;
  /** cases/<year>/<id> */
  readonly folder: string;
}

/** The documents of one Tree, each read when it is first asked for. */
export interface Repository {
  readonly tree: Tree;
  readonly configuration: Configuration;
  readonly policy: Policy;
  /** The same for the same vcc.yaml and policy.yaml, read by the same vcc: of what is remembered. */
  readonly settingsKey: string;
  /** The organisation's time zone. */
  readonly zone: string;
  /** Every case whose case.md can be read, one by one and kept by nobody; read() tells what is wrong with the others. */
  cases(): Iterable<CaseRecord>;
  caseFolders(): readonly CaseFolder[];
  /** The case of that number as read, with its findings where case.md is broken; undefined when there is no such case. */
  read(number: string): ReadCase | undefined;
  record(number: string): CaseRecord | undefined;
  /** Understands 61247051, JVN#61247051, an unambiguous prefix and a path; refuses with the nearest numbers, or with the findings of case.md. */
  find(reference: string): CaseRecord;
  /** One vendor of the registry, without reading the others. */
  vendor(slug: string): VendorRecord | undefined;
  vendors(): ReadonlyMap<string, VendorRecord>;
  /** What is wrong with files of vendors/; those files are left out of vendors(). */
  vendorFindings(): readonly Finding[];
  partner(slug: string): PartnerRecord | undefined;
  partners(): ReadonlyMap<string, PartnerRecord>;
  partnerFindings(): readonly Finding[];
  /** The armored key keys/<fingerprint>.asc. */
  publicKey(fingerprint: string): string | undefined;
  keyFingerprints(): readonly string[];
  coordinatorFor(email: string): Coordinator | undefined;
}

const CASE_PATH = /^(cases\/\d{4}\/(\d{8}))\//;
const KEY_PATH = /^keys\/([0-9A-F]{40})\.asc$/;

/** Where the rest of a repository is there. */
const MISSING_POLICY = 'Where it was deleted: git checkout HEAD -- policy.yaml. Where there never was one, vcc init NEWDIR --policy jpcert (or certcc, 90-plus-30) writes one beside its other files: copy it here.';

function required<T>(tree: Tree, schema: 'vcc' | 'policy', check: (value: T, where: Where) => Finding[]): T {
  const path = `${schema}.yaml`;
  const bytes = tree.read(path);
  const broken = (findings: readonly Finding[]): VccError =>
    refusal(`${schema}-yaml-invalid`, `${path} cannot be used`, `Mend the places above in ${path}; nothing works without it.`, findings);
  if (!bytes) throw refusal(`no-${schema}-yaml`, `there is no ${path} here`, tree.read('vcc.yaml') ? MISSING_POLICY : 'Go to the root of a case repository, or make one: vcc init DIR');
  const read = readShaped<T>(schema, path, bytes);
  if (!read.ok) throw broken(read.findings);
  const further = check(read.value, read.where);
  if (further.length > 0) throw broken(further);
  return read.value;
}

/** A schema cannot know the time zones; a wrong one would shift or stop every date. */
const checkConfiguration = ({ timezone }: Configuration, where: Where): Finding[] =>
  isZone(timezone) ? [] : [{ rule: 'schema', severity: 'error', file: 'vcc.yaml', ...where('timezone'), message: `timezone ${timezone} is no time zone of the IANA database`, fix: 'write it like Asia/Tokyo' }];

/** Opens the case repository that the tree holds. Refuses, with findings, when vcc.yaml or policy.yaml is missing or broken. */
export function openRepository(tree: Tree): Repository {
  const { configuration, policy, key } = rememberedSettings(tree, (held) => ({ configuration: required<Configuration>(held, 'vcc', checkConfiguration), policy: required<Policy>(held, 'policy', checkPolicy) }));

  const caseFolders = once(() => {
    const folders = new Map<string, CaseFolder>();
    for (const { path } of tree.files('cases')) {
      const [, folder, number] = CASE_PATH.exec(path) ?? [];
      if (folder !== undefined && number !== undefined) folders.set(folder, { number, folder });
    }
    return [...folders.values()];
  });
  // The same number in two years is a finding of lint; until it is mended the earlier folder is the case.
  const folderOf = once(() => new Map(caseFolders().toReversed().map(({ number, folder }) => [number, folder])));
  const readCases = new Map<string, ReadCase>();
  const read = (number: string): ReadCase | undefined => {
    const folder = (foldersFor(tree, number)?.[0] ?? { folder: folderOf().get(number) }).folder;
    if (folder === undefined) return undefined;
    const known = readCases.get(number) ?? readCase(tree, number, folder);
    readCases.set(number, known);
    return known;
  };

  const vendorRegistry = readRegistry(tree, 'vendor');
  const partnerRegistry = readRegistry(tree, 'partner');

  return {
    tree,
    configuration,
    policy,
    settingsKey: key,
    zone: configuration.timezone,
    *cases() {
      for (const { number, folder } of caseFolders()) {
        const found = readCases.get(number) ?? readCase(tree, number, folder);
        if (found.ok) yield found.record;
      }
    },
    caseFolders,
    read,
    record: (number) => {
      const found = read(number);
      return found?.ok ? found.record : undefined;
    },
    find: (reference) => find(reference, foldersFor(tree, reference) ?? caseFolders(), read),
    vendor: vendorRegistry.one,
    vendors: vendorRegistry.all,
    vendorFindings: vendorRegistry.findings,
    partner: partnerRegistry.one,
    partners: partnerRegistry.all,
    partnerFindings: partnerRegistry.findings,
    publicKey: (fingerprint) => {
      const path = `keys/${fingerprint}.asc`;
      const bytes = KEY_PATH.test(path) ? tree.read(path) : undefined;
      return bytes && new TextDecoder().decode(bytes);
    },
    keyFingerprints: () => tree.files('keys').flatMap(({ path }) => KEY_PATH.exec(path)?.[1] ?? []),
    coordinatorFor: (email) => configuration.team.find((member) => member.email.toLowerCase() === email.toLowerCase()),
  };
}

/** The folders of the one case that is named by its whole number, without looking at all the others; undefined where there is none, or where that cannot be told. */
function foldersFor(tree: Tree, reference: string): readonly CaseFolder[] | undefined {
  const { number } = parseCaseReference(reference);
  if (number === undefined || tree.folders === undefined) return undefined;
  const folders = tree.folders('cases').filter((year) => /^\d{4}$/.test(year)).map((year) => ({ number, folder: `cases/${year}/${number}` }));
  const found = folders.filter(({ folder }) => tree.files(folder).length > 0);
  return found.length > 0 ? found : undefined;
}

const MOST_NAMED = 5;

function find(reference: string, folders: readonly CaseFolder[], read: (number: string) => ReadCase | undefined): CaseRecord {
  const { number, prefix, series } = parseCaseReference(reference);
  const shown = legibleLine(reference);
  if (number === undefined && prefix === undefined) {
    throw refusal('not-a-case', `${shown} does not name a case`, 'Name it by its eight digits, by its public id like JVN#61247051, or by its path; vcc list shows the cases.');
  }
  const numbers = [...new Set(folders.map((folder) => folder.number))];
  const matches = numbers.filter((known) => (prefix === undefined ? known === number : known.startsWith(prefix)));
  const [only, second] = matches;
  if (only === undefined) {
    const near = numbers.filter((known) => number !== undefined && distance(known, number) <= 2).slice(0, MOST_NAMED);
    throw refusal('no-such-case', `there is no case ${shown}`, near.length > 0 ? `Did you mean ${near.join(' or ')}?` : 'vcc list shows the cases; a colleague may have one that is not pulled yet: git pull');
  }
  if (second !== undefined) {
    const named = matches.slice(0, MOST_NAMED).join(', ');
    throw refusal('ambiguous-case', `${shown} fits ${matches.length} cases`, `Type more digits: ${named}${matches.length > MOST_NAMED ? ', ...' : ''}`);
  }
  const found = read(only);
  if (!found?.ok) throw refusal('case-broken', `case ${only} cannot be read`, 'Mend the places above, then try again; vcc lint checks them.', found?.findings ?? []);
  const { file } = found.record;
  if (series !== undefined && series !== file.series) {
    throw refusal('other-series', `there is no case ${shown}; ${only} is ${file.series}#${only}`, `If that is the case you mean, name it ${only}.`);
  }
  return found.record;
}
