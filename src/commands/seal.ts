import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { shellWords } from '../documents/hook-script.ts';
import { planChange } from '../documents/case-change.ts';
import { isRegistrySlug } from '../documents/registry-file.ts';
import { sealPart } from '../documents/sealed-parts.ts';
import { keptOut } from '../domain/dropped-marks.ts';
import { identityInside } from '../domain/identity.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { reporterToKeepOut } from '../letters/correspondence.ts';
import { answer } from '../questions/answer.ts';
import { guardOfFile } from '../sealed-guards.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewCaseToChange } from '../session.ts';

export interface SealOptions {
  readonly case: string;
  readonly file: string;
  readonly name?: string;
  readonly text?: string;
}

/** What a file of somebody may weigh; Git keeps it for ever. */
const LIMIT = 20 * 1024 * 1024;

/** Names that other commands give, and read by their form. */
const TAKEN = /^(?:report(?:er)?(?:-.*)?|original|decrypted|mail-.*)$/;

/** vcc seal: a file becomes a sealed part of the case, and the log says so: a proof of concept that came later, a screenshot, a letter (policy E). */
export async function seal(env: Environment, options: SealOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const { record } = viewCaseToChange(session, options.case);
  const { bytes } = await env.input(options.file, LIMIT);
  if (bytes.length === 0) throw refusal('empty-file', `there is nothing in ${options.file}`, 'Give the file that is to be kept.');
  // What it is called may say who sent it, and the name of a sealed file can be read by all: a person looks at it.
  const name = await answer(env, { flag: '--name', given: options.name, message: 'Name of the sealed part, which everybody with this repository can read', default: nameFor(options.file) }, (typed) => {
    if (!isRegistrySlug(typed)) throw usage(`--name: ${JSON.stringify(typed)} cannot be the name of a sealed part`, 'Use lower-case letters, digits and hyphens, for example crash-log.');
    if (TAKEN.test(typed)) throw usage(`--name: ${typed} is what another command of vcc writes`, 'Give another name, for example crash-log.');
    if (record.sealed.includes(typed)) throw usage(`--name: ${typed} is sealed in ${record.number} already, and is written once`, 'Give another name, for example one with -2 behind it.');
    return typed;
  });
  const { reporter, notices } = await reporterToKeepOut(env, session, record);
  if (notices.length > 0) throw refusal('identity-unchecked', notices.join('\n'), 'Set VCC_KEY_FILE to your private key: without it nobody can compare the name with the reporter.');
  const leak = reporter && identityInside([name, name.replaceAll('-', ' ')], keptOut(reporter, record));
  if (leak !== undefined) throw refusal('identity-in-name', `--name gives the ${leak} of the reporter, and the name of a sealed file is not sealed`, 'Give another name, for example crash-log.');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const plan = planChange(
    {
      record,
      summary: `${record.number}: ${name} is sealed`,
      action: `seal ${name}`,
      story: `A file of ${bytes.length} octets is kept as sealed/${name}.asc.`,
      entries: [{ event: 'note', file: { sealed: name, sha256 }, prose: [`Sealed as ${name}.`, options.text].filter((part) => part !== undefined).join('\n\n') }],
      seals: [sealPart(record.folder, record.number, name, bytes)],
      writes: guardOfFile(env, session, record, name, bytes),
      reporter,
      notices: [`${options.file} itself is still there, in clear: remove it when you are done`, ...(name === 'poc' ? ['as poc it goes to vendors with the details of the report'] : [])],
      next: [{ command: `vcc open ${record.number} ${shellWords([name])}`, why: 'what is in it' }],
    },
    authorOf(env, session, coordinator, undefined),
  );
  return carryOut(env, session, plan, { case: record.number, sealed: name });
}

/** The name of the file as a name of a part; undefined where nothing of it is left. */
function nameFor(file: string): string | undefined {
  const slug = basename(file).replace(/\.[^.]*$/, '').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-+|-+$/g, '').slice(0, 40);
  return isRegistrySlug(slug) ? slug : undefined;
}
