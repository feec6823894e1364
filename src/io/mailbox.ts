import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseMail } from '../documents/opened-mail.ts';
import { backOff, givenUp, giveUpAt, type MailState, type OutboxMail, type SendOutcome } from '../domain/mail-state.ts';
import type { Clock, Mailbox, Random } from '../environment.ts';
import { gitDirOf } from './git-process.ts';
import { writeDurably } from './journal.ts';
import { withLock } from './lock.ts';
import { requireSafeTarget } from './safe-path.ts';
import type { Envelope, Transport } from './transport.ts';

/** The state of a message is the folder that it lies in: a rename is whole or not at all, also when the machine stops. */
const FOLDERS: Readonly<Record<MailState, string>> = { queued: 'outbox', sending: 'outbox/sending', uncertain: 'outbox/uncertain', sent: 'outbox/sent', failed: 'outbox/failed' };
const STATES = Object.keys(FOLDERS) as readonly MailState[];
const MAIL = /^(.+)\.eml$/;
const MESSAGE_ID = /^Message-ID:\s*(<[^<>\s]+>)/im;

/** Beside a message: how often it was tried, and what was said. */
interface Note {
  readonly tries: number;
  readonly why: string;
  readonly notBefore?: number;
  readonly failingSince?: number;
}

/** One that is cut off or was changed by hand says nothing: the message is tried as if there were none. */
function readNote(text: string): Note | undefined {
  try {
    const note = JSON.parse(text) as Partial<Note> | null;
    return typeof note?.tries === 'number' && typeof note.why === 'string' ? (note as Note) : undefined;
  } catch (problem) {
    if (problem instanceof SyntaxError) return undefined;
    throw problem;
  }
}

const kept = <K extends string>(name: K, value: number | undefined): { readonly [key in K]?: number } => (value === undefined ? {} : ({ [name]: value } as { [key in K]: number }));

export function makeMailbox(root: () => string, clock: Clock, random: Random): Mailbox {
  const pathOf = (state: MailState, id: string, ending = 'eml'): string => join(FOLDERS[state], `${id}.${ending}`);
  const at = (path: string): string => join(root(), path);
  const noteOf = (state: MailState, id: string): Note | undefined => {
    const path = at(pathOf(state, id, 'json'));
    return existsSync(path) ? readNote(readFileSync(path, 'utf8')) : undefined;
  };
  const idsIn = (state: MailState): string[] => (existsSync(at(FOLDERS[state])) ? readdirSync(at(FOLDERS[state]), { withFileTypes: true }).flatMap((entry) => (entry.isFile() ? (MAIL.exec(entry.name)?.[1] ?? []) : [])).sort() : []);
  const list = (): OutboxMail[] =>
    STATES.flatMap((state) =>
      idsIn(state).map((id): OutboxMail => {
        const note = noteOf(state, id);
        return { id, state, ...(note === undefined ? {} : { why: note.why, ...kept('notBefore', note.notBefore), ...kept('failingSince', note.failingSince) }) };
      }),
    );
  const move = (id: string, from: MailState, to: MailState, note?: Note): void => {
    mkdirSync(at(FOLDERS[to]), { recursive: true, mode: 0o700 });
    for (const ending of ['eml', 'json']) requireSafeTarget(root(), pathOf(to, id, ending));
    // The note first: a message without one is tried at once, one with a note that is too new waits.
    if (note !== undefined) writeDurably(at(pathOf(to, id, 'json')), Buffer.from(`${JSON.stringify(note)}\n`), 0o600);
    renameSync(at(pathOf(from, id)), at(pathOf(to, id)));
    if (from !== to) rmSync(at(pathOf(from, id, 'json')), { force: true });
  };

  const attempt = async (transport: Transport, id: string, from: MailState): Promise<SendOutcome> => {
    const before = noteOf(from, id);
    const tries = (before?.tries ?? 0) + 1;
    // Whoever sends a message again that was given up starts anew.
    const failingSince = from === 'queued' ? before?.failingSince : undefined;
    const message = readFileSync(at(pathOf(from, id)));
    const envelope = await envelopeOf(id, message);
    if (envelope === undefined) {
      // The others are not kept waiting by it.
      const why = 'it is no message of vcc: it has no sender, or not one recipient';
      move(id, from, 'failed', { tries, why });
      return { id, state: 'failed', why };
    }
    move(id, from, 'sending', { tries, why: 'a run was at it' });
    const now = clock.now();
    const { end, why } = await transport.deliver(envelope, message);
    const outcome = ((): SendOutcome => {
      switch (end) {
        case 'taken':
          return { id, state: 'sent', why };
        case 'refused':
          return { id, state: 'failed', why };
        case 'lost':
          return { id, state: 'uncertain', why };
        case 'notNow':
          return now >= giveUpAt(failingSince ?? now) ? { id, state: 'failed', why: givenUp(why) } : { id, state: 'queued', why, notBefore: now + backOff(tries) };
        case 'noService':
          return { id, state: from, why, stopped: true };
      }
    })();
    const since = end === 'notNow' ? (failingSince ?? now) : failingSince;
    move(id, 'sending', outcome.state, { tries: end === 'noService' ? tries - 1 : tries, why: outcome.why ?? why, ...kept('notBefore', outcome.notBefore), ...(outcome.state === 'queued' ? kept('failingSince', since) : {}) });
    return outcome;
  };

  return {
    list,
    messageId: ({ id, state }) => MESSAGE_ID.exec(readFileSync(at(pathOf(state, id)), 'latin1').split(/\r?\n\r?\n/, 1)[0] ?? '')?.[1],
    send: async (mails, onEach) => {
      const { openTransport } = await import('./transport.ts');
      return withLock(join(await gitDirOf(root()), 'vcc-send'), random, async () => {
        // Nobody else sends now, so what a run left there it may have sent: whoever knows better says so.
        for (const id of idsIn('sending')) move(id, 'sending', 'uncertain', { tries: noteOf('sending', id)?.tries ?? 1, why: 'a run was interrupted while it was at it' });
        const transport = await openTransport(root());
        const outcomes: SendOutcome[] = [];
        try {
          for (const { id, state } of mails) {
            // Another run may have had it since it was chosen: then it is not what the person decided on.
            if (state === 'sent' || !idsIn(state).includes(id)) continue;
            const outcome = await attempt(transport, id, state);
            outcomes.push(outcome);
            onEach(outcome);
            if (outcome.stopped === true) break;
          }
        } finally {
          transport.close();
        }
        return outcomes;
      });
    },
  };
}

/** One address each: the messages are written by vcc, and each has one recipient. */
async function envelopeOf(id: string, message: Uint8Array): Promise<Envelope | undefined> {
  const { from, to = [] } = await parseMail(id, message);
  const [recipient] = to;
  if (from?.address === undefined || recipient?.address === undefined || to.length !== 1) return undefined;
  return { from: from.address, to: recipient.address };
}
