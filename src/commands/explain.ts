import { explainDeadline, explainDuty } from '../documents/explain-deadline.ts';
import { explainEvent } from '../documents/explain-event.ts';
import { explainState } from '../documents/explain-state.ts';
import { explanationAsData, facts, KINDS, showExplanation, showTable, showTopics, type ExplainedKind, type Explanation, type Topic } from '../documents/explanation.ts';
import { legibleLine } from '../documents/legible.ts';
import { lifecyclePage } from '../documents/lifecycle-page.ts';
import { lifecycleTables } from '../documents/lifecycle-tables.ts';
import { mendedBy, rulePage, rulesIndex, stoppedBy, type DescribedRule } from '../documents/rule-page.ts';
import { paint } from '../documents/paint.ts';
import { distance } from '../domain/near-word.ts';
import { usage } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { knownPolicy, topics, type KnownPolicy } from '../explainable.ts';
import type { Policy } from '../generated/documents.ts';
import type { Rule } from '../rules/rule.ts';
import { mayBeSoftened } from '../rules/settings.ts';
import { RULES } from '../rules/index.ts';

export interface ExplainOptions {
  /** deadline, rule, state or event; or a name. */
  readonly kind?: string | undefined;
  readonly name?: string | undefined;
  readonly markdown?: boolean;
}

const isKind = (word: string): word is ExplainedKind => (KINDS as readonly string[]).includes(word);

function explainRule(name: string, severities: KnownPolicy['severities']): Explanation[] {
  return RULES.filter(({ id }) => id === name).map(described).map(({ id, summary, why, fix, soft, ...rule }): Explanation => ({ kind: 'rule', name: id, summary, facts: facts(['Why', why], ['Mend it', fix], ['By itself', mendedBy(rule)], ['Severity', stoppedBy(rule)], ['Here', severities?.[id] && `vcc.yaml sets it to ${severities[id]}`], ['Softer', soft ? 'lint in vcc.yaml may lower it, or leave it out for a while' : 'never: it holds everywhere'], ['Command', ['$ vcc lint', '$ vcc lint --staged', ...(rule.mend === undefined ? [] : ['$ vcc lint --fix'])]]) }));
}

const described = (rule: Rule): DescribedRule => ({ ...rule, soft: mayBeSoftened(rule) });

/** The page of one rule, or the list of all; undefined where there is none of that name. */
function rulesAsMarkdown(name: string | undefined): string | undefined {
  if (name === undefined) return rulesIndex(RULES.map(described).sort((a, b) => (a.id < b.id ? -1 : 1)));
  const rule = RULES.find(({ id }) => id === name);
  return rule && rulePage(described(rule));
}

function explanations(kind: ExplainedKind, name: string, { policy, from, problem, severities }: KnownPolicy): readonly Explanation[] {
  switch (kind) {
    case 'deadline':
      if (policy === undefined && problem !== undefined) throw problem;
      return [
        ...(policy?.deadlines ?? []).filter(({ id }) => id === name).map((rule) => explainDeadline(rule, policy as Policy, from)),
        ...(policy?.duties ?? []).filter(({ id }) => id === name).map((rule) => explainDuty(rule, from)),
      ];
    case 'rule':
      return explainRule(name, severities);
    case 'state':
      return explainState(name);
    case 'event':
      return [explainEvent(name, policy, from)].filter((found) => found !== undefined);
  }
}

/** What was probably meant: few letters away, or beginning alike. */
const nearest = (name: string, known: readonly Topic[]): Topic[] => {
  const near = known.map((topic) => ({ topic, edits: topic.name.startsWith(name) ? 1 : distance(topic.name, name.toLowerCase()) })).filter(({ edits }) => edits <= 2);
  return near.sort((a, b) => a.edits - b.edits).map(({ topic }) => topic).slice(0, 3);
};

const typed = ({ kind, name }: Topic): string => `vcc explain ${kind} ${name}`;

function find(name: string, kind: ExplainedKind | undefined, known: KnownPolicy): readonly Explanation[] {
  if (kind === 'deadline') explanations(kind, name, known);
  const all = topics(known).filter((topic) => kind === undefined || topic.kind === kind);
  const found = all.filter((topic) => topic.name === name);
  const [only, second] = found;
  if (only === undefined) {
    const near = nearest(name, all);
    throw usage(`There is no ${kind ?? 'deadline, rule, state or event'} ${JSON.stringify(legibleLine(name))}`, near.length > 0 ? `Did you mean ${near.map(typed).join(', or ')}?` : `vcc explain${kind === undefined ? '' : ` ${kind}`} lists what can be explained.`);
  }
  if (second !== undefined) throw usage(`${name} is ${found.map((topic) => (topic.kind === 'event' ? 'an event' : `a ${topic.kind}`)).join(' and ')}`, `Say which: ${found.map(typed).join(', or ')}`);
  return explanations(only.kind, name, known);
}

/** vcc explain: why something is as it is, and what to type. */
export function explain(env: Environment, options: ExplainOptions): number {
  const { out } = env;
  const colours = paint(out.colour);
  const [kind, name] = options.name === undefined && options.kind !== undefined && !isKind(options.kind) ? [undefined, options.kind] : [options.kind, options.name];
  if (kind !== undefined && !isKind(kind)) throw usage(`${JSON.stringify(legibleLine(kind))} cannot be explained`, `Say one of ${KINDS.join(', ')}, then the name: vcc explain deadline acknowledge`);
  if (options.markdown === true) {
    const page = kind === 'state' && name === undefined ? lifecyclePage() : kind === 'rule' ? rulesAsMarkdown(name) : undefined;
    if (page === undefined) throw usage('--markdown is for the tables of all states, and for the rules', 'vcc explain state --markdown, or vcc explain rule [NAME] --markdown');
    out.print(page.trimEnd());
    return 0;
  }
  const known = knownPolicy(env);
  if (name === undefined) {
    if (kind === 'deadline' && known.problem !== undefined) throw known.problem;
    const listed = topics(known).filter((topic) => kind === undefined || topic.kind === kind);
    if (out.json) out.envelope('explain-list', { policy: known.from, topics: listed, ...(kind === 'state' ? { tables: lifecycleTables().flatMap(({ tables }) => tables) } : {}) });
    else if (kind === 'state') out.print(lifecycleTables().flatMap(({ tables }) => tables).map((table) => showTable(table, out.width, colours)).join('\n\n'));
    else out.print(`${showTopics(listed, out.width, colours)}\n\nDeadlines: ${legibleLine(known.from)}. More about one: vcc explain ${kind ?? 'deadline|rule|state|event'} NAME`);
    return 0;
  }
  const found = find(name, kind, known);
  if (out.json) out.envelope('explain', { policy: known.from, explanations: found.map(explanationAsData) });
  else out.print(found.map((each) => showExplanation(each, out.width, colours)).join('\n\n'));
  return 0;
}
