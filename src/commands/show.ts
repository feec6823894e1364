import { caseAsData } from '../documents/case-data.ts';
import { caseGraph, graphAsData } from '../documents/case-graph.ts';
import { caseSheet } from '../documents/case-sheet.ts';
import { paint } from '../documents/paint.ts';
import type { WaveRow } from '../documents/party-sheet.ts';
import { attention } from '../domain/attention.ts';
import { hasReporter } from '../domain/case.ts';
import { isError } from '../domain/finding.ts';
import type { GateCheck } from '../domain/gate.ts';
import { isMultiParty, mayTellWave } from '../domain/waves.ts';
import type { Environment } from '../environment.ts';
import { checkGate } from '../gate-facts.ts';
import { translationsOf } from '../letters/translation.ts';
import { openSession, showFindings, viewCase, type CaseView, type Session } from '../session.ts';

/** vcc show: one case in one screen; with --graph, how it got there. */
export async function show(env: Environment, options: { readonly case: string; readonly graph?: boolean }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { zone, now } = session;
  const view = viewCase(session, options.case);
  const gate = await openChecks(env, session, view);
  const waves = waveRows(session, view);
  const { policy } = session.repository;
  const sheet = { ...view, attention: attention(view.record, view.state, view.dues, now, policy), zone, now, tables: policy.ssvc, translations: translationsOf(session, view), ...(waves === undefined ? {} : { waves }), ...gate };
  if (out.json) out.envelope('case', { ...caseAsData(sheet), ...(options.graph === true ? { graph: graphAsData(view.state, zone) } : {}) });
  else if (options.graph === true) out.print(caseGraph(sheet, out.width, paint(out.colour)));
  else out.print(caseSheet(sheet, out.width, paint(out.colour)));
  const errors = view.findings.filter(isError);
  if (errors.length === 0) return 0;
  // What is shown above leaves out what these files would have said.
  out.say(showFindings(errors));
  return 1;
}

/** The gate, where publication is near enough to ask; looking at a case opens nothing that is sealed, so the credit is left to the gate itself. */
async function openChecks(env: Environment, session: Session, view: CaseView): Promise<{ readonly gate: readonly GateCheck[]; readonly creditSealed: boolean } | undefined> {
  const { record, state } = view;
  if (state.status !== 'coordinating' && state.status !== 'scheduled') return undefined;
  const sealed = hasReporter(record);
  const { checks } = await checkGate(env, session, view, sealed ? 'sealed' : 'none');
  const gate = sealed ? checks.filter(({ check }) => check !== 'credit') : checks;
  return { gate, creditSealed: gate.length < checks.length };
}

/** The waves of a case of several parties, each with its vendors in the case and its partners in the registry (policy G). */
function waveRows({ repository }: Session, { record, state }: CaseView): readonly WaveRow[] | undefined {
  if (!isMultiParty(state) || state.published || (repository.policy.waves ?? []).length === 0) return undefined;
  return (repository.policy.waves ?? []).map((wave) => {
    const vendors = [...state.vendors.values()].filter(({ role }) => wave.roles?.includes(role)).map(({ slug, role }) => `${slug} (${role})`);
    const partners = [...repository.partners().values()].filter(({ partner: { kind } }) => wave.partners?.some((each) => each === kind)).map(({ slug }) => slug);
    return { id: wave.id, title: wave.title.en ?? wave.title.ja ?? wave.id, parties: [...vendors, ...partners], mayBeTold: mayTellWave(repository.policy, wave, state, record.number) };
  });
}
