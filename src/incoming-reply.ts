import { createHash } from 'node:crypto';
import { withoutOpenpgpBlocks } from './domain/openpgp-block.ts';
import { legible, legibleLine } from './documents/legible.ts';
import { openMail, type OpenedMail } from './documents/opened-mail.ts';
import { contactAt } from './documents/registry-file.ts';
import { MAIL_LIMIT } from './documents/report-mail.ts';
import { sealPart } from './documents/sealed-parts.ts';
import type { CaseRecord, EntryOf } from './domain/case.ts';
import { formatInstant, type Instant } from './domain/instant.ts';
import type { FileWrite, SealedWrite } from './domain/plan.ts';
import { refusal } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import { openReporter } from './letters/correspondence.ts';
import { guardOfMail } from './sealed-guards.ts';
import { mailKeys, ownerOf, signatureLines } from './mail-keys.ts';
import type { CaseView, Session } from './session.ts';

type MailFact = NonNullable<EntryOf<'vendor-replied'>['mail']>;

/** A mail that answers one of ours, opened. */
export interface Reply {
  readonly bytes: Uint8Array;
  readonly opened: OpenedMail;
  readonly sha256: string;
  readonly signature: MailFact['signature'];
  /** When it was sent, as it says itself; undefined where it does not say, or names a time to come. */
  readonly sentAt?: Instant;
}

/** Reads a mail that answers one of ours: encrypted, signed, or plain. */
export async function readReply(env: Environment, session: Session, path: string): Promise<Reply> {
  const { name, bytes } = await env.input(path, MAIL_LIMIT);
  const opened = await openMail(name, bytes, mailKeys(env, session));
  const sent = sendingTime(opened.mail);
  const states = new Set(opened.signatures.filter(({ state, partial }) => state !== 'good' || partial !== true).map(({ state }) => state));
  return {
    bytes,
    opened,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    // One that is not good is what counts.
    signature: (['bad', 'unknown-key', 'good'] as const).find((state) => states.has(state)) ?? 'none',
    ...(sent === undefined || sent > session.now ? {} : { sentAt: Math.floor(sent / 1000) * 1000 }),
  };
}

const DAY = 86_400_000;

/** When a mail was sent, as it says itself; when our own server got it, where these are more than a day apart: whoever is late may date a mail back. */
function sendingTime({ date, headers }: OpenedMail['mail']): Instant | undefined {
  const said = Date.parse(date ?? '');
  // The newest one stands on top; those below it are a stranger's word as well.
  const arrived = Date.parse(headers.find(({ key }) => key === 'received')?.value.replace(/^[\s\S]*;/, '') ?? '');
  const times = [said, arrived].filter((time) => !Number.isNaN(time));
  return times.length === 2 && Math.abs(said - arrived) > DAY ? arrived : times[0];
}

const MESSAGE_ID = /<[^<>\s]{1,250}>/g;
const PUBLIC_ID = /\[[A-Z][A-Z0-9]{1,11}#(\d{8})\]/g;

/** The case that a mail answers in: by the message that it refers to, else by the number in its subject. Refuses where it names several, or none. */
export function caseOfReply({ repository }: Session, { opened: { mail, subject } }: Reply): string {
  const referred = new Set([mail.inReplyTo, mail.references].flatMap((header) => header?.match(MESSAGE_ID) ?? []));
  const byThread = referred.size === 0 ? [] : [...repository.cases()].filter(({ log }) => log.some(({ entry }) => 'message' in entry && referred.has(entry.message.id))).map(({ number }) => number);
  const named = [...`${mail.subject ?? ''} ${subject}`.matchAll(PUBLIC_ID)].flatMap(([, number]) => (number !== undefined && repository.caseFolders().some((folder) => folder.number === number) ? [number] : []));
  const found = [...new Set([...byThread, ...named])];
  const [only] = found;
  if (found.length === 1 && only !== undefined) return only;
  const why = found.length === 0 ? 'the mail answers no message of a case, and its subject names none' : `the mail speaks of ${found.length} cases: ${found.join(', ')}`;
  throw refusal('which-case', why, 'Name the case: vcc record CASE --from MAIL; a new report goes to vcc intake MAIL.');
}

/** What the mail says about who wrote it: the event of an answer, and whose. */
export interface Sender {
  readonly event: 'vendor-replied' | 'partner-replied' | 'reporter-replied';
  readonly vendor?: string;
  readonly party?: string;
}

/**
 * Who wrote an answer, by its address and by the key that signed it. Refuses where these two disagree, and where nobody or more
 * than one party of the case has that address: who is meant is asked, never guessed.
 */
export async function senderOf(env: Environment, session: Session, { record, state }: CaseView, { opened }: Reply): Promise<Sender> {
  const address = opened.mail.from?.address;
  const { repository } = session;
  const knows = (file: Parameters<typeof contactAt>[0] | undefined): boolean => file !== undefined && address !== undefined && contactAt(file, address) !== -1;
  const vendors = [...state.vendors.keys()].filter((slug) => knows(repository.vendor(slug)?.vendor));
  const partners = [...repository.partners()].filter(([, { partner }]) => knows(partner)).map(([slug]) => slug);
  const isReporter = record.sealed.includes('reporter') && address !== undefined && (await openReporter(env, session, record))?.email?.toLowerCase() === address.toLowerCase();
  const found: readonly Sender[] = [
    ...vendors.map((vendor): Sender => ({ event: 'vendor-replied', vendor })),
    ...partners.map((slug): Sender => ({ event: 'partner-replied', party: repository.partner(slug)?.partner.kind === 'receiving-organisation' ? 'receiving-organisation' : `partner:${slug}` })),
    ...(isReporter ? [{ event: 'reporter-replied' } as const] : []),
  ];
  const [only] = found;
  const howTo = `Say who it is: vcc record ${record.number} vendor-replied --vendor SLUG --from MAIL, or partner-replied --party PARTY, or reporter-replied.`;
  if (only === undefined || found.length > 1) {
    // The address may be the reporter's other one: it is not repeated.
    throw refusal('which-party', found.length === 0 ? 'the address of the mail is that of no party of the case' : `the address of the mail is that of ${found.length} parties of the case`, howTo);
  }
  requireSigner(session, only, opened, howTo);
  return only;
}

/** Refuses an answer that is signed with somebody else's key than that of whom it is said to be from. */
export function requireSigner(session: Session, { vendor, party }: Pick<Sender, 'vendor' | 'party'>, { signatures }: OpenedMail, hint: string): void {
  const claimed = vendor === undefined ? (party === 'receiving-organisation' ? receivingOrganisation(session) : party?.replace('partner:', 'partner ')) : `vendor ${vendor}`;
  const signers = signatures.filter(({ state, partial }) => state === 'good' && partial !== true).map(({ by, keyId }) => ownerOf(session, by ?? keyId));
  if (signers.length === 0 || signers.includes(claimed)) return;
  throw refusal('other-signer', `the mail would be that of ${claimed ?? 'the reporter'}, and is signed with the key of ${signers.map((owner) => owner ?? 'nobody in the registry').join(', ')}`, hint);
}

const receivingOrganisation = ({ repository }: Session): string => `partner ${[...repository.partners()].find(([, { partner }]) => partner.kind === 'receiving-organisation')?.[0] ?? ''}`;

/** The good signature of a vendor or a partner on the whole of a mail. Nobody's key, which may be the reporter's, is named in the log. */
function knownSignature(session: Session, { signatures }: OpenedMail): { readonly signer: string; readonly signedAt: string; readonly at: Instant } | undefined {
  const found = signatures.find(({ state, partial, by, madeAt }) => state === 'good' && partial !== true && by !== undefined && madeAt !== undefined && /^(?:vendor|partner) /.test(ownerOf(session, by) ?? ''));
  return found?.by === undefined || found.madeAt === undefined ? undefined : { signer: found.by, signedAt: formatInstant(found.madeAt, session.zone), at: found.madeAt };
}

/** Subject and date of a mail are not signed: what is signed once must not be an answer twice, nor at another time (RFC 3156, 5). */
function refuseReplay(session: Session, { opened, sentAt }: Reply, dated: boolean): void {
  const known = knownSignature(session, opened);
  if (known === undefined) return;
  for (const { number, log } of session.repository.cases()) {
    const before = log.find(({ entry }) => 'mail' in entry && entry.mail.signer === known.signer && entry.mail.signedAt === known.signedAt);
    if (before) throw refusal('same-signature', `what this mail holds was signed once, and is in the log of ${number} already: ${before.name}`, `Somebody may have sent it again under another subject: vcc log ${number}`);
  }
  if (dated || sentAt === undefined || Math.abs(sentAt - known.at) <= DAY) return;
  throw refusal('old-signature', `the mail says that it was sent on ${formatInstant(sentAt, session.zone)}, and its signature was made on ${known.signedAt}`, 'Somebody may have sent it again under another date. Ask the sender; where it is right, say when it counts: --at WHEN');
}

/** The mail as the entry refers to it, what is sealed of it, and the guard of what a vendor says in it. Refuses a mail that is in the log already. */
export function keepReply(env: Environment, session: Session, record: CaseRecord, reply: Reply, { vendor, dated }: { readonly vendor: string | undefined; readonly dated: boolean }): { readonly mail: MailFact; readonly seals: readonly SealedWrite[]; readonly writes: readonly FileWrite[] } {
  const { bytes, opened, sha256, signature } = reply;
  const before = record.log.find(({ entry }) => 'mail' in entry && entry.mail.sha256 === sha256);
  if (before) throw refusal('same-mail', `this very mail is in the log already: ${before.name}`, `vcc log ${record.number}`);
  if (record.log.some(({ entry }) => entry.event === 'received' && entry.original === sha256)) throw refusal('same-mail', 'this very mail is the report of the case', `vcc show ${record.number}`);
  refuseReplay(session, reply, dated);
  const { signer, signedAt } = knownSignature(session, opened) ?? {};
  const sealed = `mail-${env.random.hex(8)}`;
  const seals = [sealPart(record.folder, record.number, sealed, bytes), ...(opened.decrypted === undefined ? [] : [sealPart(record.folder, record.number, `${sealed}-decrypted`, opened.decrypted)])];
  return { mail: { sealed, sha256, signature, ...(signer === undefined || signedAt === undefined ? {} : { signer, signedAt }) }, seals, writes: vendor === undefined ? [] : guardOfMail(env, session, record, sealed, vendor, withoutOpenpgpBlocks(opened.body)) };
}

/** What the coordinator should know before it is written down. */
export const replyLines = (session: Session, { opened, sentAt }: Reply): string[] => [
  ...signatureLines(session, opened.signatures, opened.decrypted !== undefined),
  ...(opened.signatures.length === 0 && opened.decrypted === undefined ? ['the mail is not signed: anybody can write under that address'] : []),
  ...(sentAt === undefined ? ['the mail does not say when it was sent, or names a time to come: it is logged as of now; otherwise --at WHEN'] : [`logged as of ${formatInstant(sentAt, session.zone)}, which the mail says of itself, or our server of it; otherwise --at WHEN`]),
];

/** The text of a mail, for a terminal. */
export const replyText = ({ opened: { body, subject } }: Reply): string => `${legibleLine(subject)}\n\n${legible(withoutOpenpgpBlocks(body)).trim()}`;
