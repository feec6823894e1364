import { legibleLine } from '../documents/legible.ts';
import { paint } from '../documents/paint.ts';
import { idsOfKey, sealedAmong, teamSeals } from '../documents/sealed-for.ts';
import { table } from '../documents/table.ts';
import { editYaml } from '../documents/yaml-text.ts';
import { didYouMean } from '../domain/near-word.ts';
import type { Plan } from '../domain/plan.ts';
import { refusal, usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { Configuration } from '../generated/documents.ts';
import { addressNotices, keyStanding, keyWords, readUsableKey } from '../public-key.ts';
import { answer, usableKeyFile } from '../questions/answer.ts';
import { readCoordinator } from '../questions/init.ts';
import { actingCoordinator, carryOut, openSession, type Session } from '../session.ts';

type Member = Configuration['team'][number];

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
  const actor = await actingCoordinator(env, session);
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
  const { rewraps, notices } = rewrapsFor(session, actor, [...team, { slug, name, email, key: fingerprint }]);
  return carryOut(
    env,
    session,
    {
      summary: `${slug} is in the team`,
      writes: [...key.writes, { path: 'vcc.yaml', text: editYaml(text, [{ path: ['team', team.length], value: { slug, name, email, key: fingerprint } }]) }],
      seals: [],
      rewraps,
      messages: [],
      commit: { subject: `team: add ${slug}`, body: `${slug} joins the team, and opens what is sealed with the key ${fingerprint}.`, trailers: [] },
      notices: [
        ...key.notices,
        ...addressNotices(key.facts, email),
        ...notices,
      ],
      next: [
        { command: 'git push', why: `so that ${slug} gets it` },
        { command: `git config user.email ${email}`, why: `${slug}, in a clone of their own: how vcc knows who sits there; then vcc hooks install, for hooks are not cloned` },
      ],
    },
    { coordinator: slug, key: fingerprint },
  );
}

/** vcc team remove: a coordinator leaves vcc.yaml; what is sealed is wrapped for the others only. Nothing that was once readable is called back by it. */
export async function teamRemove(env: Environment, { slug }: { readonly slug: string }): Promise<number> {
  const session = openSession(env);
  const actor = await actingCoordinator(env, session);
  const { repository } = session;
  const { team } = repository.configuration;
  const place = team.findIndex((member) => member.slug === slug);
  const gone = team[place];
  if (!gone) throw refusal('not-in-team', `${legibleLine(slug)} is not in the team`, `${didYouMean(slug, team.map((member) => member.slug))}vcc team list shows the short names.`);
  if (gone.slug === actor.slug) throw refusal('own-removal', 'Nobody takes themselves out of the team', 'Let another coordinator do it, who can still open what is sealed.');
  const left = team.filter((member) => member !== gone);
  const { rewraps, notices } = rewrapsFor(session, actor, left);
  const { former = [] } = repository.configuration;
  const text = new TextDecoder().decode(repository.tree.read('vcc.yaml'));
  return carryOut(
    env,
    session,
    {
      summary: `${slug} is out of the team`,
      writes: [{ path: 'vcc.yaml', text: editYaml(text, [{ path: ['team', place], value: undefined }, { path: ['former', former.length], value: { slug: gone.slug, key: gone.key } }]) }],
      seals: [],
      rewraps,
      messages: [],
      commit: { subject: `team: remove ${slug}`, body: `${slug} leaves the team. The key ${gone.key} stays in keys/,\nfor what was sealed to it is in the history.`, trailers: [] },
      notices: [
        `this calls nothing back: what ${slug} could read, ${slug} may have kept, and the history of this repository has it sealed to that key for ever. Take away the access to this repository, to its remotes and to the mailbox as well`,
        ...(left.length === 1 ? ['a team of one can publish nothing: whoever writes an advisory cannot approve it'] : []),
        ...notices,
      ],
      next: [{ command: 'git push', why: 'so that the others seal without that key as well' }],
    },
    { coordinator: slug, key: gone.key },
  );
}

/** vcc team rewrap: what is sealed becomes readable for exactly the team of today, as far as this coordinator can open it. */
export async function teamRewrap(env: Environment): Promise<number> {
  const session = openSession(env);
  const actor = await actingCoordinator(env, session);
  const { team } = session.repository.configuration;
  const { rewraps, notices } = rewrapsFor(session, actor, team);
  if (rewraps.paths.length === 0) {
    if (env.out.json) env.out.envelope('applied', { rewraps: [], notices, commit: null });
    else env.out.print(['There is nothing to do that your key could do.', ...notices].join('\n'));
    return notices.length > 0 ? 1 : 0;
  }
  return carryOut(
    env,
    session,
    {
      summary: `${rewraps.paths.length} sealed files are for exactly the team`,
      writes: [],
      seals: [],
      rewraps,
      messages: [],
      commit: { subject: `team: rewrap ${rewraps.paths.length} sealed files`, body: `They are for ${team.map((member) => member.slug).join(', ')} now. What is encrypted in them did not change.`, trailers: [] },
      notices,
      next: [{ command: 'git push', why: 'so that the team gets them' }],
    },
    {},
  );
}

/** The sealed files that are not for exactly this team, as far as the coordinator's key opens them; the others are told. */
function rewrapsFor({ repository: { tree } }: Session, actor: Member, team: readonly Member[]): { readonly rewraps: NonNullable<Plan['rewraps']>; readonly notices: readonly string[] } {
  const sealed = sealedAmong(tree, tree.files('cases'));
  // The key of who joins is not in keys/ yet, and nothing is sealed to it.
  const { closedTo, openToOthers } = teamSeals(tree, sealed, team);
  const wrong = new Set([...[...closedTo.values()].flat(), ...openToOthers]);
  const own = idsOfKey(tree, actor.key);
  const [mine, others] = [true, false].map((opens) => sealed.filter(({ path, recipients }) => wrong.has(path) && recipients.some((id) => own.includes(id)) === opens).map(({ path }) => path));
  const notices = others?.length ? [`${others.length} sealed files stay as they are, such as ${others[0] ?? ''}: your key does not open them. Whoever can open them types: vcc team rewrap`] : [];
  return { rewraps: { paths: mine ?? [], team: [...team] }, notices };
}
