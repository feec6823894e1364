import type { VersionRange } from '../generated/documents.ts';
import { refusal } from '../domain/problem.ts';
import { compareVersions } from '../domain/version-order.ts';
import type { Part } from './document-part.ts';
import { isCveId, purlIn, referenceIn, scoreIn, type Credited, type Facts } from './foreign-document.ts';
import { inRange, NOT_STATED, oneVersion, type ForeignProduct, type ForeignVersion } from './foreign-versions.ts';

const HELPERS: ReadonlySet<string> = new Set(['COORDINATOR', 'REMEDIATION_DEVELOPER', 'REMEDIATION_REVIEWER', 'REMEDIATION_VERIFIER', 'TOOL', 'SPONSOR']);

/** Ecosystems whose order case.md has, by their name up to the colon: Debian:12 is Debian. */
const SCHEMES: Readonly<Record<string, VersionRange['scheme']>> = {
  npm: 'npm', PyPI: 'pypi', Maven: 'maven', Debian: 'deb', Ubuntu: 'deb',
  'Red Hat': 'rpm', 'Rocky Linux': 'rpm', AlmaLinux: 'rpm', SUSE: 'rpm', openSUSE: 'rpm', openEuler: 'rpm',
};

/** A record of the Open Source Vulnerability format 1.x. It names packages and no vendors, so these are asked for. */
export function factsOfOsv(root: Part): Facts {
  root.skip('schema_version', 'modified', '$schema');
  const id = root.line('id') ?? '';
  if (id === '') root.object('id', 'is missing');
  // OSV 1.6: a withdrawn record is to be treated as if it had never been.
  if (root.text('withdrawn') !== undefined) throw refusal('withdrawn-record', `${id} was withdrawn, so it stands for no flaw; nothing was written.`, 'Ask its sender what took its place.');
  const aliases = [id, ...root.lines('aliases')];
  const affected = root.parts('affected');
  const published = root.text('published');
  const details = root.prose('details');
  return {
    root,
    name: `OSV record ${id}`,
    title: root.line('summary'),
    language: 'en',
    source: { name: 'OSV', reference: id === '' ? undefined : id },
    description: details === undefined ? [] : [details],
    products: affected.map(productOf),
    weaknesses: (root.part('database_specific')?.texts('cwe_ids') ?? []).filter((cwe) => /^CWE-[1-9][0-9]{0,5}$/.test(cwe)),
    scores: [root, ...affected].flatMap((part) => part.parts('severity').flatMap((severity) => (severity.text('type')?.startsWith('CVSS_') === true ? scoreIn(severity, 'score') : []))),
    references: root.parts('references').flatMap((part) => referenceIn(part.skip('type'), 'title')),
    cves: aliases.filter(isCveId).map((cve) => ({ id: cve })),
    credited: root.parts('credits').flatMap((part): Credited[] => {
      const name = part.line('name');
      return name === undefined ? [] : [{ name, found: !HELPERS.has(part.text('type') ?? '') }];
    }),
    notes: [
      ['Other names', [...aliases.filter((alias) => !isCveId(alias) && alias !== id), ...(['related', 'upstream'] as const).flatMap((key) => root.lines(key).map((other) => `${key}: ${other}`))]],
    ],
    publicAt: published === undefined ? [] : [published],
    forEverybody: published !== undefined,
    warnings: [],
  };
}

function productOf(part: Part): ForeignProduct {
  const inside = part.part('package');
  const ecosystem = inside?.line('ecosystem');
  const name = inside?.line('name');
  const purl = inside && purlIn(inside, 'purl');
  const ranges = part.parts('ranges').flatMap((range) => rangesOf(range, ecosystem));
  // Where there are ranges, the list repeats what lies in them.
  const listed = ranges.length > 0 ? [] : part.lines('versions').map((version) => oneVersion(version, undefined));
  const versions = [...ranges, ...listed];
  return { vendor: undefined, name: name ?? 'not named', versions: versions.length === 0 ? [NOT_STATED] : versions, ...(purl === undefined ? {} : { purl }) };
}

const EVENTS = ['introduced', 'fixed', 'last_affected', 'limit'] as const;

function rangesOf(part: Part, ecosystem = ''): ForeignVersion[] {
  const type = part.needed('type');
  if (type === 'GIT') {
    part.leave('events', 'commits, which are no versions');
    part.skip('events');
    return [];
  }
  const [family = ''] = ecosystem.split(':');
  const scheme = type === 'SEMVER' ? (family === 'npm' ? 'npm' : 'semver') : ((Object.hasOwn(SCHEMES, family) ? SCHEMES[family] : undefined) ?? 'custom');
  const events = part.parts('events').flatMap((event) => EVENTS.flatMap((kind) => {
    const version = event.line(kind);
    return version === undefined ? [] : [{ kind, version }];
  }));
  // Their order in the file means nothing; where the scheme cannot tell, most files have them in order.
  events.sort((a, b) => (a.version === '0' ? -1 : b.version === '0' ? 1 : (compareVersions(scheme, a.version, b.version) ?? 0)));
  const found: ForeignVersion[] = [];
  let from: string | undefined;
  let open = false;
  const close = (end: Partial<VersionRange>): void => {
    if (open) found.push(inRange({ scheme, ...(from === undefined ? {} : { from }), ...end }));
    open = false;
  };
  for (const { kind, version } of events) {
    if (kind === 'introduced' && !open) {
      from = version === '0' ? undefined : version;
      open = true;
    } else if (kind === 'fixed') close({ fixed: version });
    else if (kind === 'last_affected') close({ through: version });
    else if (kind === 'limit') part.leave('events', 'a limit, which ends no range');
  }
  close({});
  return found;
}
