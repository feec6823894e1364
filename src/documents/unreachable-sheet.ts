import { describeMatch } from '../domain/entry-match.ts';
import type { NextEscalation } from '../domain/escalation.ts';
import { formatInstant, localDate, showInstant, type Instant } from '../domain/instant.ts';
import { LIST_STAGES, type ListStanding } from '../domain/unreachable.ts';
import type { EscalationStep, UnreachableDeveloper } from '../generated/documents.ts';
import { stepTitle } from './escalation-text.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { sheet } from './sheet.ts';
import { table } from './table.ts';

/** One developer of unreachable/ as the team sees it. */
export interface ListedForTeam {
  readonly file: UnreachableDeveloper;
  readonly path: string;
  readonly standing: ListStanding;
  readonly next: NextEscalation;
  /** By which means it was tried. */
  readonly means: string;
  readonly zone: string;
  readonly now: Instant;
}

const nameOf = ({ name, vendor }: UnreachableDeveloper): string => legibleLine(name === undefined ? `${vendor} (hidden)` : (name.ja ?? name.en ?? vendor));
/** 1 name, 2 product, 3 limit, 4 committee. */
const stageNumber = (stage: (typeof LIST_STAGES)[number]): string => `${LIST_STAGES.indexOf(stage) + 1} ${stage.replace(/^.*-/, '')}`;

/** What comes next and when, in words; by its id where there is little room. */
function nextWords({ next, standing, zone }: ListedForTeam, name: (step: EscalationStep) => string = stepTitle): string {
  if (!standing.listed) return '-';
  switch (next.kind) {
    case 'due':
      return `${name(next.step)}: due`;
    case 'not-yet':
      return `${name(next.step)}: after ${localDate(next.due, zone)}`;
    case 'blocked':
      return `${name(next.step)}: needs ${next.missing.map(describeMatch).join(', ')}`;
    case 'none':
      return next.why;
  }
}

const sinceOf = ({ standing }: ListedForTeam): Instant | undefined => (standing.listed ? standing.listing.steps[standing.listing.stage]?.at : undefined);

/** The list for the team: stage, since when, and what is next. */
export function unreachableTable(developers: readonly ListedForTeam[], width: number, colours: Paint): string {
  const columns = [{ title: 'NUMBER' }, { title: 'DEVELOPER', flexible: true }, { title: 'CASE' }, { title: 'STAGE' }, { title: 'SINCE' }, { title: 'NEXT', flexible: true }];
  const rows = developers.map((developer) => {
    const { file, standing, zone, next } = developer;
    const since = sinceOf(developer);
    return [
      `DID#${file.did}`,
      nameOf(file),
      file.case,
      standing.listed ? stageNumber(standing.listing.stage) : { text: `left: ${standing.why}`, paint: colours.quiet },
      since === undefined ? '-' : localDate(since, zone),
      { text: nextWords(developer, ({ id }) => id), paint: standing.listed && next.kind === 'due' ? colours.soon : (text: string) => text },
    ];
  });
  return table(columns, rows, { width, title: colours.quiet });
}

/** One developer in full: what the list may show, which stages were reached by which entries, and what is next. */
export function unreachableSheet(developer: ListedForTeam, width: number, colours: Paint): string {
  const { file, path, standing, zone, means } = developer;
  const stages = standing.listed ? LIST_STAGES.flatMap((stage) => standing.listing.steps[stage] ?? []).map(({ entry, at, name }) => `${entry.step} ${showInstant(at, zone)}${entry.until === undefined ? '' : `, get in touch by ${entry.until}`} (${name})`) : [`not on the list: ${standing.why}`];
  const remarks = [file.remarks?.en, file.remarks?.ja].filter((text) => text !== undefined);
  return [
    `${colours.strong(`DID#${file.did}`)}  ${standing.listed ? stageNumber(standing.listing.stage) : 'not on the list'}`,
    '',
    sheet(
      [
        ['Developer', `${legibleLine(file.vendor)}, ${file.kind}; the list shows ${file.name === undefined ? 'no name' : nameOf(file)}`],
        ['Case', file.case],
        ['Link', legibleLine(file.link ?? '')],
        ['Remarks', remarks.map(legibleLine).join('\n')],
        ['Stages', stages.join('\n')],
        ['Contact', legibleLine(means)],
        ['Next', legibleLine(nextWords(developer))],
        ['File', path],
      ],
      width,
      colours,
    ),
    ...(standing.listed ? ['', `${colours.prompt('$')} vcc escalate ${file.case} --vendor ${file.vendor}`] : []),
  ].join('\n');
}

/** The same in a JSON envelope. */
export function unreachableAsData(developer: ListedForTeam): object {
  const { file, standing, next, zone } = developer;
  const { did, case: number, vendor, kind, name, link, remarks } = file;
  const since = sinceOf(developer);
  const steps = standing.listed ? LIST_STAGES.flatMap((stage) => {
    const step = standing.listing.steps[stage];
    return step ? [{ stage, at: formatInstant(step.at, zone), entry: step.name, ...(step.entry.until === undefined ? {} : { until: step.entry.until }) }] : [];
  }) : [];
  return {
    did: `DID#${did}`,
    case: number,
    vendor,
    kind,
    ...(name && { name }),
    ...(link === undefined ? {} : { link }),
    ...(remarks && { remarks }),
    listed: standing.listed,
    ...(standing.listed ? { stage: standing.listing.stage } : { why: standing.why }),
    ...(since === undefined ? {} : { since: formatInstant(since, zone) }),
    stages: steps,
    ...(standing.listed && next.kind !== 'none' ? { next: { step: next.step.id, state: next.kind, ...(next.kind === 'not-yet' ? { due: formatInstant(next.due, zone) } : {}) } } : {}),
  };
}
