import { refusal } from '../domain/problem.ts';
import { oneLine, type Part } from './document-part.ts';
import { creditedIn, isCveId, purlIn, referenceIn, scoreIn, weaknessIn, type Facts } from './foreign-document.ts';
import type { ForeignProduct } from './foreign-versions.ts';
import { versionsOfCve } from './from-cve-versions.ts';

const METRICS = ['cvssV4_0', 'cvssV3_1', 'cvssV3_0', 'cvssV2_0'] as const;

/** Who neither found nor reported the flaw (CVE JSON 5.1, credits). */
const HELPERS: ReadonlySet<string> = new Set(['coordinator', 'remediation developer', 'remediation reviewer', 'remediation verifier', 'tool', 'sponsor']);

/** A CVE record of CVE JSON 5: what its CNA says. What others added to it (adp) stays in the original. */
export function factsOfCve(root: Part): Facts {
  root.skip('dataType', 'dataVersion', '$schema');
  const metadata = root.part('cveMetadata');
  const cve = metadata?.needed('cveId') ?? '';
  if (metadata !== undefined && !isCveId(cve)) metadata.object('cveId', 'is no CVE id');
  const state = metadata?.needed('state');
  metadata?.skip('assignerOrgId', 'requesterUserId', 'serial', 'dateUpdated', 'dateReserved', 'dateRejected');
  // CVE Program: a rejected id stands for no vulnerability.
  if (state === 'REJECTED') throw refusal('rejected-record', `${isCveId(cve) ? cve : 'The CVE record'} is rejected, so it stands for no flaw; nothing was written.`, 'Ask its sender which id counts. Where the flaw has none: vcc intake without --from asks for everything.');
  if (metadata === undefined || state !== 'PUBLISHED') root.object('cveMetadata', 'is missing, or its state is not PUBLISHED');
  const cna = root.part('containers')?.part('cna');
  if (cna === undefined) root.object('containers', 'has no cna');
  const provider = cna?.part('providerMetadata')?.skip('orgId', 'dateUpdated').text('shortName');
  const assigner = metadata?.text('assignerShortName') ?? provider;
  const weaknesses = (cna?.parts('problemTypes') ?? []).flatMap((type) => type.parts('descriptions').map(weaknessOf));
  const credits = cna?.parts('credits') ?? [];
  const [english, ...texts] = inEnglishFirst(cna?.parts('descriptions') ?? []);
  const published = metadata?.text('datePublished');
  const textsOf = (key: string): string[] => (cna?.parts(key) ?? []).flatMap((part) => part.skip('lang', 'supportingMedia').prose('value') ?? []);
  return {
    root,
    name: `CVE record ${cve}`,
    title: cna?.line('title'),
    language: 'en',
    source: { name: assigner === undefined ? undefined : oneLine(assigner), reference: isCveId(cve) ? cve : undefined },
    description: [english, ...texts].flatMap((part) => part?.skip('lang', 'supportingMedia').prose('value') ?? []),
    products: (cna?.parts('affected') ?? []).map(productOf),
    weaknesses: weaknesses.flatMap(({ ids }) => ids),
    scores: (cna?.parts('metrics') ?? []).flatMap((metric) => METRICS.flatMap((version) => {
      const score = metric.skip('format').part(version);
      return score === undefined ? [] : scoreIn(score.skip(...SPELT_OUT), 'vectorString', score.number('baseScore'));
    })),
    references: (cna?.parts('references') ?? []).flatMap((part) => referenceIn(part.skip('tags'), 'name')),
    cves: isCveId(cve) ? [{ id: cve, assigner: assigner !== undefined && /^[A-Za-z0-9_-]{2,32}$/.test(assigner) ? assigner : undefined }] : [],
    credited: credits.flatMap((part) => creditedIn(part.skip('lang', 'user').line('value'), !HELPERS.has(part.text('type') ?? ''))),
    notes: [
      ['Impacts', (cna?.parts('impacts') ?? []).flatMap((impact) => impact.skip('capecId').parts('descriptions').flatMap((part) => part.skip('lang', 'supportingMedia').prose('value') ?? []))],
      ['Weaknesses in words', weaknesses.flatMap(({ words }) => words ?? [])],
      ['Solutions', textsOf('solutions')],
      ['Workarounds', textsOf('workarounds')],
      ['Configurations', textsOf('configurations')],
      ['Exploits', textsOf('exploits')],
      ['Timeline', (cna?.parts('timeline') ?? []).map((part) => [part.skip('lang').line('time'), part.prose('value')].filter((text) => text !== undefined).join(' '))],
      ['Tags', cna?.lines('tags') ?? []],
    ],
    publicAt: [published, cna?.text('datePublic')].filter((moment) => moment !== undefined),
    forEverybody: published !== undefined,
    warnings: [],
  };
}

/** What a CVSS object repeats of its vector. */
const SPELT_OUT = [
  'version', 'baseSeverity', 'attackVector', 'attackComplexity', 'attackRequirements', 'privilegesRequired', 'userInteraction', 'scope', 'confidentialityImpact', 'integrityImpact', 'availabilityImpact',
  'vulnConfidentialityImpact', 'vulnIntegrityImpact', 'vulnAvailabilityImpact', 'subConfidentialityImpact', 'subIntegrityImpact', 'subAvailabilityImpact', 'accessVector', 'accessComplexity', 'authentication',
  'exploitMaturity', 'exploitCodeMaturity', 'exploitability', 'remediationLevel', 'reportConfidence', 'temporalScore', 'temporalSeverity', 'environmentalScore', 'environmentalSeverity',
] as const;

const inEnglishFirst = (parts: readonly Part[]): Part[] => [...parts].sort((a, b) => Number(isEnglish(b)) - Number(isEnglish(a)));
const isEnglish = (part: Part): boolean => /^en\b/i.test(part.text('lang') ?? '');

/** By its field, or as the text begins with it; other text is words. */
function weaknessOf(part: Part): { readonly ids: readonly string[]; readonly words?: string | undefined } {
  part.skip('lang', 'type');
  if (part.has('cweId')) return { ids: weaknessIn(part.skip('description'), 'cweId') };
  const words = part.line('description');
  const [id] = /^CWE-[1-9][0-9]{0,5}\b/.exec(words ?? '') ?? [];
  return id === undefined ? { ids: [], words } : { ids: [id] };
}

const isNamed = (name: string | undefined): name is string => name !== undefined && !/^(?:n\/a|unknown|unspecified)$/i.test(name);

function productOf(part: Part): ForeignProduct {
  const [vendor, product, packageName] = [part.line('vendor'), part.line('product'), part.line('packageName')];
  const name = [product, packageName].find(isNamed);
  if (name === product && packageName !== undefined && packageName !== product) part.leave('packageName', 'a second name of the product');
  const kept = purlIn(part, 'packageURL');
  return { vendor: isNamed(vendor) ? vendor : undefined, name: name ?? 'not named', versions: versionsOfCve(part), ...(kept === undefined ? {} : { purl: kept }) };
}
