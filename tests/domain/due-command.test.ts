import { describe, expect, it } from 'vitest';
import { commandForDue } from '../../src/domain/due-command.ts';
import type { DueDate } from '../../src/domain/deadlines.ts';
import type { EntryMatch } from '../../src/generated/documents.ts';

describe('commandForDue', () => {
  it.each<[EntryMatch | undefined, string | undefined, string]>([
    [{ event: 'reporter-contacted', with: { purpose: 'acknowledgement' } }, undefined, 'vcc notify 61247051 --reporter --purpose acknowledgement --in-clear REASON'],
    [{ event: 'vendor-contacted' }, 'acme', 'vcc notify 61247051 --vendor acme'],
    [{ event: 'vendor-contacted', with: { purpose: 'details' } }, undefined, 'vcc notify 61247051 --vendor SLUG --purpose details'],
    [{ event: 'accepted' }, undefined, 'vcc triage 61247051'],
    [{ event: 'escalated' }, 'acme', 'vcc escalate 61247051 --vendor acme'],
    [{ event: 'published' }, undefined, 'vcc publish 61247051 --check'],
    [{ event: 'partner-contacted', with: { party: 'receiving-organisation', purpose: 'vendor-answer' } }, 'acme', 'vcc notify 61247051 --partner receiving-organisation --purpose vendor-answer --vendor acme'],
    [{ event: 'partner-contacted', with: { party: 'partner:power', purpose: 'published' } }, undefined, 'vcc notify 61247051 --partner power --purpose published'],
    [{ event: 'vendor-status' }, 'acme', 'vcc record 61247051 vendor-status --vendor acme'],
    [undefined, undefined, 'vcc show 61247051'],
  ])('%j for %s', (wants, vendor, command) => {
    expect(commandForDue({ caseNumber: '61247051', owed: 'team', state: 'pending', ...(wants ? { wants } : {}), ...(vendor === undefined ? {} : { vendor }) })).toBe(command);
  });

  it.each<[DueDate['state'], EntryMatch, string]>([
    ['overdue', { event: 'vendor-replied' }, 'vcc escalate 1 --vendor acme'],
    ['overdue', { event: 'fix-available' }, 'vcc escalate 1 --vendor acme'],
    ['pending', { event: 'vendor-replied' }, 'vcc show 1'],
    ['due-soon', { event: 'vendor-replied' }, 'vcc show 1'],
    ['pending', { event: 'escalated', with: { step: 'committee' } }, 'vcc escalate 1 --vendor acme'],
  ])('never has a reply of a vendor recorded to be rid of a clock: %s', (state, wants, command) => {
    expect(commandForDue({ caseNumber: '1', owed: 'vendor', vendor: 'acme', state, wants })).toBe(command);
  });

  it('has a letter of its own for a date that fell through', () => {
    expect(commandForDue({ caseNumber: '1', owed: 'team', state: 'pending', vendor: 'acme', wants: { event: 'vendor-contacted', with: { purpose: 'date-withdrawn' } } })).toBe('vcc notify 1 --vendor acme --purpose date-withdrawn');
    expect(commandForDue({ caseNumber: '1', owed: 'team', state: 'pending', wants: { event: 'partner-contacted', with: { party: 'receiving-organisation', purpose: 'publication-date' } } })).toBe('vcc notify 1 --partner receiving-organisation --purpose publication-date');
  });

  it('writes the letter that is owed first where several would do', () => {
    expect(commandForDue({ caseNumber: '1', owed: 'team', state: 'pending', wants: { event: 'reporter-contacted', with: { purpose: ['accepted', 'declined'] } } })).toBe('vcc notify 1 --reporter --purpose accepted');
  });
});
