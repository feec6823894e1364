import type { OutgoingMessage, Plan } from '../../src/domain/plan.ts';

export const CASE = 'cases/2014/61247051';
export const ENTRY = `${CASE}/log/20140606T030000Z-note-abcd.md`;

/** A small plan: one case file, one log entry. */
export function aPlan(changes: Partial<Plan> = {}): Plan {
  return {
    summary: 'case 61247051 is noted',
    writes: [
      { path: `${CASE}/case.md`, text: '---\nid: "61247051"\n---\n' },
      { path: ENTRY, text: '---\nevent: note\n---\n日本語の本文\n' },
    ],
    seals: [],
    messages: [],
    commit: { subject: '61247051: note', body: '# A line that begins with a hash stays.', trailers: [['Case', '61247051'], ['Event', 'note']] },
    notices: [],
    next: [],
    ...changes,
  };
}

export function aMessage(changes: Partial<OutgoingMessage> & Pick<OutgoingMessage, 'encryption'>): OutgoingMessage {
  return {
    party: 'reporter',
    to: { name: '報告 太郎', email: 'reporter@example.org' },
    subject: '[VCC#61247051]',
    body: 'Thank you.\nありがとうございます。\n',
    language: 'ja',
    messageId: '<61247051.1.abcdef@centre.example>',
    references: ['<61247051.0.abcdef@centre.example>'],
    attachments: [],
    ...changes,
  };
}

/** What publishing adds to a plan. */
export const aPublication = {
  files: [
    { path: '2014/JVN61247051/advisory.en.md', text: '# Advisory\n' },
    { path: '2014/JVN61247051/advisory.ja.md', text: '# 注意\n' },
  ],
  commit: { subject: 'JVN#61247051: publish', body: '', trailers: [] },
} as const;
