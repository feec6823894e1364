import { planChange } from '../documents/case-change.ts';
import { sealPart } from '../documents/sealed-parts.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { openReporter } from '../letters/correspondence.ts';
import { confirmFingerprint } from '../questions/new-key.ts';
import { readReporterKey } from '../questions/report.ts';
import { guardOfKey } from '../sealed-guards.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange, type Session } from '../session.ts';

export interface ReporterKeyOptions {
  readonly file: string;
  /** The case. */
  readonly reporter: string;
  readonly vendor?: string;
  readonly partner?: string;
  readonly email?: string;
  readonly fingerprint?: string;
}

/** vcc key import --reporter: a key that the reporter gave after intake, sealed in the case. It stays out of keys/ and of every message: a fingerprint names the reporter (guideline IV.2). */
export async function reporterKey(env: Environment, options: ReporterKeyOptions): Promise<number> {
  if ([options.vendor, options.partner, options.email].some((other) => other !== undefined)) throw usage('--reporter goes without --vendor, --partner and --email', 'A key belongs to one of them.');
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const { record } = viewCaseToChange(session, options.reporter);
  const { number, folder } = record;
  const reporter = await openReporter(env, session, record);
  if (reporter === undefined) throw refusal('no-reporter', `${number} has no reporter whose key this could be: the report came without an identity`, `vcc show ${number}`);
  const before = await fingerprintOf(env, session, reporter.key);
  const { armored, fingerprint, revoked } = await readReporterKey(env, options.file, before === undefined ? undefined : reporter.key);
  if (reporter.key?.trim() === armored.trim()) throw refusal('known-already', `This very key is that of the reporter of ${number} already`, `vcc notify ${number} --reporter`);
  const replaces = before !== undefined && before !== fingerprint;
  if (replaces) {
    env.out.say('The reporter had another key until now.');
    await confirmFingerprint(env, { now: fingerprint, owner: 'the reporter' }, options.fingerprint);
  }
  const sealed = `reporter-key-${env.random.hex(8)}`;
  const plan = planChange(
    {
      record,
      summary: `${number}: the key of the reporter is kept, sealed; letters go encrypted to it from now on`,
      action: 'key of the reporter',
      story: `The reporter gave an OpenPGP key, which is sealed to the team.${replaces ? ' It takes the place of another; its fingerprint was confirmed over another channel.' : ''}`,
      entries: [{ event: 'reporter-key', sealed }],
      seals: [sealPart(folder, number, sealed, armored)],
      writes: guardOfKey(env, session, record, sealed, armored),
      reporter,
      notices: revoked ? ['THE KEY IS REVOKED: nothing is encrypted to it any more. Ask the reporter for another'] : replaces ? [] : ['compare the fingerprint with the reporter over another channel before you send anything'],
      next: [{ command: `vcc notify ${number} --reporter`, why: 'writes what is due to the reporter' }],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number });
}

/** Of the key until now; a stranger's may be none that can be read. */
async function fingerprintOf(env: Environment, session: Session, armored: string | undefined): Promise<string | undefined> {
  if (armored === undefined) return undefined;
  try {
    return (await env.keyring.inspect(armored, session.now)).fingerprint;
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return undefined;
  }
}
