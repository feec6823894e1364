import { createHash } from 'node:crypto';
import { domainToASCII } from 'node:url';
import type { Attachment, OutgoingMessage } from '../domain/plan.ts';
import { refusal } from '../domain/problem.ts';
import type { Configuration } from '../generated/documents.ts';
import { otherLanguage } from './advisory-words.ts';
import type { Language } from './advisory-words.ts';
import { LETTERS } from './letters.ts';
import type { Audience, LetterValues, TemplateName } from './letters.ts';
import { renderTemplate } from './template.ts';
import type { TemplateSource } from './template.ts';

export interface MessageInput<N extends TemplateName = TemplateName> {
  readonly template: N;
  readonly values: LetterValues[N];
  readonly party: OutgoingMessage['party'];
  readonly case: { readonly number: string; readonly publicId: string };
  readonly language: Language;
  readonly to: OutgoingMessage['to'];
  /** Name of the coordinator who signs the letter. */
  readonly coordinator: string;
  /** Of the coordinator's OpenPGP key, in groups: what the recipient encrypts an answer to. */
  readonly fingerprint: string;
  readonly encryption: OutgoingMessage['encryption'];
  /** Counts the messages to the party in the case; no two of them share it. */
  readonly sequence: number;
  /** Message ids of the thread, oldest first; what is no message id is left out. */
  readonly references: readonly string[];
  readonly attachments: readonly Attachment[];
  readonly organisation: Configuration['organisation'];
  readonly source: TemplateSource;
}

// More would make a header line that some mail servers refuse.
const MOST_REFERENCES = 20;
const MESSAGE_ID = /^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,128}@[A-Za-z0-9.-]{1,128}>$/;
const PLAIN_TYPE = /^(?:application|audio|font|image|text|video)\/[a-z0-9][a-z0-9.+-]{0,99}(?:; ?charset=[a-z0-9-]{1,40})?$/i;
const HIDDEN_IN_A_HEADER = /[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

/**
 * One letter to one recipient. Its headers hold the case number and nothing that a stranger wrote: no title is in clear
 * before publication. Refuses an address or a name that would add headers or recipients.
 */
export function composeMessage<N extends TemplateName>(input: MessageInput<N>): OutgoingMessage {
  const audience = audienceOf(input.party);
  if (LETTERS[input.template].to !== audience) throw new RangeError(`${input.template} is no letter to ${input.party}`);
  checkRecipient(input.to);
  const { organisation, language } = input;
  const { number, publicId } = input.case;
  const body = renderTemplate(
    input.template,
    language,
    {
      ...input.values,
      recipient: salutation(audience, input.to.name, language),
      case: publicId,
      coordinator: input.coordinator,
      fingerprint: input.fingerprint,
      organisation: organisation.name[language] ?? organisation.name[otherLanguage(language)],
      organisationEmail: organisation.email,
    },
    input.source,
  );
  return {
    party: input.party,
    to: input.to,
    subject: subjectOf(number, publicId),
    body,
    language,
    messageId: messageId(number, input.sequence, input.party, organisation.email),
    references: input.references.filter((id) => MESSAGE_ID.test(id)).slice(-MOST_REFERENCES),
    attachments: input.attachments.map(safeAttachment),
    encryption: input.encryption,
    carries: LETTERS[input.template].carries,
  };
}

function audienceOf(party: OutgoingMessage['party']): Audience {
  if (party === 'reporter') return 'reporter';
  return party.startsWith('vendor:') ? 'vendor' : 'partner';
}

function subjectOf(number: string, publicId: string): string {
  if (!/^[A-Z][A-Z0-9]{1,11}#[0-9]{8}$/.test(publicId) || !publicId.endsWith(`#${number}`)) throw new RangeError(`not a public id: ${publicId}`);
  return `[${publicId}]`;
}

/**
 * <61247051.3.5f0c2a9d1b7e@example.org>. The last part tells recipients apart without naming them; it is made from the party
 * and not from the address: the id stands in the log in clear, and a guessed address of a reporter could be tried against it.
 */
export function messageId(caseNumber: string, sequence: number, party: OutgoingMessage['party'], organisationEmail: string): string {
  const domain = domainToASCII(organisationEmail.slice(organisationEmail.lastIndexOf('@') + 1));
  if (!/^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/i.test(domain)) {
    throw refusal('mail-domain', `The address ${JSON.stringify(organisationEmail)} has no domain that mail can use.`, 'Correct organisation.email in vcc.yaml.');
  }
  if (!/^[0-9]{8}$/.test(caseNumber) || !Number.isSafeInteger(sequence) || sequence < 0) throw new RangeError(`no message id for ${caseNumber}, ${sequence}`);
  const recipient = createHash('sha256').update(`${caseNumber}\n${sequence}\n${party}`).digest('hex').slice(0, 12);
  return `<${caseNumber}.${sequence}.${recipient}@${domain}>`;
}

/** One plain address, without name or list. */
export const isMailAddress = (email: string): boolean => /^[^\s@<>"(),:;\\[\]\u0000-\u001f\u007f-\u009f]+@[^\s@<>"(),:;\\[\]\u0000-\u001f\u007f-\u009f]+$/.test(email) && !HIDDEN_IN_A_HEADER.test(email);

function checkRecipient({ name, email }: OutgoingMessage['to']): void {
  if (!isMailAddress(email)) {
    throw refusal('mail-address', `Not a plain e-mail address: ${JSON.stringify(email)}.`, 'Correct the address; one person, without name or list.');
  }
  if (name !== undefined && HIDDEN_IN_A_HEADER.test(name)) {
    throw refusal('mail-name', `The name of the recipient has a control character in it: ${JSON.stringify(name)}.`, 'Correct the name; it stands in a mail header.');
  }
}

/** How somebody is addressed whose name is not known. */
const NAMELESS: Readonly<Record<Audience, Readonly<Record<Language, string>>>> = {
  reporter: { en: 'reporter', ja: 'ご報告者様' },
  vendor: { en: 'security team', ja: '脆弱性対応ご担当者様' },
  partner: { en: 'colleague', ja: 'ご担当者様' },
};

function salutation(audience: Audience, name: string | undefined, language: Language): string {
  const named = name?.trim();
  if (!named) return NAMELESS[audience][language];
  return language === 'ja' ? `${named} 様` : named;
}

/** A file name that a mail program can save anywhere, and a content type that can't open another part. */
function safeAttachment(attachment: Attachment, index: number): Attachment {
  const plain = (attachment.filename.split(/[\\/]/).at(-1) ?? '')
    .replace(/[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069"<>:|?*]/g, '_')
    .replace(/^\.+/, '')
    .slice(0, 100)
    .trim();
  const contentType = PLAIN_TYPE.test(attachment.contentType) ? attachment.contentType.toLowerCase() : 'application/octet-stream';
  return { filename: plain === '' ? `attachment-${index + 1}` : plain, contentType, content: attachment.content };
}
