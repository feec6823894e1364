import { gapsIn } from '../documents/advisory.ts';
import { advisoryMarkdown } from '../documents/advisory-markdown.ts';
import { planChange } from '../documents/case-change.ts';
import { publicOutputs } from '../documents/public-outputs.ts';
import { legible } from '../documents/legible.ts';
import { addedAs } from '../domain/case.ts';
import { showInstant } from '../domain/instant.ts';
import { tellsWho } from '../domain/leaks.ts';
import { refusal } from '../domain/problem.ts';
import { differentOutputs, updatesOf, type PublicAdvisory } from '../domain/publication.ts';
import type { Environment } from '../environment.ts';
import { checkGate, publicContent, textAuthors } from '../gate-facts.ts';
import { actingCoordinator, authorOf, carryOut, openSession, viewTextsToChange, type CaseView, type Session } from '../session.ts';

export interface ApproveOptions {
  readonly case: string;
  readonly textHash?: string;
}

/** Checks of the gate that a change of the text alone can clear. */
const OF_THE_TEXT: ReadonlySet<string> = new Set(['no-attack-detail', 'both-languages']);

/** vcc approve: a coordinator who did not write the text vouches for exactly this text; any change of it ends the approval. */
export async function approve(env: Environment, options: ApproveOptions): Promise<number> {
  const session = openSession(env);
  const coordinator = await actingCoordinator(env, session);
  const view = await viewTextsToChange(env, session, options.case);
  const { record, state } = view;
  const { number, folder } = record;
  const { en, ja } = record.advisories;
  if (!en || !ja) throw refusal('no-text', `${number} has no ${en ? 'Japanese' : 'English'} advisory to approve`, `Write ${folder}/advisory.${en ? 'ja' : 'en'}.md and commit it.`);
  const gaps = [en, ja].flatMap(gapsIn);
  if (gaps.length > 0) {
    throw refusal('text-unfinished', `${number}: the text is not finished, so nobody can approve it yet`, `Write what is missing at these places, commit, and git push; then a coordinator who wrote none of it types: git pull --rebase, vcc approve ${number}`, gaps.map((gap) => ({ ...gap, severity: 'error' })));
  }
  const authors = await textAuthors(env, view);
  if (authors.some((email) => email.toLowerCase() === coordinator.email.toLowerCase())) {
    throw refusal('own-text', `${coordinator.slug} wrote part of this text, or of the facts in case.md that go out with it, so another coordinator has to approve it`, `Yours is done: git push. The colleague types in their own clone: git pull --rebase, vcc approve ${number}, git push. You then: git pull --rebase, and vcc publish ${number} (authors by Git: ${authors.join(', ')}). Who is in the team: vcc team list; a new member: vcc team add`);
  }
  const { advisory, contentHash } = publicContent(session, view);
  if (options.textHash !== undefined && options.textHash !== contentHash) {
    throw refusal('text-changed', `The text is not the one you read: it has the hash ${contentHash}`, `Read it again (vcc publish ${number} --check shows the hash), then approve that.`);
  }
  const outputs = publicOutputs(advisory, session.repository.configuration);
  if (state.approvals.some(({ entry }) => entry.text === contentHash && entry.by === coordinator.slug && differentOutputs(entry.outputs ?? {}, outputs).length === 0)) {
    throw refusal('approved-already', `${coordinator.slug} has approved this very text already`, `vcc publish ${number} --check`);
  }
  // An approval of what the gate refuses would be given in vain: it ends with the first change.
  const { checks, leaks } = await checkGate(env, session, view, 'none', { compared: session.repository.caseFolders() });
  const refused = checks.filter(({ check, ok }) => !ok && (OF_THE_TEXT.has(check) || (check === 'credit' && leaks.some(tellsWho))));
  if (refused.length > 0) throw refusal('text-refused', `${number}: the gate would refuse this text: ${refused.map(({ detail }) => detail).join('; ')}`, `${refused.map(({ clear }) => clear).join('\n')}\nAll checks: vcc publish ${number} --check`);
  const slugs = authors.flatMap((email) => session.repository.coordinatorFor(email)?.slug ?? []);
  if (!env.out.json) env.out.say(`${await textToVouchFor(env, session, view, advisory)}\nYou approve exactly this text:\n  ${en.path}\n  ${ja.path}\n  ${contentHash}\nand what comes out of it:\n${Object.entries(outputs).map(([name, hash]) => `  ${hash.slice(0, 23)}  ${name}`).join('\n')}`);
  const plan = planChange(
    {
      record,
      summary: `${number}: text approved by ${coordinator.slug}`,
      action: 'approve the text',
      story: `${coordinator.slug}, who did not write it, approves exactly the text with this hash:\n${contentHash}`,
      entries: [{ event: 'approved', text: contentHash, authors: slugs, outputs }],
      next: [
        { command: 'git push', why: 'so that the approval reaches the others' },
        { command: `git pull --rebase && vcc publish ${number}`, why: 'you or a colleague, when the agreed minute has come' },
      ],
    },
    authorOf(env, session, coordinator),
  );
  return carryOut(env, session, plan, { case: number, text: contentHash, outputs }, { careful: true });
}

/** Both languages as the public would read them, and what changed since somebody last approved or published a text. */
async function textToVouchFor(env: Environment, session: Session, { record, state }: CaseView, advisory: PublicAdvisory): Promise<string> {
  const { zone } = session;
  const dates = { publishedAt: state.published?.at ?? state.scheduled ?? session.now, updates: updatesOf(state) };
  const texts = (['en', 'ja'] as const).flatMap((language) => advisoryMarkdown(advisory, language, dates, session.repository.configuration) ?? []);
  const before = [...state.approvals, ...(state.published ? [state.published] : []), ...state.updates].sort((a, b) => a.at - b.at).at(-1);
  if (!before) return legible(texts.join('\n'));
  const changes = await env.git.changesSince(addedAs(before), ['advisory.en.md', 'advisory.ja.md', 'case.md'].map((name) => `${record.folder}/${name}`));
  const since = `${before.entry.event === 'approved' ? 'the approval' : 'the publication'} of ${showInstant(before.at, zone)}`;
  return legible(`${texts.join('\n')}\n${changes === '' ? `The files are as they were at ${since}; what differs comes from the log, such as a status.` : `Changes since ${since}:\n${changes}`}`);
}
