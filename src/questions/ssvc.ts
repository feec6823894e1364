import { decideBy, possibleOutcomes, type SsvcDecision, type SsvcValues } from '../domain/ssvc.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import type { SsvcTable } from '../generated/documents.ts';

const ANSWER = /^([a-z][a-z0-9-]*)=([a-z][a-z0-9-]*)$/;

/** The answers of --ssvc POINT=VALUE, several at once by commas; a point or value that no table has is a usage error. */
function readAnswers(tables: readonly SsvcTable[], given: readonly string[]): SsvcValues {
  const points = tables.flatMap((table) => table.points);
  const answers: Record<string, string> = {};
  for (const text of given.flatMap((one) => one.split(','))) {
    const [, id = '', value = ''] = ANSWER.exec(text.trim()) ?? [];
    const known = points.filter((point) => point.id === id);
    if (known.length === 0) {
      throw usage(`--ssvc: ${JSON.stringify(text)} names no decision point of policy.yaml`, points.length === 0 ? 'policy.yaml has no decision tables: they are its part ssvc.' : `POINT=VALUE, where the points are ${points.map((point) => point.id).join(', ')}`);
    }
    const values = known.flatMap((point) => point.values);
    if (!values.includes(value)) throw usage(`--ssvc: ${id} is never ${JSON.stringify(value)}`, `One of: ${values.join(', ')}`);
    answers[id] = value;
  }
  return answers;
}

/** What was answered before, as far as the table still has it. */
const stillKnown = (table: SsvcTable, before: readonly SsvcDecision[]): SsvcValues => {
  const { values = {} } = before.find((decision) => decision.table === table.id) ?? {};
  return Object.fromEntries(table.points.flatMap(({ id, values: allowed }) => (values[id] !== undefined && allowed.includes(values[id]) ? [[id, values[id]]] : [])));
};

/**
 * The decisions by the tables of policy.yaml, from earlier answers, --ssvc and the person. An offer is what the case
 * itself says: a person takes it with Enter, and a script has to give it. No table is ever owed an answer.
 */
export async function askSsvc(env: Environment, tables: readonly SsvcTable[], asked: readonly SsvcTable['when'][], given: readonly string[] | undefined, before: readonly SsvcDecision[], offers: SsvcValues): Promise<SsvcDecision[]> {
  const answers = readAnswers(tables, given ?? []);
  const decisions: SsvcDecision[] = [];
  for (const table of tables) {
    const known: Record<string, string> = { ...stillKnown(table, before) };
    for (const { id } of table.points) if (answers[id] !== undefined) known[id] = answers[id];
    if (env.ask.interactive && given === undefined && asked.includes(table.when ?? 'triage')) await askTable(env, table, known, offers);
    if (Object.keys(known).length > 0) decisions.push(decideBy(table, known));
  }
  return decisions;
}

async function askTable(env: Environment, table: SsvcTable, known: Record<string, string>, offers: SsvcValues): Promise<void> {
  if (possibleOutcomes(table, known).length < 2) return;
  const name = table.title.en ?? table.title.ja ?? table.id;
  const choice = await env.ask.select({ flag: '--ssvc', message: `SSVC, ${name}: answer its decision points?`, choices: [{ value: 'leave', name: 'leave open' }, { value: 'answer', name: 'answer' }] as const });
  if (choice !== 'answer') return;
  for (const { id, question, values } of table.points) {
    if (known[id] !== undefined) continue;
    const offer = offers[id];
    const answer = await env.ask.select({
      flag: `--ssvc ${id}=VALUE`,
      message: question.en ?? question.ja ?? id,
      choices: [...values.map((value) => ({ value, name: value, ...(value === offer ? { description: 'the case says so' } : {}) })), { value: '', name: 'leave open' }],
      default: offer !== undefined && values.includes(offer) ? offer : '',
    });
    if (answer !== '') known[id] = answer;
    // Of the rules the first that fits decides; what is left can't change it.
    if (possibleOutcomes(table, known).length < 2) return;
  }
}
