import { WORDS } from '../documents/advisory-words.ts';
import { LETTER_WORDS } from '../documents/letter-words.ts';
import { letterDate, type LetterValues, type TemplateName } from '../documents/letters.ts';
import type { PartnerRecord } from '../documents/repository.ts';
import { SCHEMA_HINT } from '../documents/yaml-text.ts';
import { attackDetails } from '../domain/attack-detail.ts';
import { isEvent } from '../domain/case.ts';
import { RECEIVING, vendorsForAdvanceNotice, type PartnerPurpose } from '../domain/partner-permission.ts';
import type { Attachment } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { FixAvailableEntry } from '../generated/documents.ts';
import type { CaseView, Session } from '../session.ts';
import type { LetterFacts } from './correspondence.ts';
import { wordsOfThePublished } from './published-words.ts';
import { knownVendor, vendorName } from './registered-vendor.ts';
import { dateToPropose, productLines } from './vendor-letters.ts';

/** What a letter to a partner is for. */
export interface PartnerSubject {
  readonly purpose: PartnerPurpose;
  /** The vendor that it is about. */
  readonly about: string | undefined;
  /** The coordinator's own words. */
  readonly text: string | undefined;
}

type PartnerTemplate = Extract<TemplateName, `partner-${string}` | 'published-partner'>;

/** A letter without its addressee. */
export type PartnerContent = { [N in PartnerTemplate]: { readonly template: N; readonly values: (facts: LetterFacts) => Omit<LetterValues[N], 'partner'>; readonly attachments?: readonly Attachment[] } }[PartnerTemplate];

/** What a partner hears of a case for this purpose, and nothing else (policy E and G; coordination; guideline IV.4 5) and 8)). */
export async function partnerContent(env: Environment, session: Session, view: CaseView, { slug, partner }: PartnerRecord, { purpose, about, text }: PartnerSubject): Promise<PartnerContent> {
  const { record, state } = view;
  const remark = text;
  const say = async (message: string): Promise<string> => {
    const said = text ?? (await env.ask.text({ flag: '--text', message, lines: true }));
    if (text === undefined) refuseAttack(said);
    return said;
  };
  // Whoever analyses may need it; the receiving organisation hears results, texts and dates.
  if (text !== undefined && (purpose !== 'analysis' || partner.kind === RECEIVING)) refuseAttack(text);
  if (text !== undefined && (purpose === 'contact-search' || purpose === 'published')) throw usage(`--text has no place in a message for ${purpose}`, purpose === 'published' ? 'The advisory says what there is to say.' : 'Whoever helps to find a contact learns the name of the vendor and nothing else.');
  const vendor = about === undefined ? undefined : knownVendor(session, about);
  const named = (facts: LetterFacts): string => (vendor === undefined ? '' : vendorName(vendor, facts.language));
  const embargoUntil = ({ moment }: LetterFacts): string | undefined => (state.embargo.until === undefined ? undefined : moment(state.embargo.until));
  switch (purpose) {
    case 'contact-search':
      return { template: 'partner-contact-search', values: (facts) => ({ vendor: named(facts) }) };
    case 'analysis': {
      const question = text ?? (await env.ask.text({ flag: '--text', message: 'What is to be analysed' }));
      if (partner.kind === RECEIVING) refuseAttack(question);
      return { template: 'partner-analysis', values: (facts) => ({ title: facts.title, products: productLines(record.file.products), question, embargoUntil: embargoUntil(facts) }) };
    }
    case 'advance-notice':
      return adviseInAdvance(session, view, slug, partner.kind === 'critical-infrastructure', remark);
    case 'vendor-answer':
      return { template: 'partner-vendor-answer', values: (facts) => ({ title: facts.title, vendor: named(facts), ...answerOf(session, view, about ?? '', facts), remark }) };
    case 'verification': {
      const verified = state.entries.filter(isEvent('verified'));
      if (verified.length === 0) throw refusal('not-verified', `${record.number} has no result of a verification`, `vcc record ${record.number} verified --result confirmed --vendor SLUG`);
      const by = (name: string | undefined, { language }: LetterFacts): string => (name === undefined ? (session.repository.configuration.organisation.name[language] ?? session.repository.configuration.organisation.name.en ?? '') : vendorName(knownVendor(session, name), language));
      const line = (entry: (typeof verified)[number], facts: LetterFacts): string => `  ${letterDate(entry.at, session.zone, facts.language)}  ${by(entry.entry.vendor, facts)}: ${LETTER_WORDS[facts.language].results[entry.entry.result]}${entry.entry.versions === undefined ? '' : ` (${entry.entry.versions.join('; ')})`}`;
      return { template: 'partner-verification', values: (facts) => ({ title: facts.title, results: verified.map((entry) => line(entry, facts)).join('\n'), remark }) };
    }
    case 'advisory-text': {
      const texts = [record.advisories.en, record.advisories.ja].flatMap((advisory) => advisory ?? []);
      if (texts.length === 0) throw refusal('no-text', `${record.number} has no advisory yet`, `vcc draft ${record.number}, then fill the gaps in ${record.folder}/advisory.en.md and advisory.ja.md, and commit them.`);
      const attachments = texts.map(({ path }) => ({ filename: `${record.number}-${path.split('/').at(-1) ?? 'advisory.md'}`, contentType: 'text/markdown; charset=utf-8', content: new TextDecoder().decode(session.repository.tree.read(path)).replace(SCHEMA_HINT, '') }));
      for (const { filename, content } of attachments) refuseAttack(content, filename);
      return { template: 'partner-advisory-text', attachments, values: ({ title }) => ({ title, attachments: attachments.map(({ filename }) => filename).join(', '), remark }) };
    }
    case 'publication-date':
      return aboutDate(view, session, partner.kind === RECEIVING, say, remark);
    case 'published': {
      const { publishedAt, urls, cves } = wordsOfThePublished(session, view);
      return { template: 'published-partner', values: ({ title, moment }) => ({ title, publishedOn: moment(publishedAt), urls, cves }) };
    }
    case 'committee': {
      const reason = await say('Why the committee is asked, and what was tried');
      return { template: 'partner-committee', values: (facts) => ({ title: facts.title, vendor: named(facts), reason }) };
    }
    case 'progress':
    case 'other': {
      const progress = await say('How far the case has come');
      return { template: 'partner-progress', values: ({ title }) => ({ title, progress }) };
    }
  }
}

/** Partners hear what happened and what protects; how it is attacked stays between the centre and those who fix it. */
function refuseAttack(text: string, where = '--text'): void {
  const [attack] = attackDetails(text);
  if (attack) throw refusal('attack-detail', `${where} has what looks like ${attack.what}: ${attack.excerpt}`, 'Say what helps who defends, and not who attacks.');
}

function remedyLines(session: Session, remedies: readonly FixAvailableEntry[], { language }: LetterFacts): string {
  const words = LETTER_WORDS[language];
  const line = ({ vendor, remediation, partial, versions, url }: FixAvailableEntry): string => {
    const kind = `${words.remediations[remediation]}${partial === true ? ` (${words.partial})` : ''}`;
    return `  ${[vendor === undefined ? kind : `${vendorName(knownVendor(session, vendor), language)}: ${kind}`, ...(versions ?? []), ...(url === undefined ? [] : [url])].join(WORDS[language].comma)}`;
  };
  return remedies.map(line).join('\n');
}

/** Critical infrastructure hears of the products of vendors that consent and have a fix; a partner centre of all (guideline IV.4 5) and 8)). */
function adviseInAdvance(session: Session, { record, state }: CaseView, slug: string, onlyConsenting: boolean, remark: string | undefined): PartnerContent {
  const consenting = vendorsForAdvanceNotice(state);
  const heard = (vendor: string | undefined): boolean => !onlyConsenting || (vendor !== undefined && consenting.includes(vendor)) || (vendor === undefined && [...state.vendors.keys()].every((each) => consenting.includes(each)));
  const products = record.file.products.filter(({ registry }) => heard(registry));
  if (onlyConsenting && products.length === 0) {
    throw refusal('no-product', `${slug} may not be told: no product in case.md belongs to a vendor that consents to advance notice and has a fix${consenting.length === 0 ? '' : ` (${consenting.join(', ')})`}`, `vcc record ${record.number} advance-notice-agreed --vendor SLUG, vcc record ${record.number} fix-available --vendor SLUG --remediation fix; registry: SLUG at each product in case.md says whose it is`);
  }
  const remedies = state.remediations.map(({ entry }) => entry).filter(({ vendor }) => heard(vendor));
  const date = state.scheduled ?? state.agreedDates.get('team');
  return {
    template: 'partner-advance-notice',
    values: (facts) => ({
      title: facts.title,
      products: productLines(products),
      remedies: remedyLines(session, remedies, facts) || undefined,
      date: date === undefined ? undefined : facts.moment(date),
      embargoUntil: state.embargo.until === undefined ? undefined : facts.moment(state.embargo.until),
      remark,
    }),
  };
}

function answerOf(session: Session, { record, state }: CaseView, vendor: string, { language }: LetterFacts): { readonly answer: string; readonly status: string | undefined } {
  const reply = state.entries.filter(isEvent('vendor-replied')).findLast(({ entry }) => entry.vendor === vendor);
  if (!reply) throw refusal('no-answer', `${vendor} has not answered in ${record.number}`, `When it does: vcc record ${record.number} vendor-replied --vendor ${vendor}`);
  const words = LETTER_WORDS[language];
  const answer = `${reply.entry.progress === undefined ? words.answered : words.progress[reply.entry.progress]} (${letterDate(reply.at, session.zone, language)})`;
  const status = state.vendors.get(vendor)?.status?.entry.status;
  return { answer, status: status && WORDS[language].statuses[status] };
}

/** The date that was set, with the times of the vendors for who coordinates with the reporter; or that it fell through. */
async function aboutDate({ record, state }: CaseView, session: Session, withVendors: boolean, say: (message: string) => Promise<string>, remark: string | undefined): Promise<PartnerContent> {
  const last = state.entries.findLast(isEvent('scheduled', 'unscheduled', 'date-agreed', 'date-proposed'));
  if (last?.entry.event === 'unscheduled') {
    const reason = await say('Why the date fell through, for partners to read');
    return { template: 'partner-date-withdrawn', values: ({ title }) => ({ title, reason }) };
  }
  const date = dateToPropose({ record, state });
  const vendors = withVendors ? [...state.vendors.values()].filter(({ firstContact }) => firstContact !== undefined) : [];
  const line = (slug: string, { language, moment }: LetterFacts): string => {
    const agreed = state.agreedDates.get(`vendor:${slug}`);
    return `  ${vendorName(knownVendor(session, slug), language)}: ${agreed === undefined ? LETTER_WORDS[language].noDate : moment(agreed)}`;
  };
  return { template: 'partner-date', values: (facts) => ({ title: facts.title, date: facts.moment(date), vendors: vendors.map(({ slug }) => line(slug, facts)).join('\n') || undefined, remark }) };
}
