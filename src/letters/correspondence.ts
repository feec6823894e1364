import { letterMoment, type LetterValues, type TemplateName } from '../documents/letters.ts';
import { composeMessage, isMailAddress } from '../documents/message.ts';
import type { Register } from '../documents/registry-file.ts';
import type { PartnerRecord, VendorRecord } from '../documents/repository.ts';
import { readPart, readReporter } from '../documents/sealed-parts.ts';
import { templateSource } from '../documents/template.ts';
import { isEvent, missingParts, publicId, type CaseRecord } from '../domain/case.ts';
import { grouped } from '../domain/fingerprint.ts';
import type { Instant } from '../domain/instant.ts';
import type { Attachment, NextStep, OutgoingMessage } from '../domain/plan.ts';
import { shellWords } from '../documents/hook-script.ts';
import { partyOf, RECEIVING } from '../domain/partner-permission.ts';
import { refusal, VccError } from '../domain/problem.ts';
import { replay } from '../domain/replay.ts';
import type { Environment } from '../environment.ts';
import type { CaseFile, Contact, Coordinator, Reporter, SentMessage } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';

type Language = 'en' | 'ja';

/** A message that is ready, or why there is none and what to do about it. */
export interface ReporterMessage {
  readonly message?: OutgoingMessage;
  readonly sent?: SentMessage;
  readonly notices: readonly string[];
  readonly next: readonly NextStep[];
}

/** Opens sealed/reporter.asc with the coordinator's own key, and the key that the reporter gave since; undefined where the report came without an identity. */
export async function openReporter(env: Environment, session: Session, record: CaseRecord): Promise<Reporter | undefined> {
  const bytes = await openSealed(env, session, record, 'reporter');
  if (bytes === undefined) return undefined;
  const reporter = readReporter(`${record.folder}/sealed/reporter.asc`, bytes);
  const later = replay(record).state.entries.filter(isEvent('reporter-key')).at(-1);
  const key = later && (await openSealed(env, session, record, later.entry.sealed));
  return key === undefined ? reporter : { ...reporter, key: new TextDecoder().decode(key) };
}

/** The plaintext of a sealed part of the case; undefined where there never was one. Refuses where it was and is missing, and where it is another case's. */
export async function openSealed(env: Environment, session: Session, record: CaseRecord, name: string): Promise<Uint8Array | undefined> {
  const path = `${record.folder}/sealed/${name}.asc`;
  const bytes = record.sealed.includes(name) ? session.repository.tree.read(path) : undefined;
  if (bytes) return readPart(record.folder, record.number, name, await env.keyring.open(new TextDecoder().decode(bytes)));
  if (record.sealed.includes(name) || missingParts(record).includes(name)) throw refusal('sealed-missing', `${path} is missing, and the log says that it was sealed`, `Bring it back from where it was: git log -- ${path}`);
  return undefined;
}

/** Whom a log entry must not name; where this coordinator cannot open the identity, a notice says that nobody compared. */
export async function reporterToKeepOut(env: Environment, session: Session, record: CaseRecord): Promise<{ readonly reporter?: Reporter | undefined; readonly notices: readonly string[] }> {
  try {
    return { reporter: await openReporter(env, session, record), notices: [] };
  } catch (problem) {
    // A phone call must be logged also where the private key is not at hand; Ctrl-C at its passphrase still ends the command.
    if (!(problem instanceof VccError) || problem.code === 'cancelled') throw problem;
    return { notices: [`the sealed identity could not be opened (${problem.message}), so nobody checked that the text does not name the reporter`] };
  }
}

/** Where the next message to a party stands among those sent: mail clients thread by the references. A message that was logged and corrected was sent all the same. */
export function threadWith({ record, state }: CaseView, party: string): { readonly sequence: number; readonly references: readonly string[] } {
  const sent = record.log.filter(({ entry }) => 'message' in entry).length;
  return { sequence: sent + 1, references: state.messages.filter((known) => known.party === party).map((known) => known.message.id) };
}

/** The language in which the reporter is written to. */
export const reporterLanguage = (reporter: Reporter | undefined, file: CaseFile): Language => reporter?.language ?? (file.language.startsWith('ja') ? 'ja' : 'en');

const otherLanguage = (language: Language): Language => (language === 'ja' ? 'en' : 'ja');

const NO_TITLE = { en: 'left out, for this message is not encrypted', ja: '暗号化していないため記載いたしません' } as const;

/** The title in the recipient's language; never in a message that anybody on the way can read, but for one that is public already. */
function titleFor(file: CaseFile, language: Language, inClear: string | undefined): string {
  if (inClear !== undefined) return NO_TITLE[language];
  return file.title[language] ?? file.title[otherLanguage(language)] ?? publicId(file);
}

/** What a letter's values are made from, once the recipient's language is known. */
export interface LetterFacts {
  readonly language: Language;
  readonly title: string;
  readonly moment: (instant: Instant) => string;
}

interface Letter<N extends TemplateName> {
  readonly file: CaseFile;
  readonly template: N;
  readonly values: (facts: LetterFacts) => LetterValues[N];
  readonly sequence: number;
  readonly references: readonly string[];
  readonly inClear: string | undefined;
  readonly coordinator: Coordinator;
}

/**
 * A message to the reporter, or the reason why there can be none. The address and the key stay out of the log entry:
 * a fingerprint names a person as well as a name does (guideline IV.2).
 */
export async function messageToReporter<N extends TemplateName>(
  env: Environment,
  session: Session,
  letter: Letter<N> & {
    readonly reporter: Reporter | undefined;
    /** What the person types to send it later, when it cannot go now. */
    readonly command: string;
    /** What the receiving organisation is to pass on, where it talks to the reporter. */
    readonly passOn?: string;
  },
): Promise<ReporterMessage> {
  const { file, reporter, inClear } = letter;
  const none = (notice: string, next: readonly NextStep[] = []): ReporterMessage => ({ notices: [notice], next });
  if (file.route === 'partnership') return none('the receiving organisation talks to the reporter on this route', [throughReceiver(session, letter.command, file.id, letter.passOn)]);
  if (reporter?.email === undefined) return none('the report gives no address to answer to');
  if (inClear === undefined) {
    const problem = reporter.key === undefined ? 'no OpenPGP key of the reporter is known' : await problemOf(env, session, reporter.key);
    if (problem !== undefined) {
      return none(`${problem}, and nothing goes out in clear by itself: the message to the reporter was not made`, [
        { command: `${letter.command} --in-clear "REASON"`, why: 'answer the reporter unencrypted; the log keeps your reason' },
        { command: `vcc key import FILE --reporter ${file.id}`, why: 'or keep the key of the reporter first, where you can get one' },
      ]);
    }
  }
  // A stranger may write any address; the refusal of the mail would print it, and keep the report out.
  if (!isMailAddress(reporter.email)) return none('the address in the report is none that mail can be sent to');
  const encryption: OutgoingMessage['encryption'] = inClear === undefined && reporter.key !== undefined ? { kind: 'given-key', armored: reporter.key } : { kind: 'in-clear', reason: inClear ?? '' };
  const to = { email: reporter.email, ...(reporter.name === undefined ? {} : { name: reporter.name }) };
  return { ...write(env, session, letter, 'reporter', to, reporterLanguage(reporter, file), encryption, []), notices: [], next: [] };
}

/** On the partnership route what the reporter is to hear goes to the receiving organisation (guideline IV.3; lessons). */
function throughReceiver({ repository }: Session, command: string, number: string, passOn = 'TEXT'): NextStep {
  const about = / --purpose (\S+)/.exec(command)?.[1];
  const purpose = about === 'date' || about === 'date-withdrawn' ? 'publication-date' : `progress --text ${shellWords([passOn])}`;
  if (![...repository.partners().values()].some(({ partner }) => partner.kind === RECEIVING)) {
    return { command: `vcc partner add SLUG --kind ${RECEIVING} --name NAME --email ADDRESS --language ja --key FILE`, why: 'the receiving organisation passes on to the reporter what it is told, and is not in the registry yet' };
  }
  return { command: `vcc notify ${number} --partner ${RECEIVING} --purpose ${purpose}`, why: 'it passes on to the reporter what it is told' };
}

/** Why nothing can be encrypted to the reporter's key. Fingerprint and ids are left out: they name the reporter. */
async function problemOf(env: Environment, session: Session, armored: string): Promise<string | undefined> {
  try {
    const { problems } = await env.keyring.inspect(armored, session.now);
    return problems.length === 0 ? undefined : `the reporter's OpenPGP key cannot be used (${problems.map((problem) => problem.replace(/ \(.*$/s, '')).join('; ')})`;
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    // A stranger's key that nobody can read must not keep the report itself out.
    return "the reporter's OpenPGP key is none that vcc can encrypt to";
  }
}

/** A message to a vendor's contact. Without a usable key it refuses, unless a coordinator says otherwise for this message (handling overview: securely, discreetly). */
export const messageToVendor = <N extends TemplateName>(env: Environment, session: Session, letter: Letter<N> & { readonly vendor: VendorRecord; readonly attachments: readonly Attachment[] }): Written =>
  messageToContact(env, session, letter, { register: 'vendor', slug: letter.vendor.slug, party: `vendor:${letter.vendor.slug}`, contacts: letter.vendor.vendor.contacts });

/** The same for a partner's contact. */
export const messageToPartner = <N extends TemplateName>(env: Environment, session: Session, letter: Letter<N> & { readonly partner: PartnerRecord; readonly attachments: readonly Attachment[] }): Written =>
  messageToContact(env, session, letter, { register: 'partner', slug: letter.partner.slug, party: partyOf(letter.partner.slug, letter.partner.partner), contacts: letter.partner.partner.contacts });

interface Written {
  readonly message: OutgoingMessage;
  readonly sent: SentMessage;
}

/** Somebody of a registry, as a letter is addressed. */
interface Addressee {
  readonly register: Register;
  readonly slug: string;
  readonly party: OutgoingMessage['party'];
  readonly contacts: readonly Contact[];
}

function messageToContact<N extends TemplateName>(env: Environment, session: Session, letter: Letter<N> & { readonly attachments: readonly Attachment[] }, addressee: Addressee): Written {
  const contact = contactOf(addressee);
  const to = { email: contact.email, ...(contact.name === undefined ? {} : { name: contact.name }) };
  return write(env, session, letter, addressee.party, to, contact.language, encryptionFor(addressee, contact, letter.inClear), letter.attachments);
}

function write<N extends TemplateName>(
  env: Environment,
  session: Session,
  letter: Letter<N>,
  party: OutgoingMessage['party'],
  to: OutgoingMessage['to'],
  language: Language,
  encryption: OutgoingMessage['encryption'],
  attachments: readonly Attachment[],
): Written {
  const { file, template, coordinator } = letter;
  const message = composeMessage({
    template,
    values: letter.values({ language, title: titleFor(file, language, template.startsWith('published-') ? undefined : letter.inClear), moment: (instant) => letterMoment(instant, session.zone, language) }),
    party,
    case: { number: file.id, publicId: publicId(file) },
    language,
    to,
    coordinator: coordinator.name,
    fingerprint: grouped(coordinator.key),
    encryption,
    sequence: letter.sequence,
    references: letter.references,
    attachments,
    organisation: session.repository.configuration.organisation,
    source: templateSource(session.repository.tree, (path) => env.shipped(path)),
  });
  return { message, sent: { ...sentMessage(message, template), signedBy: coordinator.key } };
}

/** The contact that messages go to: the first with a key, or the first. */
export function contactOf({ register, slug, contacts }: Omit<Addressee, 'party'>): Contact {
  const contact = contacts.find((candidate) => candidate.key !== undefined) ?? contacts[0];
  if (!contact) throw refusal('no-contact', `${slug} has no contact`, `vcc ${register} add ${slug} --email ADDRESS --language en`);
  return contact;
}

function encryptionFor({ register, slug }: Addressee, contact: Contact, inClear: string | undefined): OutgoingMessage['encryption'] {
  if (inClear !== undefined) return { kind: 'in-clear', reason: inClear };
  if (contact.key !== undefined) return { kind: 'registered-key', fingerprint: contact.key };
  throw refusal(
    'no-key',
    `${slug}: no OpenPGP key of ${contact.email} is known, so nothing is sent`,
    `Ask for its key and import it: vcc key import FILE --${register} ${slug}\nOr, for this one message, say that it may go unencrypted: --in-clear "REASON" (the log keeps it).`,
  );
}

function sentMessage(message: OutgoingMessage, template: string): SentMessage {
  const { encryption } = message;
  return {
    id: message.messageId,
    template,
    language: message.language,
    ...(encryption.kind === 'registered-key' ? { key: encryption.fingerprint } : {}),
    ...(encryption.kind === 'in-clear' ? { inClear: encryption.reason } : {}),
    ...(message.attachments.length > 0 ? { attached: message.attachments.map((attachment) => attachment.filename) } : {}),
  };
}
