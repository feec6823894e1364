import { paint } from '../documents/paint.ts';
import { reviewAsData } from '../documents/review-data.ts';
import { reviewMarkdown, reviewText } from '../documents/review-text.ts';
import { isError } from '../domain/finding.ts';
import type { Environment } from '../environment.ts';
import { oneOf } from '../questions/triage.ts';
import { reviewOf } from '../review.ts';

const FORMATS = ['text', 'md', 'json'] as const;

/** Where what vcc reads lies; an uncommitted file elsewhere changes no case. */
const OURS = ['cases', 'vendors', 'partners', 'cnas', 'keys', 'cves', 'unreachable', 'duties', 'templates', 'vcc.yaml', 'policy.yaml'];

/** vcc review: what a range of commits changes in meaning, for whoever has to approve it. 1 where something is wrong. */
export async function review(env: Environment, { range, format = 'text' }: { readonly range?: string | undefined; readonly format?: string }): Promise<number> {
  const { out } = env;
  const [form] = oneOf('--format', [format], FORMATS);
  const found = await reviewOf(env, await env.git.between(range));
  if (out.json || form === 'json') {
    if (out.json) out.envelope('review', reviewAsData(found));
    else out.print(JSON.stringify({ schemaVersion: 1, kind: 'review', ...reviewAsData(found) }, null, 2));
  } else if (form === 'md') out.print(reviewMarkdown(found).trimEnd());
  else out.print(reviewText(found, out.width, paint(out.colour)));
  if (found.commits.length === 0) out.say('No commits to review: name a range, such as vcc review HEAD~3..HEAD');
  const waiting = await env.git.uncommitted(OURS);
  if (waiting.length > 0) out.say(`note: ${waiting.length} uncommitted ${waiting.length === 1 ? 'file is' : 'files are'} not part of this: vcc lint checks the work tree`);
  return found.findings.some(isError) ? 1 : 0;
}
