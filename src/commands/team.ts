import { paint } from '../documents/paint.ts';
import { table } from '../documents/table.ts';
import { editYaml } from '../documents/yaml-text.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { addressNotices, keyStanding, keyWords, readUsableKey } from '../public-key.ts';
import { answer, usableKeyFile } from '../questions/answer.ts';
import { readCoordinator } from '../questions/init.ts';
import { actingCoordinator, carryOut, openSession } from '../session.ts';

/** vcc team list: the coordinators, and until when their keys are good. */
export async function teamList(env: Environment): Promise<number> {
  const session = openSession(env);
  const { team } = session.repository.configuration;
  const standings = await Promise.all(team.map(async (member) => ({ member, standing: await keyStanding(env, session, member.key) })));
  if (env.out.json) env.out.envelope('team-list', { team: standings.map(({ member, standing }) => ({ ...member, usable: standing.problems.length === 0, problems: standing.problems })) });
  else {
    const colours = paint(env.out.colour);
    const rows = standings.map(({ member: { slug, name, email }, standing }) => [slug, name, email, { text: keyWords(standing, session.zone), paint: standing.problems.length > 0 ? colours.overdue : colours.done }]);
    env.out.print(table([{ title: 'SHORT NAME' }, { title: 'NAME', flexible: true }, { title: 'ADDRESS', flexible: true }, { title: 'KEY GOOD UNTIL', flexible: true }], rows, { width: env.out.width, title: colours.quiet }));
    if (team.length === 1) env.out.say('A team of one can publish nothing: whoever writes an advisory cannot approve it. vcc team add');
  }
  return standings.some(({ standing }) => standing.problems.length > 0) ? 1 : 0;
}

/** vcc team add: one more coordinator in vcc.yaml, with the key that everything is sealed to from now on. */
export async function teamAdd(env: Environment, options: { readonly person?: string | undefined; readonly key?: string }): Promise<number> {
  const session = openSession(env);
  await actingCoordinator(env, session);
  const { repository } = session;
  const { team } = repository.configuration;
  const { slug, name, email } = await answer(env, { flag: 'PERSON', given: options.person, message: 'New coordinator, as Name <address>' }, readCoordinator('PERSON'));
  const same = team.find((member) => member.slug === slug || member.email.toLowerCase() === email.toLowerCase());
  if (same) throw refusal('in-team-already', `${same.slug} (${same.email}) is in the team already`, same.slug === slug ? `Where it is somebody else, give a short name of its own: vcc team add "${slug}-2: ${name} <${email}>"` : 'vcc team list');
  const key = await readUsableKey(env, session, await answer(env, { flag: '--key', given: options.key, message: `File of the OpenPGP public key of ${name}` }, usableKeyFile(env)));
  const { fingerprint } = key.facts;
  const owner = team.find((member) => member.key === fingerprint);
  if (owner) throw usage(`--key: ${fingerprint} is the key of ${owner.slug}`, `Give the key of ${name}.`);
  const text = new TextDecoder().decode(repository.tree.read('vcc.yaml'));
  return carryOut(
    env,
    session,
    {
      summary: `${slug} is in the team`,
      writes: [...key.writes, { path: 'vcc.yaml', text: editYaml(text, [{ path: ['team', team.length], value: { slug, name, email, key: fingerprint } }]) }],
      seals: [],
      messages: [],
      commit: { subject: `team: add ${slug}`, body: `${name} joins the team. What is sealed from now on is encrypted to the key of ${slug} as well,\n${fingerprint}.`, trailers: [] },
      notices: [
        ...key.notices,
        ...addressNotices(key.facts, email),
        `${slug} can open what is sealed from now on. What was sealed before stays closed to ${slug} until somebody who can open it seals it anew: vcc does not do that yet`,
      ],
      next: [
        { command: 'git push', why: `so that ${slug} gets it` },
        { command: `git config user.email ${email}`, why: `${slug}, in a clone of their own: how vcc knows who sits there; then vcc hooks install, for hooks are not cloned` },
      ],
    },
    { coordinator: slug, key: fingerprint },
  );
}
