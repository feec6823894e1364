import { gapsIn } from '../documents/advisory.ts';
import { shownGaps } from '../documents/draft-marks.ts';
import { brokenPreview, previewAnswer, type Preview, type PreviewAnswer } from '../documents/preview-pages.ts';
import { publicFiles } from '../documents/public-files.ts';
import { publicId } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import { parseInstant } from '../domain/instant.ts';
import type { FileWrite } from '../domain/plan.ts';
import { refusal, usage, VccError } from '../domain/problem.ts';
import { updatesOf, type PublicAdvisory, type PublicDates, type PublicText } from '../domain/publication.ts';
import { contradictions } from '../domain/text-facts.ts';
import type { Environment } from '../environment.ts';
import { publicContent } from '../gate-facts.ts';
import { openSession, requireConsistent, viewCase, type CaseView, type Session } from '../session.ts';

export interface PreviewOptions {
  readonly case: string;
  readonly port?: string;
  readonly print?: string;
}

/** vcc preview: the advisory as it would be published, on a page that only this machine sees and that follows each save. Nothing is written. */
export async function preview(env: Environment, options: PreviewOptions): Promise<number> {
  const { out } = env;
  const port = portOf(options.port);
  const { number, shown } = read(env, options.case);
  if (options.print !== undefined) {
    out.print(fileOf(shown.files, options.print).text.replace(/\n$/, ''));
    return 0;
  }
  if (out.json) {
    out.envelope('preview', { case: number, ...shown });
    return 0;
  }
  await env.serve((path, root) => answer(env, number, path, root), {
    port,
    ready({ url, port: open }) {
      out.print(url);
      out.say(`The advisory of ${number} as it would be published. Each reload reads the case anew; Ctrl-C ends it.\nWhoever has this address and an account here can read the text: keep it to yourself.\nFrom another machine: ssh -L ${open}:127.0.0.1:${open} HOST, then open the same address there.`);
    },
  });
  return 0;
}

function portOf(given: string | undefined): number {
  const port = given === undefined ? 0 : Number(given);
  if ((given !== undefined && !/^\d{1,5}$/.test(given)) || port > 65_535) throw usage(`--port: ${JSON.stringify(given)} is no port`, 'A number up to 65535, or leave it out for a free one.');
  return port;
}

/** A name without its folder is enough where it is the only one. */
function fileOf(files: readonly FileWrite[], wanted: string): FileWrite {
  const found = files.filter(({ path }) => path === wanted || path.endsWith(`/${wanted}`));
  const [file, another] = found;
  if (file === undefined || another !== undefined) throw usage(`--print: ${file === undefined ? 'there is no file' : 'several files are called'} ${JSON.stringify(wanted)}`, `One of: ${files.map(({ path }) => path).join(', ')}`);
  return file;
}

function answer(env: Environment, number: string, path: string, root: string): PreviewAnswer {
  try {
    return previewAnswer(read(env, number).shown, path, root);
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    return brokenPreview(problem, path, root);
  }
}

/** The case as its files are at this moment. */
function read(env: Environment, reference: string): { readonly number: string; readonly shown: Preview } {
  const session = openSession(env);
  const view = requireConsistent(viewCase(session, reference));
  const { record, state } = view;
  const broken = view.findings.filter(({ file, severity }) => severity === 'error' && file.startsWith(`${record.folder}/advisory.`));
  if (broken.length > 0) throw refusal('advisory-broken', `${record.number}: a text cannot be read`, 'Mend what is listed above.', broken);
  const { advisory } = publicContent(session, view);
  const { files, notes } = filesOf(env, session, withGaps(advisory), datesOf(session, view));
  const partings = contradictions(record, state).map(({ rule, file, line, column, message }): Finding => ({ rule, severity: 'warning', file, line, column, message }));
  const gaps = [record.advisories.en, record.advisories.ja].flatMap((text) => (text === undefined ? [] : gapsIn(text)));
  return { number: record.number, shown: { publicId: publicId(record.file), files, findings: [...gaps, ...partings], notes } };
}

/** A sentence that lacks its middle must not pass for a finished one. */
function withGaps(advisory: PublicAdvisory): PublicAdvisory {
  const shown = (text: PublicText): PublicText => ({ ...text, sections: text.sections.map((section) => ({ ...section, text: shownGaps(section.text) })) });
  const { en, ja } = advisory.texts;
  return { ...advisory, texts: { ...(en && { en: shown(en) }), ...(ja && { ja: shown(ja) }) } };
}

/** As they were, as they are agreed, or as if it came out now. */
function datesOf({ now }: Session, { state }: CaseView): PublicDates {
  const { published, scheduled } = state;
  return {
    publishedAt: published === undefined ? (scheduled ?? now) : parseInstant(published.entry.date),
    updates: updatesOf(state),
  };
}

/** All that would be published. Where a CVE record cannot be made yet, the pages are worth looking at without it. */
function filesOf(env: Environment, { repository: { configuration } }: Session, advisory: PublicAdvisory, dates: PublicDates): Pick<Preview, 'files' | 'notes'> {
  const published = { advisory, dates };
  const around = [{ path: 'style.css', text: env.shipped('templates/site/style.css') }];
  try {
    return { files: [...publicFiles(published, [], configuration), ...around], notes: [] };
  } catch (problem) {
    if (!(problem instanceof VccError) || !problem.code.startsWith('cve-')) throw problem;
    // Ids of nobody have no record of ours, and stand on the pages all the same.
    const withoutRecords = { ...advisory, cves: advisory.cves.map((cve) => ({ ...cve, assigner: '' })) };
    return { files: [...publicFiles({ advisory: withoutRecords, dates }, [], configuration), ...around], notes: [`${problem.message} ${problem.hint}`] };
  }
}
