import { meansSentence } from '../documents/escalation-text.ts';
import { paint } from '../documents/paint.ts';
import { LIST_FORMATS, listingAsData, unreachablePage } from '../documents/unreachable-page.ts';
import { unreachableAsData, unreachableSheet, unreachableTable, type ListedForTeam } from '../documents/unreachable-sheet.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Finding } from '../domain/finding.ts';
import { oneOf } from '../questions/triage.ts';
import { openSession, showFindings, type Session } from '../session.ts';
import { publicListings, viewUnreachable, type UnreachableView } from '../unreachable-views.ts';

const forTeam = ({ zone, now }: Session, { record: { file, path }, standing, next, view }: UnreachableView): ListedForTeam => ({ file, path, standing, next, zone, now, means: meansSentence(view.state, file.vendor, zone) });

/** What could not be read is missing from the list: it says so and exits with 1. */
function ending(env: Environment, findings: readonly Finding[]): number {
  if (findings.length === 0) return 0;
  env.out.say(`Developers whose file or case cannot be used are left out:\n${showFindings(findings)}`);
  return 1;
}

/** vcc unreachable list: who is on the list of unreachable developers, at which stage since when, and what is next (guideline IV.4 2), appendix 5). */
export function unreachableList(env: Environment, options: { readonly all?: boolean }): number {
  const { out } = env;
  const session = openSession(env);
  const { views, findings } = viewUnreachable(session);
  const developers = views.filter(({ standing }) => standing.listed || options.all === true).map((view) => forTeam(session, view));
  if (out.json) out.envelope('unreachable-list', { developers: developers.map(unreachableAsData), findings });
  else if (developers.length === 0) out.say(`Nobody is on the list${views.length === 0 ? '' : '; --all shows who left it'}.`);
  else out.print(unreachableTable(developers, out.width, paint(out.colour)));
  return ending(env, findings);
}

/** vcc unreachable show: one developer with the entries behind each stage. */
export function unreachableShow(env: Environment, options: { readonly did: string }): number {
  const { out } = env;
  const session = openSession(env);
  const did = /^(?:DID#?)?([0-9]{8})$/i.exec(options.did.normalize('NFKC').trim())?.[1];
  if (did === undefined) throw usage(`${JSON.stringify(options.did)} is no inquiry number`, 'Write it as DID#04630151, or as its eight digits; vcc unreachable list shows them.');
  const { views, findings } = viewUnreachable(session);
  const found = views.find(({ record }) => record.file.did === did);
  if (!found) throw refusal('no-such-number', `there is no developer DID#${did}${findings.length > 0 ? ' that can be read' : ''}`, 'vcc unreachable list --all shows them all.', findings);
  const developer = forTeam(session, found);
  if (out.json) out.envelope('unreachable', unreachableAsData(developer));
  else out.print(unreachableSheet(developer, out.width, paint(out.colour)));
  return 0;
}

/** vcc unreachable render: the list as the public reads it, with the notices; nothing beyond the stage that was reached (guideline, appendix 5; lessons). */
export function unreachableRender(env: Environment, options: { readonly language?: string; readonly format?: string }): number {
  const { out } = env;
  const language = oneOf('--language', [options.language ?? 'ja'], ['ja', 'en'])[0] ?? 'ja';
  const format = oneOf('--format', [options.format ?? 'markdown'], LIST_FORMATS)[0] ?? 'markdown';
  const session = openSession(env);
  const { configuration } = session.repository;
  const { views, findings } = viewUnreachable(session);
  const listings = publicListings(env, session, views);
  const content = { language, developers: listings.map((listing) => listingAsData(listing, language, configuration)) };
  if (out.json) out.envelope('unreachable-page', content);
  else if (format === 'json') out.print(JSON.stringify({ schemaVersion: 1, kind: 'unreachable-page', ...content }, null, 2));
  else out.print(unreachablePage(listings, language, format, configuration));
  return ending(env, findings);
}
