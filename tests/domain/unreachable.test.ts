import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LIST_FORMATS, listingAsData, unreachablePage } from '../../src/documents/unreachable-page.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import { replay } from '../../src/domain/replay.ts';
import { heldBack, publicListing, standingOf, type PublicListing } from '../../src/domain/unreachable.ts';
import type { Bilingual, UnreachableDeveloper } from '../../src/generated/documents.ts';
import { aRecord, CONFIGURATION, entry, jpcertPolicy, STORY, storyUntil } from '../support/a-case.ts';

const POLICY = jpcertPolicy();
const ZONE = 'Asia/Tokyo';
const NAMES = new Map<string, Bilingual>([['acme', { en: 'Zorgon Works', ja: '象限工房' }], ['beta', { en: 'Quibble Systems', ja: '久仏設備' }]]);
const FILE = { title: { en: 'Flumph overflow in the login page', ja: 'ログイン画面におけるフランフの脆弱性' }, products: [{ vendor: 'Zorgon Works', registry: 'acme', name: 'Wibble Server', versions: ['7.31 and earlier'] }, { vendor: 'Quibble Systems', registry: 'beta', name: 'Splat Client', versions: ['9.42'] }] };
const DID = '04630151';

const developer = (changes: Partial<UnreachableDeveloper> = {}): UnreachableDeveloper => ({ schemaVersion: 1, did: DID, case: '61247051', vendor: 'acme', kind: 'organisation', name: { en: 'Zorgon Works', ja: '象限工房' }, ...changes });
const start = [...storyUntil('contacted'), entry('vendor-added', '2014-05-08T10:00', { vendor: 'beta', role: 'downstream' }), entry('cve-assigned', '2014-05-09T10:00', { cve: 'CVE-2014-7777', assigner: 'jpcert' })];
const step = (id: string, when: string, more: object = {}): LoggedEntry => entry('escalated', when, { vendor: 'acme', step: id, evidence: [STORY.contacted.name], ...more });
const listed = step('list-name', '2014-08-11T10:00', { did: DID });
const product = step('list-product', '2014-11-12T10:00');
const limit = step('contact-limit', '2014-11-13T10:00', { until: '2014-12-15' });

const recordOf = (log: readonly LoggedEntry[]) => aRecord(log, { file: { route: 'partnership', ...FILE } });

function told(file: UnreachableDeveloper, log: readonly LoggedEntry[]): PublicListing | string {
  const record = recordOf(log);
  const { state } = replay(record);
  const standing = standingOf(file, state, POLICY);
  return standing.listed ? publicListing(file, standing.listing, record, state, NAMES, ZONE) : standing.why;
}

/** The whole list in every form and language, as one text. */
const everyForm = (listings: readonly PublicListing[]): string =>
  (['en', 'ja'] as const).flatMap((language) => LIST_FORMATS.map((format) => (format === 'json' ? JSON.stringify(listings.map((listing) => listingAsData(listing, language, CONFIGURATION))) : unreachablePage(listings, language, format, CONFIGURATION)))).join('\n');

describe('stage by stage', () => {
  test.each<[string, LoggedEntry[], Partial<PublicListing>]>([
    ['the name', [listed], { listedOn: '2014-08-11', updatedOn: '2014-08-11' }],
    ['the product', [listed, product], { updatedOn: '2014-11-12', product: { disclosedOn: '2014-11-12', products: [{ name: 'Wibble Server', versions: ['7.31 and earlier'] }] } }],
    ['the last day', [listed, product, limit], { updatedOn: '2014-11-13', limit: { until: '2014-12-15', announcedOn: '2014-11-13' } }],
    ['the committee adds nothing', [listed, product, limit, step('committee', '2014-12-16T10:00')], { updatedOn: '2014-11-13' }],
  ])('%s', (_what, log, expected) => {
    const found = told(developer(), [...start, ...log]);
    expect(found).toMatchObject(expected);
    for (const field of ['product', 'limit'] as const) expect(field in (found as object)).toBe(log.includes(field === 'product' ? product : limit));
  });

  test('a stage whose step before is missing is not reached', () => {
    expect(told(developer(), [...start, listed, limit])).not.toHaveProperty('limit');
    expect(told(developer(), [...start, product])).toBe('the log has no step that lists it');
  });

  test.each<[string, LoggedEntry, string]>([
    ['answered', entry('vendor-replied', '2014-12-01T10:00', { vendor: 'acme' }), 'acme got in touch'],
    ['took a call', entry('vendor-contacted', '2014-12-01T10:00', { vendor: 'acme', purpose: 'reminder', means: 'phone', outcome: 'answered' }), 'acme got in touch'],
    ['disputes the flaw', entry('vendor-replied', '2014-12-01T10:00', { vendor: 'acme', progress: 'rejected' }), 'acme got in touch'],
    ['has its case withdrawn', entry('withdrawn', '2014-12-01T10:00', { because: 'already-public', reason: 'x' }), 'the case is withdrawn'],
  ])('who %s leaves the list at every stage', (_what, ending, why) => {
    const stages = [listed, product, limit];
    for (const [nth] of stages.entries()) expect(told(developer(), [...start, ...stages.slice(0, nth + 1), ending])).toBe(why);
  });

  test('who falls silent again is listed by the same number, from the first stage on', () => {
    const log = [...start, listed, product, entry('vendor-replied', '2014-12-01T10:00', { vendor: 'acme' }), step('list-name', '2015-06-01T10:00', { did: DID })];
    expect(told(developer(), log)).toMatchObject({ listedOn: '2015-06-01' });
    expect(told(developer(), log)).not.toHaveProperty('product');
  });
});

describe('what a person wrote for the list', () => {
  const held = (changes: Partial<UnreachableDeveloper>) => {
    const record = recordOf(start);
    return heldBack(developer(changes), record, replay(record).state, NAMES);
  };
  const hidden = (changes: Partial<UnreachableDeveloper>) => {
    const { vendor, kind, link, remarks } = developer(changes);
    const record = recordOf(start);
    return heldBack({ vendor, kind, ...(link === undefined ? {} : { link }), ...(remarks && { remarks }) }, record, replay(record).state, NAMES);
  };
  test.each(['JVN#61247051', '６１２４７０５１', 'cve-2014-7777', 'flumph  overflow in the LOGIN page', 'quibble systems', '久仏設備', 'splat client 9.42'])('never tells of %s', (words) => {
    expect(held({ remarks: { en: `About ${words}.` } })).toEqual({ forGood: ['remarks'], untilProduct: [] });
  });
  test.each(['wibble server', 'Wibble-Server', '7.31 and earlier', 'v7.31 / 7.31'])('tells of %s with the product and not before', (words) => {
    expect(held({ remarks: { ja: words }, link: 'https://example.org/' })).toEqual({ forGood: [], untilProduct: ['remarks'] });
    const file = developer({ remarks: { ja: words } });
    expect(told(file, [...start, listed])).not.toHaveProperty('remarks');
    expect(told(file, [...start, listed, product])).toMatchObject({ remarks: { ja: words } });
  });
  test('a link that has the hidden name in it is left out', () => {
    expect(hidden({ link: 'https://acme.example/' })).toEqual({ forGood: ['link'], untilProduct: [] });
    expect(held({ link: 'https://acme.example/' })).toEqual({ forGood: [], untilProduct: [] });
  });
});

test('hostile words stay words in every form', () => {
  const listing = told(developer({ name: { en: '=cmd|"/c calc"!A1' }, link: 'https://evil.example/"onmouseover="x', remarks: { en: '<script>alert(1)</script> | ![x](http://x/)\u202e' } }), [...start, listed]) as PublicListing;
  expect(unreachablePage([listing], 'en', 'html', CONFIGURATION)).not.toMatch(/<script|" ?onmouseover=|\u202e/);
  expect(unreachablePage([listing], 'en', 'csv', CONFIGURATION)).toContain('"\'=cmd|""/c calc""!A1"');
  expect(unreachablePage([listing], 'en', 'markdown', CONFIGURATION)).not.toMatch(/(?<!\\)<script|!\[x\]|\u202e/);
});

test('whatever the log says, in every form the list never tells more than its stage (2000 random logs)', () => {
  const ids = [...POLICY.escalation.map(({ id }) => id), 'list-name', 'list-product', 'contact-limit'];
  const one = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...ids).map((id) => ({ kind: 'step', id }) as const) },
    { weight: 1, arbitrary: fc.constantFrom('vendor-replied', 'published', 'withdrawn', 'closed', 'committee-cleared', 'committee-refused', 'scheduled', 'corrected', 'other-did', 'beta-listed').map((id) => ({ kind: 'event', id }) as const) },
  );
  const words = fc.constantFrom('', 'Wibble Server', '7.31 and earlier', '61247051', 'CVE-2014-7777', 'Flumph overflow in the login page', 'Quibble Systems', 'Splat Client', 'Zorgon Works', '象限工房', 'a harmless remark');
  let onList = 0;
  fc.assert(
    fc.property(fc.array(one, { maxLength: 14 }), fc.boolean(), words, words, fc.constantFrom('organisation' as const, 'individual' as const), (events, shown, remark, address, kind) => {
      const log: LoggedEntry[] = [...start];
      for (const [nth, { kind: what, id }] of events.entries()) {
        const when = `2015-${String(1 + Math.floor(nth / 2)).padStart(2, '0')}-${String(1 + nth).padStart(2, '0')}T10:00`;
        if (what === 'step') log.push(step(id, when, { ...(id === 'list-name' ? { did: DID } : {}), ...(id === 'contact-limit' ? { until: '2016-01-15' } : {}) }));
        else if (id === 'vendor-replied') log.push(entry('vendor-replied', when, { vendor: 'acme' }));
        else if (id === 'published') log.push(entry('published', when, { text: `sha256:${'0a'.repeat(32)}`, date: `${when}:00+09:00` }));
        else if (id === 'withdrawn') log.push(entry('withdrawn', when, { because: 'already-public', reason: 'x' }));
        else if (id === 'closed') log.push(entry('closed', when, { because: 'committee-refused', reason: 'x' }));
        else if (id === 'committee-cleared') log.push(entry('committee-cleared', when, { conditions: { uncoordinatable: true, confirmed: true, 'users-unaware': true, 'no-reason-against': true, 'developer-heard': true } }));
        else if (id === 'committee-refused') log.push(entry('committee-refused', when, { reason: 'x' }));
        else if (id === 'scheduled') log.push(entry('scheduled', when, { date: '2016-01-01T10:00:00+09:00' }));
        else if (id === 'other-did') log.push(step('list-name', when, { did: '99999999' }));
        else if (id === 'beta-listed') log.push(entry('escalated', when, { vendor: 'beta', step: 'list-product', evidence: [STORY.contacted.name] }));
        else log.push(entry('corrected', when, { entry: log.at(-1)?.name ?? '', reason: 'x' }));
      }
      const { name, ...nameless } = developer({ kind, ...(remark === '' ? {} : { remarks: { en: remark } }), ...(address === '' ? {} : { link: `https://example.org/${encodeURI(address)}` }) });
      const found = told(shown ? { ...nameless, ...(name && { name }) } : nameless, log);
      if (typeof found === 'string') return;
      onList += 1;
      const text = decodeURI(everyForm([found])).toLowerCase();
      const { state } = replay(recordOf(log));
      expect(['coordinating', 'scheduled']).toContain(state.status);
      // An oracle of its own: what the steps since the last answer allow, in the order of the policy.
      const taken = (state.vendors.get('acme')?.steps ?? []).map(({ entry: { step: id } }) => id);
      const productShown = taken.includes('list-name') && taken.includes('list-product');
      const secrets = ['61247051', 'CVE-2014-7777', FILE.title.en, FILE.title.ja, 'Quibble Systems', '久仏設備', 'Splat Client', '9.42', 'beta', '99999999', ...(productShown ? [] : ['Wibble Server', '7.31']), ...(shown ? [] : ['Zorgon Works', '象限工房', 'acme']), ...(productShown && taken.includes('contact-limit') ? [] : ['2016'])];
      for (const secret of secrets) expect(text).not.toContain(secret.toLowerCase());
      expect(text).toContain(`did#${DID}`);
      if (productShown) expect(text).toContain('wibble server');
    }),
    { numRuns: 2000 },
  );
  expect(onList).toBeGreaterThan(500);
});
