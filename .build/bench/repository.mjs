// Makes a case repository of any size: the cases of cases.example again and again, each with a number, CVE ids, vendors and salts of its
// own. The same count gives the same commit. Git writes it from one stream (fast-import): adding the files one by one would take hours.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const EXAMPLE = fileURLToPath(new URL('../../cases.example', import.meta.url));

/** Cases. So many are not kept without vcc archive; one of twenty is open again, or has just ended. */
const FOLDED_FROM = 100_000;

/** How often each example comes among twenty cases: most reports are short stories. */
const SHARES = { 60317749: 6, 54178390: 3, 36702941: 3, 85240196: 4, 92065813: 1, 38461052: 1, 27195084: 1, 71903468: 1 };
const VENDORS = ['hoshizora', 'kazeguruma', 'kumo-cloud', 'mukashi-soft', 'northwind-devices', 'tsuzura'];
const ANY_VENDOR = new RegExp(`\\b(?:${VENDORS.join('|')})\\b`, 'g');
const HEAD = 'committer Bench <bench@cert.example> 1767225600 +0900';

const digest = (text) => createHash('sha256').update(text).digest('hex');

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort()
    .map((name) => ({ path: name.replaceAll('\\', '/'), bytes: readFileSync(join(folder, name)) }));
}

/** Numbers without a pattern, and none twice: a step that shares no factor with the ninety million there are. */
const numberOf = (index) => String(10_000_000 + ((index * 48_271_009 + 12_345_677) % 90_000_000));

/** That the record of a CVE id is in the CVE List, an hour after the advisory: in the log and in the ledger. */
function* recordOf(number, published, [cve, year]) {
  const [, day, hour, rest] = /([0-9]{8})T([0-9]{2})([0-9]{4})Z/.exec(published);
  const later = String(Math.min(23, Number(hour) + 1)).padStart(2, '0');
  const at = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T${later}:${rest.slice(0, 2)}:${rest.slice(2)}Z`;
  const stamp = `${day}T${later}${rest}Z`;
  yield { path: `${published.slice(0, published.lastIndexOf('/'))}/${stamp}-cve-published-0000.md`, bytes: Buffer.from(`---\nevent: cve-published\nat: "${at}"\nby: hayashi\ncve: ${cve}\n---\n`) };
  yield { path: `cves/${year}/${cve}.yaml`, bytes: Buffer.from(`schemaVersion: 1\ncve: ${cve}\nstate: published\nreserved: "${day.slice(0, 4)}-01-05"\nby: hayashi\nblock: ${cve}\ncase: "${number}"\n`) };
}

/** The files of a repository with so many cases, one by one. */
export function* filesOf(count) {
  const all = filesBelow(EXAMPLE);
  const examples = Object.entries(SHARES).flatMap(([number, share]) => {
    const files = all.filter(({ path }) => path.includes(`/${number}/`));
    return Array.from({ length: share }, () => ({ number, files }));
  });
  const offices = Math.max(2, Math.ceil(count / 100));
  yield* all.filter(({ path }) => !/^(?:cases|vendors|unreachable)\//.test(path));
  for (const { path, bytes } of all.filter((file) => file.path.startsWith('vendors/'))) {
    for (let office = 0; office < offices; office += 1) {
      const text = bytes.toString('utf8').replaceAll(/\b(\w+)\.example\b/g, `$1${office}.example`);
      yield { path: path.replace('.yaml', `-${office}.yaml`), bytes: Buffer.from(text) };
    }
  }
  for (let index = 0; index < count; index += 1) {
    const { number, files } = examples[(index * 7) % examples.length];
    const own = [...filesOfCase(index, number, files, offices)];
    yield* count >= FOLDED_FROM && index % 20 !== 0 ? folded(own, numberOf(index)) : own;
  }
}

function* filesOfCase(index, number, files, offices) {
  const fresh = numberOf(index);
  const rename = (text) => text.replaceAll(number, fresh);
  for (const { path, bytes } of files) {
    if (path.endsWith('.asc')) yield { path: rename(path), bytes };
    else {
      const renumbered = (digits) => 1_000_000 + index * 10 + (Number(digits) % 10);
      const text = rename(bytes.toString('utf8'))
        .replaceAll(/CVE-([0-9]{4})-([0-9]{4,})/g, (_, year, digits) => `CVE-${year}-${renumbered(digits)}`)
        .replaceAll(ANY_VENDOR, (slug) => `${slug}-${index % offices}`)
        .replaceAll(/^salt: .*$/gm, (line) => `salt: ${digest(`${fresh} ${line}`)}`);
      yield { path: rename(path), bytes: Buffer.from(text) };
      // In the example the record is still owed. Here most cases are over.
      const published = files.find((file) => file.path.includes('-published-'));
      if (path.includes('-cve-assigned-') && published !== undefined) yield* recordOf(fresh, rename(published.path), /CVE-([0-9]{4})-[0-9]+/.exec(text));
    }
  }
}

/** The files of a case that is over as vcc archive leaves them; of the others as they are. */
function folded(files, number) {
  const isEntry = ({ path }) => path.includes('/log/');
  const entries = files.filter(isEntry).sort((a, b) => (a.path < b.path ? -1 : 1));
  if (!entries.some(({ path }) => /-(?:published|declined|withdrawn)-/.test(path))) return files;
  const texts = entries.map(({ path, bytes }) => `\n## ${path.slice(path.lastIndexOf('/') + 1)}\n\n${bytes.toString('utf8').replaceAll(/^(?=.)/gm, '    ')}`);
  const folder = entries[0].path.split('/', 3).join('/');
  return [...files.filter((file) => !isEntry(file)), { path: `${folder}/log.md`, bytes: Buffer.from(`# ${number}: the log in one file\n${texts.join('')}`) }];
}

/** Makes the repository in a folder that is not there yet: one commit, checked out, with what vcc init sets. */
export async function makeRepository(folder, count) {
  mkdirSync(folder, { recursive: true });
  const git = (...args) => {
    const result = spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' });
    if (result.status !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  git('init', '--quiet', '--initial-branch=main');
  git('config', 'user.name', 'Hayashi Midori');
  git('config', 'user.email', 'hayashi@cert.example');
  const stream = spawn('git', ['-C', folder, 'fast-import', '--quiet'], { stdio: ['pipe', 'inherit', 'inherit'] });
  const ended = once(stream, 'close');
  const marks = new Map();
  let pending = [];
  let size = 0;
  const write = async (...parts) => {
    for (const part of parts) size += pending.push(part) && part.length;
    if (size < 1_000_000) return;
    const chunk = Buffer.concat(pending.map((part) => Buffer.from(part)));
    [pending, size] = [[], 0];
    if (!stream.stdin.write(chunk)) await once(stream.stdin, 'drain');
  };
  const entries = [];
  for (const { path, bytes } of filesOf(count)) {
    const known = digest(bytes);
    if (!marks.has(known)) {
      marks.set(known, marks.size + 1);
      await write(`blob\nmark :${marks.size}\ndata ${bytes.length}\n`, bytes, '\n');
    }
    entries.push(`M 100644 :${marks.get(known)} ${path}\n`);
  }
  await write(`commit refs/heads/main\n${HEAD}\ndata 5\nbench\n`);
  for (const entry of entries) await write(entry);
  stream.stdin.end(Buffer.concat(pending.map((part) => Buffer.from(part))));
  const [code] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${code}`);
  git('reset', '--quiet', '--hard', 'main');
  return { files: entries.length };
}
