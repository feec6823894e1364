import { paint } from '../documents/paint.ts';
import { reviewAsData } from '../documents/review-data.ts';
import { reviewMarkdown, reviewText } from '../documents/review-text.ts';
import { isError } from '../domain/finding.ts';
import { refusal, type VccError } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { oneOf } from '../questions/triage.ts';
import { reviewOf } from '../review.ts';

const FORMATS = ['text', 'md', 'json'] as const;

/** Where what vcc reads lies; an uncommitted file elsewhere changes no case. */
const OURS = ['cases', 'vendors', 'partners', 'cnas', 'keys', 'cves', 'unreachable', 'duties', 'templates', 'vcc.yaml', 'policy.yaml'];

/** Compared as they stand, what the base alone has would look deleted by the head, log entries and all. */
function parted(range = ''): VccError {
  const [, from = '', to = ''] = /^(.*?)(?:\.\.(.*))?$/s.exec(range) ?? [];
  const [base, head] = [from, to].map((name) => (name === '' ? 'HEAD' : name));
  return refusal('parted', `${base} and ${head} have parted: what ${base} alone has would look deleted here`, `vcc review ${base}...${head} compares with the commit from which they parted. What only ${base} has: git log ${head}..${base}; after a forced push, that is what it threw away.`);
}

/** vcc review: what a range of commits changes in meaning, for whoever has to approve it. 1 where something is wrong. */
export async function review(env: Environment, { range, format = 'text' }: { readonly range?: string | undefined; readonly format?: string }): Promise<number> {
  const { out } = env;
  const [form] = oneOf('--format', [format], FORMATS);
  const commits = await env.git.between(range);
  if (commits.apart && (await env.git.history('', `${commits.base}..${commits.head}`)).length > 0) throw parted(range);
  const found = await reviewOf(env, commits);
  if (out.json || form === 'json') {
    if (out.json) out.envelope('review', reviewAsData(found));
    else out.print(JSON.stringify({ schemaVersion: 1, kind: 'review', ...reviewAsData(found) }, null, 2));
  } else if (form === 'md') out.print(reviewMarkdown(found).trimEnd());
  else out.print(reviewText(found, out.width, paint(out.colour)));
  if (found.commits.length === 0) out.say('No commits to review: name a range, such as vcc review HEAD~3..HEAD');
  const begun = await env.git.underWay();
  if (begun !== undefined) out.say(`note: ${begun.what} is under way, and what it has not committed yet is not part of this: ${begun.command} --continue, then vcc review`);
  const waiting = await env.git.uncommitted(OURS);
  if (waiting.length > 0) out.say(`note: ${waiting.length} uncommitted ${waiting.length === 1 ? 'file is' : 'files are'} not part of this: vcc lint checks the work tree`);
  return found.findings.some(isError) ? 1 : 0;
}
