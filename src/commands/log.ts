import { caseStory, storyAsData, type Provenance, type Story } from '../documents/case-story.ts';
import { paint } from '../documents/paint.ts';
import { isError } from '../domain/finding.ts';
import type { Environment } from '../environment.ts';
import { openSession, showFindings, viewCase } from '../session.ts';

/** vcc log: what happened in a case, who vouches for it, and which commit holds it. */
export async function log(env: Environment, options: { readonly case: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { record, state, findings } = viewCase(session, options.case);
  const story: Story = {
    record,
    state,
    zone: session.zone,
    commits: await commitsByPath(env, record.folder),
    team: new Map(session.repository.configuration.team.map(({ slug, email }) => [slug, email])),
  };
  if (out.json) out.envelope('case-log', { ...storyAsData(story), findings });
  else out.print(caseStory(story, out.width, paint(out.colour)));
  if (!findings.some(isError)) return 0;
  // The story has a hole where a file cannot be read; silence would hide it.
  out.say(showFindings(findings));
  return 1;
}

async function commitsByPath(env: Environment, folder: string): Promise<Map<string, Provenance[]>> {
  const commits = new Map<string, Provenance[]>();
  for (const { commit, author, email, paths } of await env.git.history(folder)) {
    for (const { path } of paths) commits.set(path, [...(commits.get(path) ?? []), { commit, author, email }]);
  }
  return commits;
}
