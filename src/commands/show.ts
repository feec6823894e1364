import { caseAsData } from '../documents/case-data.ts';
import { caseSheet } from '../documents/case-sheet.ts';
import { paint } from '../documents/paint.ts';
import { attention } from '../domain/attention.ts';
import { isError } from '../domain/finding.ts';
import type { GateCheck } from '../domain/gate.ts';
import type { Environment } from '../environment.ts';
import { checkGate } from '../gate-facts.ts';
import { openSession, showFindings, viewCase, type CaseView, type Session } from '../session.ts';

/** vcc show: one case in one screen. */
export async function show(env: Environment, options: { readonly case: string }): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { zone, now } = session;
  const view = viewCase(session, options.case);
  const gate = await openChecks(env, session, view);
  const sheet = { ...view, attention: attention(view.record, view.state, view.dues, now), zone, now, ...gate };
  if (out.json) out.envelope('case', caseAsData(sheet));
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
  const sealed = record.sealed.includes('reporter');
  const { checks } = await checkGate(env, session, view, sealed ? 'sealed' : 'none', undefined);
  const gate = sealed ? checks.filter(({ check }) => check !== 'credit') : checks;
  return { gate, creditSealed: gate.length < checks.length };
}
