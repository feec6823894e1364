import { commitSignature, type CommitLine } from '../domain/commit.ts';
import { EVERY_CHANGE, gitOutput } from './git-process.ts';

/** One line each; %ae, not %aE: a .mailmap in the repository must not turn one person into another. %at: when it was written, also where it was rebased since. */
const FIELDS = ['%H', '%an', '%ae', '%cn', '%ce', '%at', '%G?', '%GP', '%s'];

/** The commits of a range, oldest first, with what they changed in the files. -c: of a merge, what none of its parents has. */
export async function commitsOf(root: string, range: string, where: readonly string[]): Promise<CommitLine[]> {
  const how = ['-z', '-c', '--reverse', '--topo-order', '--no-show-signature', ...EVERY_CHANGE, '--find-renames', '--name-status', `--format=${FIELDS.join('%n')}`];
  return readHistory(await gitOutput(root, ['log', ...how, '--end-of-options', range, '--', ...where]));
}

/** Each commit is one field of lines; its changes follow as fields: A, path. A renamed file has two paths: R100, before, after; fewer than 100 parts of it are the same where it was changed as well. */
function readHistory(output: string): CommitLine[] {
  // Git puts a line end, or an empty field, between a commit's text and its first change.
  const fields = output.split('\0').map((field) => field.replace(/^\n/, ''));
  const commits: CommitLine[] = [];
  for (let index = 0; index < fields.length; ) {
    const [commit = '', author = '', email = '', committer = '', committerEmail = '', seconds = '', letter = '', key = '', ...subject] = (fields[index] ?? '').split('\n');
    index += 1;
    if (!/^[0-9a-f]{40,64}$/.test(commit) || subject.length === 0) continue;
    if (fields[index] === '') index += 1;
    const paths: { status: string; path: string; from?: string }[] = [];
    while (/^[A-Z]+\d*$/.test(fields[index] ?? '')) {
      const [, letters = '', likeness] = /^([A-Z]+)(\d*)$/.exec(fields[index] ?? '') ?? [];
      const [first = '', second = ''] = fields.slice(index + 1, index + 3);
      const renamed = likeness !== '';
      const status = renamed && likeness !== '100' ? `${letters}M` : letters;
      paths.push(renamed ? { status, path: second, from: first } : { status, path: first });
      index += renamed ? 3 : 2;
    }
    commits.push({ commit, author, email, committer, committerEmail, at: Number(seconds) * 1000, subject: subject.join('\n').trim(), signature: commitSignature(letter, key), paths });
  }
  return commits;
}
