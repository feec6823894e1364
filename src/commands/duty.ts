import { standingsOfAll, viewDuties } from '../case-views.ts';
import { checkShape } from '../documents/check-shape.ts';
import { dutyPath, newDutyFile } from '../documents/duty-file.ts';
import { legibleLine } from '../documents/legible.ts';
import { periodOf, readPeriod, type DutyDate } from '../domain/duties.ts';
import { formatInstant, localDate, type Instant } from '../domain/instant.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { DutyDone, DutyRule } from '../generated/documents.ts';
import { actingCoordinator, carryOut, openSession, pastMoment, type Session } from '../session.ts';

export interface DutyOptions {
  readonly name: string;
  readonly period?: string;
  readonly link?: string;
  readonly note?: string;
  readonly at?: string;
}

/** vcc duty: writes down that a duty of policy.yaml was done for a quarter, which ends its clock (guideline IV.3(1) 14); lessons: the list is updated quarterly). */
export async function duty(env: Environment, options: DutyOptions): Promise<number> {
  const session = openSession(env);
  const { slug } = await actingCoordinator(env, session);
  const rule = ruleOf(session, options.name);
  const at = pastMoment(session, options.at) ?? session.now;
  const { standings, unreadable } = await standingsOfAll(env, session);
  if (options.period === undefined && unreadable.length > 0) throw refusal('cases-unreadable', 'which quarter is owed cannot be told while a case cannot be read', 'Mend the places above, or name the quarter: --period 2026-Q3.', unreadable);
  const { duties, findings } = viewDuties(session, standings);
  if (findings.length > 0) throw refusal('duties-broken', 'a file of duties/ cannot be read', 'Mend the places above, then type the same command again.', findings);
  const period = periodFor(session, duties.filter(({ id }) => id === rule.id), rule, options.period, at);
  const file = checkDone({ schemaVersion: 1, duty: rule.id, period, at: formatInstant(at, session.zone), by: slug, ...(options.link === undefined ? {} : { link: options.link }), ...(options.note === undefined ? {} : { note: options.note }) });
  return carryOut(
    env,
    session,
    {
      summary: `${rule.id} is done for ${period}`,
      writes: [newDutyFile(file)],
      seals: [],
      messages: [],
      commit: { subject: `duties: ${rule.id} ${period}`, body: `${rule.title}, for ${period}: done on ${localDate(at, session.zone)}.${file.link === undefined ? '' : `\n${file.link}`}`, trailers: [] },
      notices: [],
      next: [{ command: 'vcc due', why: 'what else is due' }],
    },
    { duty: rule.id, period, at: file.at },
  );
}

function ruleOf({ repository }: Session, name: string): DutyRule {
  const rules = repository.policy.duties ?? [];
  const rule = rules.find(({ id }) => id === name);
  if (rule) return rule;
  const ids = rules.map(({ id }) => id);
  throw usage(`policy.yaml has no duty ${legibleLine(name)}`, ids.length === 0 ? 'It lists none under duties; docs/policy.md shows how one is written.' : `${didYouMean(name, ids)}The duties are: ${ids.join(', ')}`);
}

/** The quarter that is meant; it must be over, or the clock would end before there was anything to do. */
function periodFor({ repository, zone }: Session, duties: readonly DutyDate[], rule: DutyRule, given: string | undefined, at: Instant): string {
  const over = (period: string): boolean => period < periodOf(at, zone);
  const period = given === undefined ? duties.find((each) => each.done === undefined && over(each.period))?.period : readPeriod(given);
  if (given === undefined && period === undefined) throw refusal('nothing-owed', `${rule.id} is owed for no quarter that is over`, 'vcc due --all --within 200d shows when it is due next; --period names a quarter.');
  if (period === undefined) throw usage(`--period: ${JSON.stringify(given)} is no quarter`, 'Write it as --period 2026-Q3.');
  if (!over(period)) throw refusal('not-over', `${period} is not over on ${localDate(at, zone)}`, 'It is done once the quarter is over.');
  if (!duties.some((each) => each.period === period)) throw refusal('never-owed', `${rule.id} was not owed for ${period}`, `It is owed from ${duties[0]?.period ?? 'the first case'} on.`);
  const path = dutyPath({ duty: rule.id, period });
  if (repository.tree.read(path) !== undefined) throw refusal('done-already', `${rule.id} is done for ${period}: ${path}`, 'Where it was not done after all, remove the file and commit that: its clock runs again.');
  return period;
}

function checkDone(file: DutyDone): DutyDone {
  const findings = checkShape('duty', file, () => ({ line: 1, column: 1 }), dutyPath(file));
  if (findings.length > 0) throw new VccError({ code: 'duty-invalid', message: 'not what duties/ keeps', hint: 'vcc duty --help lists the flags and their values.', findings, exitCode: 2 });
  return file;
}
