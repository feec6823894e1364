import { fieldProblem } from '../documents/check-shape.ts';
import { entrySentence } from '../documents/entry-text.ts';
import { vendorName } from '../documents/vendor-sheet.ts';
import { ANY_VENDOR } from '../domain/event-words.ts';
import { showInstant } from '../domain/instant.ts';
import { didYouMean } from '../domain/near-word.ts';
import type { Choice } from '../environment.ts';
import type { EventField } from '../generated/events.ts';
import type { CaseView, Session } from '../session.ts';

/** What there is to choose from for a field of an entry; undefined where the person has to type it. */
export function known(session: Session, view: CaseView, event: string, field: EventField): readonly Choice<string>[] | undefined {
  const { configuration, policy } = session.repository;
  const choices = ((): Choice<string>[] => {
    switch (field.name) {
      case 'vendor':
        return vendors(session, view).filter(({ value }) => view.state.vendors.has(value) || ANY_VENDOR.has(event));
      case 'party':
        return parties(session, view).filter(({ value }) => fieldProblem('log-entry', ['party'], value, '--party', { event }) === undefined);
      case 'entry':
        return view.record.log.map(({ name, entry, at }) => ({ value: name, name: `${showInstant(at, session.zone)}  ${entrySentence(entry, session.zone)}` })).reverse();
      case 'to':
        return configuration.team.map(({ slug, name }) => ({ value: slug, name }));
      case 'deadline':
        return policy.deadlines.filter(({ extension }) => extension !== undefined).map(({ id, title }) => ({ value: id, name: title }));
      case 'wave':
        return (policy.waves ?? []).map(({ id, title }) => ({ value: id, name: title.en ?? title.ja ?? id }));
      default:
        return [];
    }
  })();
  return choices.length === 0 ? undefined : choices;
}

/** The vendors of the case, then the others of the registry. */
function vendors({ repository }: Session, { state }: CaseView): Choice<string>[] {
  const registry = repository.vendors();
  const nameOf = (slug: string): string => {
    const record = registry.get(slug);
    return record === undefined ? slug : `${vendorName(record.vendor)} (${slug})`;
  };
  const others = [...registry.keys()].filter((slug) => !state.vendors.has(slug));
  return [...[...state.vendors.keys()].map((slug) => ({ value: slug, name: nameOf(slug) })), ...others.map((slug) => ({ value: slug, name: `${nameOf(slug)}, not in this case` }))];
}

const PARTNER = /^partners\/(.+)\.yaml$/;

function parties(session: Session, view: CaseView): Choice<string>[] {
  const { repository } = session;
  const partners = repository.tree.files('partners').flatMap(({ path }) => PARTNER.exec(path)?.[1] ?? []);
  return [
    ...vendors(session, view).filter(({ value }) => view.state.vendors.has(value)).map(({ value, name }) => ({ value: `vendor:${value}`, name })),
    { value: 'reporter', name: 'the reporter' },
    { value: 'team', name: 'we ourselves' },
    { value: 'receiving-organisation', name: 'the receiving organisation' },
    ...partners.map((slug) => ({ value: `partner:${slug}`, name: `the partner ${slug}` })),
  ];
}

/** How the party that was probably meant is written. */
export function partyHint({ repository }: Session, event: string, text: string): string {
  const kinds = ['team', 'reporter', 'receiving-organisation'].filter((kind) => fieldProblem('log-entry', ['party'], kind, '', { event }) === undefined);
  if (repository.vendor(text) !== undefined && fieldProblem('log-entry', ['party'], `vendor:${text}`, '', { event }) === undefined) return `Write vendor:${text}`;
  return `${didYouMean(text, kinds)}Write ${[...kinds, ...(kinds.includes('team') ? ['vendor:NAME'] : []), 'or partner:NAME'].join(', ')}.`;
}
