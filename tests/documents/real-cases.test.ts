import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { cveRecord } from '../../src/documents/cve-record.ts';
import { catalogueEntry } from '../../src/domain/catalogue.ts';
import { jvnRss, jvnRssEntry } from '../../src/documents/jvnrss.ts';
import { vuldefDocument } from '../../src/documents/vuldef.ts';
import { hasJvn, jvnFolder, leavesOf, xmlErrors } from '../support/jvn-judge.ts';
import { hasCases, jpcert, realCases } from '../support/real-cases.ts';

/** Ours against theirs, field by field. Where something differs that stands in no list below, or does not differ any more, the test fails. */

/** [field, what differs, why] */
type Reason = readonly [field: string, how: How, why: string];
type How = 'only here' | 'only there' | 'other value';

const IN_RECORDS: readonly Reason[] = [
  ['containers.cna.affected.vendor', 'other value', 'CVE-2024-29216 has a blank before the name of the vendor'],
  ['containers.cna.datePublic', 'only here', 'when the advisory came out; there it stands in the record of 2018 alone'],
  ['containers.cna.datePublic', 'other value', 'a day without a zone there, a moment in UTC here'],
  ['containers.cna.metrics.scenarios.lang', 'only there', 'GENERAL is what the schema assumes anyway'],
  ['containers.cna.metrics.scenarios.value', 'only there', 'GENERAL is what the schema assumes anyway'],
  ['containers.cna.problemTypes.descriptions.description', 'only there', 'in words alone; our case has a CWE id or nothing'],
  ['containers.cna.problemTypes.descriptions.description', 'other value', 'the words of JPCERT/CC there, id and name of the CWE list here'],
  ['containers.cna.problemTypes.descriptions.lang', 'only there', 'in words alone; our case has a CWE id or nothing'],
  ['containers.cna.problemTypes.descriptions.lang', 'other value', 'en-US there, en here as in the other fields'],
  ['containers.cna.problemTypes.descriptions.type', 'only there', 'in words alone; our case has a CWE id or nothing'],
  ['containers.cna.providerMetadata.dateUpdated', 'only there', 'the CVE services set it'],
  ['containers.cna.references.name', 'only there', 'converted from CVE JSON 4 there'],
  ['containers.cna.references.tags', 'only here', 'our own page is marked as the advisory of a third party, that of the vendor as the vendor\'s'],
  ['containers.cna.references.tags', 'other value', 'x_refsource_JVN was converted from CVE JSON 4'],
  ['containers.cna.title', 'only here', 'the English title of the advisory; JPCERT/CC leaves it out'],
  ['containers.cna.x_legacyV4Record', 'only there', 'converted from CVE JSON 4 there'],
  ['cveMetadata.datePublished', 'only there', 'the CVE services set it'],
  ['cveMetadata.dateReserved', 'only there', 'the CVE services set it'],
  ['cveMetadata.dateUpdated', 'only there', 'the CVE services set it'],
];

/** JVN#57428125 of MyJVN's own sample, which is an entry of JVN iPedia. */
const IN_VULDEF: readonly Reason[] = [
  ['@restriction', 'only here', 'what does not say public is private by the schema'],
  ['VulinfoData/Affected/AffectedItem/Cpe', 'only there', 'case.md has no CPE names; JVN iPedia gives them out'],
  ['VulinfoData/Affected/AffectedItem/Cpe/@version', 'only there', 'case.md has no CPE names; JVN iPedia gives them out'],
  ['VulinfoData/Affected/AffectedItem/VersionNumber', 'other value', 'case.md has the versions in one language: English, for the CVE record'],
  ['VulinfoData/Contact/ContactItem/@contacttype', 'only here', 'the organisation that publishes'],
  ['VulinfoData/Contact/ContactItem/Email', 'only here', 'the organisation that publishes'],
  ['VulinfoData/Contact/ContactItem/Name', 'only here', 'the organisation that publishes'],
  ['VulinfoData/Credit/CreditItem/Description', 'only here', 'JVN iPedia has it within the overview'],
  ['VulinfoData/DateFirstPublished', 'other value', 'when JVN iPedia registered it there, when the advisory came out here'],
  ['VulinfoData/DateLastUpdated', 'other value', 'when JVN iPedia registered it there, when the advisory came out here'],
  ['VulinfoData/History/HistoryItem/DateTime', 'other value', 'when the entry of JVN iPedia was written there, when the advisory came out here'],
  ['VulinfoData/History/HistoryItem/Description', 'other value', 'our words for a first publication have no date of their own'],
  ['VulinfoData/Related/RelatedItem/@type', 'other value', 'JVN has a page for what the vendor told it, as one vendor entry more'],
  ['VulinfoData/Related/RelatedItem/Description', 'only here', 'the status of the vendor, and what it says'],
  ['VulinfoData/Related/RelatedItem/Name', 'other value', 'JVN and JVNDB are names of these sites'],
  ['VulinfoData/Related/RelatedItem/Title', 'other value', 'the Japanese name of the weakness there, that of the CWE list here'],
  ['VulinfoData/Related/RelatedItem/URL', 'other value', 'the weakness at JVN iPedia there, at MITRE here; and the page for what the vendor told JVN'],
  ['VulinfoData/Related/RelatedItem/VulinfoID', 'other value', 'the title of the vendor\'s page is our own, and JVN has one entry more'],
  ['VulinfoID', 'other value', 'the number of JVN iPedia there, that of the advisory here'],
];

const sorted = (values: readonly string[]): string => [...values].sort().join('\n');

/** The fields of which the values differ; lists of values are compared without regard to their order. */
function differences(ours: readonly string[], theirs: readonly string[]): (readonly [field: string, how: How])[] {
  const fieldOf = (leaf: string): string => leaf.slice(0, leaf.indexOf(': '));
  const fields = [...new Set([...ours, ...theirs].map(fieldOf))].sort();
  return fields.flatMap((field) => {
    const [here, there] = [ours, theirs].map((leaves) => leaves.filter((leaf) => fieldOf(leaf) === field)) as [string[], string[]];
    if (sorted(here) === sorted(there)) return [];
    return [[field, there.length === 0 ? 'only here' : here.length === 0 ? 'only there' : 'other value']];
  });
}

/** Texts and numbers of a record by field; what was converted from an older version stands for itself. */
function recordLeaves(value: unknown, field = ''): string[] {
  if (field.endsWith('.x_legacyV4Record')) return [`${field}: there`];
  if (Array.isArray(value)) return value.flatMap((one) => recordLeaves(one, field));
  if (typeof value === 'object' && value !== null) return Object.entries(value).flatMap(([name, child]) => recordLeaves(child, field === '' ? name : `${field}.${name}`));
  return [`${field}: ${String(value)}`];
}

function recordDifferences(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { advisory, dates, page, records } of realCases()) {
    for (const [id, { dataVersion, cveMetadata, containers }] of records) {
      const ours = cveRecord(advisory, id, jpcert(), { at: dates.publishedAt, advisoryUrls: page === undefined ? [] : [page] });
      const theirs = { dataType: 'CVE_RECORD', dataVersion, cveMetadata, containers: { cna: containers.cna } };
      for (const difference of differences(recordLeaves(ours), recordLeaves(theirs))) found.set(difference.join('|'), [...(found.get(difference.join('|')) ?? []), id]);
    }
  }
  return found;
}

const LANGUAGES = ['en', 'ja'] as const;

function vuldefDifferences(): (readonly [string, How])[] {
  const one = realCases().find(({ advisory }) => advisory.publicId === 'JVN#57428125');
  if (one === undefined) throw new Error('JVN#57428125 is not there');
  const leaves = (xml: string): string[] => leavesOf(xml).flatMap((leaf) => (leaf.startsWith('VULDEF-Document/Vulinfo/') ? [leaf.slice('VULDEF-Document/Vulinfo/'.length)] : []));
  const sample = readFileSync(`${jvnFolder}examples/hnd/dataFeed_jvndb_detail_hnd.xml`, 'utf8');
  const [entry] = /<Vulinfo>\s*<VulinfoID>JVNDB-2025-000001<[^]*?<\/Vulinfo>/.exec(sample) ?? [];
  const ours = vuldefDocument(one.advisory, 'ja', one.dates, [{ language: 'ja', url: 'https://jvn.jp/jp/JVN57428125/index.html' }], jpcert()) ?? '';
  return differences(leaves(ours), leaves(`<VULDEF-Document>${entry ?? ''}</VULDEF-Document>`));
}

const keys = (reasons: readonly Reason[]): string[] => reasons.map(([field, how]) => `${field}|${how}`).sort();

const here = hasCases && hasJvn;
describe.skipIf(!here)(`the twelve real cases${here ? '' : ' (SKIPPED: ../shared/cases or ../shared/formats/jvn is not here)'}`, () => {
  test('keep to the schemas of MyJVN in every language that they have', async () => {
    const cases = realCases();
    expect(cases).toHaveLength(12);
    const documents = cases.flatMap(({ advisory, dates }) =>
      LANGUAGES.flatMap((language) => {
        const text = vuldefDocument(advisory, language, dates, [], jpcert());
        return text === undefined ? [] : [[`${advisory.number}.${language}.xml`, text] as const];
      }),
    );
    const feeds = LANGUAGES.map((language) => [`feed.${language}.rdf`, jvnRss(cases.flatMap((one) => jvnRssEntry(catalogueEntry(one, 'Asia/Tokyo'), language, `https://jvn.example/${one.advisory.number}`) ?? []), language, jpcert())] as const);
    expect(documents.length).toBeGreaterThan(12);
    expect(await xmlErrors(new Map([...documents, ...feeds]))).toEqual([]);
  });

  test('differ from the records of JPCERT/CC only where it is said why', () => {
    expect([...recordDifferences().keys()].sort()).toEqual(keys(IN_RECORDS));
  });

  test('differ from what JVN writes as VULDEF only where it is said why', () => {
    expect(vuldefDifferences().map((one) => one.join('|')).sort()).toEqual(keys(IN_VULDEF));
  });

  test('are told of in docs/real-cases.md', async () => {
    const records = recordDifferences();
    const row = ([field, how, why]: Reason, more: readonly string[]): string => `| ${[`\`${field}\``, how, ...more, why].join(' | ')} |`;
    const page = `# What differs from the real records

Written by \`tests/documents/real-cases.test.ts\` (\`vitest -u\` writes it anew). It makes the documents of twelve real cases from their public facts and compares them, field by field, with what was published; every
field that is not in a table is the same. *Here* is what vcc writes, *there* what was published.

## CVE records of JPCERT/CC

| field | | records | why |
|---|---|---|---|
${IN_RECORDS.map((reason) => row(reason, [(records.get(`${reason[0]}|${reason[1]}`) ?? []).join(', ')])).join('\n')}

## VULDEF: JVN#57428125 in MyJVN's sample

| element | | why |
|---|---|---|
${IN_VULDEF.map((reason) => row(reason, [])).join('\n')}
`;
    await expect(page).toMatchFileSnapshot(fileURLToPath(new URL('../../docs/real-cases.md', import.meta.url)));
  });
});
