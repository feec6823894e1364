import { describe, expect, it } from 'vitest';
import { entryFact, entryHeadline, entrySentence, entryWords, messageLine, partyName } from '../../src/documents/entry-text.ts';
import type { LoggedEntry } from '../../src/domain/case.ts';
import type { LogEntry } from '../../src/generated/documents.ts';

const HEAD = { at: '2014-05-01T10:00:00+09:00', by: 'sato' } as const;
const logged = (entry: LogEntry, text = ''): LoggedEntry => ({ path: 'log/x.md', name: 'x.md', entry, text, at: 0, where: () => ({ line: 1, column: 1 }) });

describe('entrySentence', () => {
  it.each<[LogEntry, string]>([
    [{ ...HEAD, event: 'vendor-contacted', vendor: 'acme', purpose: 'first-contact', means: 'phone', outcome: 'no-answer' }, 'acme contacted by phone: first contact (no answer)'],
    [{ ...HEAD, event: 'vendor-status', vendor: 'acme', status: 'not-affected', cves: ['CVE-2014-0224'] }, 'public status of acme: not affected for CVE-2014-0224'],
    [{ ...HEAD, event: 'fix-available', vendor: 'acme', remediation: 'stop-using', partial: true }, 'partial stop using available from acme'],
    [{ ...HEAD, event: 'embargo-proposed', party: 'vendor:acme', until: '2014-06-06T03:00:00Z' }, 'acme proposes an embargo until 2014-06-06 12:00 +09:00'],
    [{ ...HEAD, event: 'date-agreed', party: 'receiving-organisation', date: '2014-06-06T12:00:00+09:00' }, 'receiving organisation agrees to publication on 2014-06-06 12:00 +09:00'],
    [{ ...HEAD, event: 'escalated', vendor: 'acme', step: 'reminder-1', evidence: ['x.md'] }, 'acme: step reminder-1 of the ladder, resting on 1 entry'],
    [{ ...HEAD, event: 'escalated', vendor: 'acme', step: 'contact-limit', evidence: ['x.md', 'y.md'], did: '04630151', until: '2014-12-15' }, 'acme: step contact-limit of the ladder, listed as DID#04630151, to get in touch by 2014-12-15, resting on 2 entries'],
    [{ ...HEAD, event: 'assessed', criteria: { a: { answer: 'yes' }, b: { answer: 'unknown' }, c: { answer: 'yes' } }, spread: 'wide', priority: 'normal' }, 'assessed as normal (spread wide, severity unknown); criteria: 2 yes, 1 unknown'],
    [{ ...HEAD, event: 'declined', reason: 'x', assistance: ['contact-attempt'] }, 'case declined; help offered: contact attempt'],
  ])('%o', (entry, sentence) => {
    expect(entrySentence(entry, 'Asia/Tokyo')).toBe(sentence);
  });
});

describe('entryWords', () => {
  it('has what people said, in their words and both languages, escapes written out', () => {
    const status = logged({ ...HEAD, event: 'vendor-status', vendor: 'acme', status: 'disputed', reason: 'Not a flaw.', statement: { en: 'We\x1b[2J disagree.', ja: '異議があります。' } }, '\nSeen on the phone.\n');
    expect(entryWords(status)).toEqual(['Not a flaw.', 'We\\x1b[2J disagree.', '異議があります。', 'Seen on the phone.']);
  });

  it('has nothing for an entry without words', () => {
    expect(entryWords(logged({ ...HEAD, event: 'reporter-replied' }))).toEqual([]);
  });
});

describe('messageLine', () => {
  it('says in capitals that a message went out in clear, and why', () => {
    expect(messageLine({ id: '<a@b>', template: 'declined', language: 'ja', inClear: 'the reporter has no key' })).toBe('message <a@b>, declined in ja; IN CLEAR: the reporter has no key');
  });
});

describe('partyName', () => {
  it('drops what the sentence says anyway', () => {
    expect(['vendor:acme', 'partner:cert-cc', 'reporter'].map(partyName)).toEqual(['acme', 'partner cert cc', 'reporter']);
  });
});

describe('an entry in a commit message', () => {
  it.each<[Parameters<typeof entryHeadline>[0], string]>([
    [{ event: 'cve-assigned', cve: 'CVE-2022-46648', assigner: 'jpcert', flaw: 'injection in the login form' }, 'cve-assigned CVE-2022-46648 (jpcert)'],
    [{ event: 'vendor-status', vendor: 'acme', status: 'not-affected' }, 'vendor-status acme: not-affected'],
    [{ event: 'corrected', entry: '20140502T010000Z-note-00aa.md', reason: 'Secret words.' }, 'corrected 20140502T010000Z-note-00aa.md'],
    [{ event: 'vendor-replied', vendor: 'acme' }, 'vendor-replied acme'],
    [{ event: 'date-agreed', party: 'vendor:acme', date: '2026-03-06T12:00:00+09:00' }, 'date-agreed vendor:acme 2026-03-06 12:00 +09:00'],
    [{ event: 'embargo-accepted', party: 'reporter' }, 'embargo-accepted reporter'],
    [{ event: 'fix-available', remediation: 'fix', versions: ['1.2.4'] }, 'fix-available fix'],
    [{ event: 'public-known', how: 'A blog of the finder names it.' }, 'public-known'],
  ])('%j', (entry, headline) => {
    expect(entryHeadline(entry, 'Asia/Tokyo')).toBe(headline);
  });

  it('never says which flaw it is', () => {
    expect(entryFact({ event: 'cve-assigned', cve: 'CVE-2022-46648', assigner: 'jpcert', flaw: 'injection in the login form' }, 'Asia/Tokyo')).toBe('CVE-2022-46648 assigned by jpcert');
  });
});
