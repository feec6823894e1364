import { planChange } from '../documents/case-change.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { publicContent, textAuthors } from '../gate-facts.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewTextsToChange } from '../session.ts';

export interface ApproveOptions {
  readonly case: string;
  readonly textHash?: string;
}

/** vcc approve: a coordinator who did not write the text vouches for exactly this text; any change of it ends the approval. */
export async function approve(env: Environment, options: ApproveOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = await viewTextsToChange(env, session, options.case);
  const { record, state } = view;
  const { number, folder } = record;
  const { en, ja } = record.advisories;
  if (!en || !ja) throw refusal('no-text', `${number} has no ${en ? 'Japanese' : 'English'} advisory to approve`, `Write ${folder}/advisory.${en ? 'ja' : 'en'}.md and commit it.`);
  const authors = await textAuthors(env, view);
  if (authors.some((email) => email.toLowerCase() === coordinator.email.toLowerCase())) {
    throw refusal('own-text', `${coordinator.slug} wrote part of this text, so another coordinator has to approve it`, `In their clone: vcc approve ${number} (authors by Git: ${authors.join(', ')})`);
  }
  const { contentHash } = publicContent(session, view);
  if (options.textHash !== undefined && options.textHash !== contentHash) {
    throw refusal('text-changed', `The text is not the one you read: it has the hash ${contentHash}`, `Read it again (vcc publish ${number} --check shows the hash), then approve that.`);
  }
  if (state.approvals.some((approval) => approval.entry.text === contentHash && approval.entry.by === coordinator.slug)) {
    throw refusal('approved-already', `${coordinator.slug} has approved this very text already`, `vcc publish ${number} --check`);
  }
  const slugs = authors.flatMap((email) => session.repository.coordinatorFor(email)?.slug ?? []);
  env.out.say(`You approve:\n  ${en.path}: ${en.header.title}\n  ${ja.path}: ${ja.header.title}\n  ${contentHash}`);
  const plan = planChange(
    {
      record,
      summary: `${number}: text approved by ${coordinator.slug}`,
      action: 'approve the text',
      story: `${coordinator.slug}, who did not write it, approves exactly the text with this hash:\n${contentHash}`,
      entries: [{ event: 'approved', text: contentHash, authors: slugs }],
      next: [{ command: `vcc publish ${number}`, why: 'when the agreed minute has come' }],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, text: contentHash });
}
