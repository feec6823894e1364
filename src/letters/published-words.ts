import { advisoryUrls } from '../documents/public-files.ts';
import { parseInstant, type Instant } from '../domain/instant.ts';
import { refusal } from '../domain/problem.ts';
import type { PublicAdvisory } from '../domain/publication.ts';
import { publicContent } from '../gate-facts.ts';
import type { CaseView, Session } from '../session.ts';

/** What every letter about a publication says. */
export interface PublishedWords {
  readonly publishedAt: Instant;
  /** One a line. */
  readonly urls: string;
  readonly cves: string | undefined;
}

export const publishedWords = (session: Session, advisory: PublicAdvisory, publishedAt: Instant): PublishedWords => ({
  publishedAt,
  urls: advisoryUrls(advisory, publishedAt, session.repository.configuration).map(({ url }) => url).join('\n'),
  cves: advisory.cves.map((cve) => cve.id).join(', ') || undefined,
});

/** The same for who could not be told in the minute of the publication. */
export function wordsOfThePublished(session: Session, view: CaseView): PublishedWords {
  const { published } = view.state;
  if (!published) throw refusal('not-published', `${view.record.number} is ${view.state.status}: its advisory is not public`, `vcc publish ${view.record.number} --check`);
  return publishedWords(session, publicContent(session, view).advisory, parseInstant(published.entry.date));
}
