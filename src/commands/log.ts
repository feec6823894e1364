import { caseStory, storyAsData, type Story } from '../documents/case-story.ts';
import { paint } from '../documents/paint.ts';
import { isError } from '../domain/finding.ts';
import type { Environment } from '../environment.ts';
import { openSession, showFindings, viewCase } from '../session.ts';

/** vcc log: what happened in a case, who vouches for it, and which commits hold it. */
export async function log(env: Environment, options: { readonly case: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { record, state, findings } = viewCase(session, options.case);
  const story: Story = { record, state, zone: session.zone, commits: await env.git.history(record.folder), team: session.repository.configuration.team };
  if (out.json) out.envelope('case-log', { ...storyAsData(story), findings });
  else out.print(caseStory(story, out.width, paint(out.colour)));
  if (!findings.some(isError)) return 0;
  // The story has a hole where a file cannot be read; silence would hide it.
  out.say(showFindings(findings));
  return 1;
}
