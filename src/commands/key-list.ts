import { legibleLine } from '../documents/legible.ts';
import { paint, type Paint } from '../documents/paint.ts';
import { sheet } from '../documents/sheet.ts';
import { table } from '../documents/table.ts';
import { grouped } from '../domain/fingerprint.ts';
import { formatInstant, localDate } from '../domain/instant.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { KEY_LIMIT, keyOwners, keyStanding, keyWords, type KeyStanding } from '../public-key.ts';
import { openSession, type Session } from '../session.ts';

/** vcc key list: every key in keys/, whose it is and until when it is good. */
export async function keyList(env: Environment): Promise<number> {
  const session = openSession(env);
  const owners = keyOwners(session);
  // Keys that vcc.yaml, a vendor or a partner names and keys/ lacks are listed too: they are what is in the way.
  const standings = await standingsOf(env, session, new Set([...owners.keys(), ...session.repository.keyFingerprints()]));
  const inTheWay = standings.some(({ fingerprint, problems }) => problems.length > 0 && owners.has(fingerprint));
  if (env.out.json) env.out.envelope('key-list', { keys: standings.map((standing) => keyAsData(standing, owners, session.zone)) });
  else if (standings.length === 0) env.out.say('There is no key in keys/ yet: vcc key import FILE');
  else env.out.print(keyTable(standings, owners, session, env));
  return inTheWay ? 1 : 0;
}

/** vcc key check: what speaks against the keys that are used, or against those that are named by file or fingerprint (policy E). */
export async function keyCheck(env: Environment, { keys }: { readonly keys: readonly string[] }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const owners = keyOwners(session);
  const standings = keys.length === 0 ? await standingsOf(env, session, owners.keys()) : await Promise.all(keys.map((key) => namedKey(env, session, key)));
  const bad = standings.filter(({ problems }) => problems.length > 0);
  if (out.json) out.envelope('key-check', { keys: standings.map((standing) => keyAsData(standing, owners, session.zone)) });
  else {
    const told = keys.length > 0 ? standings : standings.filter(({ problems, cautions }) => problems.length + cautions.length > 0);
    for (const standing of told) out.print(`${keySheet(standing, owners.get(standing.fingerprint), session.zone, out.width, paint(out.colour))}\n`);
    if (keys.length === 0) out.say(`${standings.length} keys are used by the team, vendors and partners. ${bad.length === 0 ? 'Each can be encrypted to.' : `${bad.length} cannot be encrypted to: ask for a current one, then vcc key import FILE.`}`);
  }
  return bad.length > 0 ? 1 : 0;
}

async function standingsOf(env: Environment, session: Session, fingerprints: Iterable<string>): Promise<KeyStanding[]> {
  const standings: KeyStanding[] = [];
  for (const fingerprint of fingerprints) standings.push(await keyStanding(env, session, fingerprint));
  return standings;
}

/** A key by (the end of) the fingerprint that the repository knows, or in a file that need not be imported for it. */
async function namedKey(env: Environment, session: Session, key: string): Promise<KeyStanding> {
  const plain = key.replaceAll(/\s|^0x/gi, '').toUpperCase();
  const known = /^[0-9A-F]{8,40}$/.test(plain) ? session.repository.keyFingerprints().filter((each) => each.endsWith(plain)) : [];
  if (known.length === 1 && known[0] !== undefined) return keyStanding(env, session, known[0]);
  const begun = plain.length < 40 && /^[0-9A-F]{8,}$/.test(plain) ? session.repository.keyFingerprints().find((each) => each.startsWith(plain)) : undefined;
  if (begun !== undefined) throw usage(`${key} is the beginning of a fingerprint, and many keys may begin so`, `Give the end of the fingerprint, or all of it: vcc key check ${begun.slice(-16)}`);
  return env.keyring.inspect((await env.input(key, KEY_LIMIT)).bytes, session.now);
}

function keyAsData({ expires, ...key }: KeyStanding, owners: ReadonlyMap<string, readonly string[]>, zone: string): object {
  const { fingerprint, userIds, problems, cautions, algorithm } = key;
  return { fingerprint, userIds: userIds.map(legibleLine), problems, cautions, ...(algorithm === undefined ? {} : { algorithm }), ...(expires === undefined ? {} : { expires: formatInstant(expires, zone) }), usable: problems.length === 0, of: owners.get(fingerprint) ?? [] };
}

function keySheet({ fingerprint, userIds, algorithm, expires, problems, cautions }: KeyStanding, owners: readonly string[] | undefined, zone: string, width: number, colours: Paint): string {
  return sheet(
    [
      ['Key', grouped(fingerprint), problems.length > 0 ? colours.overdue : colours.strong],
      ['Of', owners?.join(', ') ?? 'nobody in vcc.yaml, vendors/ or partners/'],
      ['User ids', userIds.map(legibleLine).join('\n')],
      ['Algorithm', algorithm],
      ['Good until', expires === undefined ? 'no end' : localDate(expires, zone)],
      ['Not usable', problems.map(legibleLine).join('\n'), colours.overdue],
      ['Caution', cautions.join('\n'), colours.soon],
    ],
    width,
    colours,
  );
}

function keyTable(standings: readonly KeyStanding[], owners: ReadonlyMap<string, readonly string[]>, session: Session, env: Environment): string {
  const colours = paint(env.out.colour);
  const rows = standings.map((standing) => [
    standing.fingerprint,
    { text: keyWords(standing, session.zone), paint: standing.problems.length > 0 ? colours.overdue : standing.cautions.length > 0 ? colours.soon : colours.done },
    (owners.get(standing.fingerprint) ?? ['nobody']).join(', '),
  ]);
  return table([{ title: 'FINGERPRINT' }, { title: 'GOOD UNTIL', flexible: true }, { title: 'OF', flexible: true }], rows, { width: env.out.width, title: colours.quiet });
}
