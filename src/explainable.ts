import type { Explained } from './documents/completion-script.ts';
import { deadlineTopic } from './documents/explain-deadline.ts';
import { eventTopics } from './documents/explain-event.ts';
import { stateTopics } from './documents/explain-state.ts';
import { KINDS, type Topic } from './documents/explanation.ts';
import { openRepository } from './documents/repository.ts';
import { readYaml } from './documents/yaml-text.ts';
import { VccError } from './domain/problem.ts';
import type { Environment } from './environment.ts';
import type { Configuration, Policy } from './generated/documents.ts';
import { RULES } from './rules/index.ts';

/** Whose deadlines are explained, or why none can be. */
export interface KnownPolicy {
  readonly policy: Policy | undefined;
  readonly from: string;
  /** Why there is none. */
  readonly problem?: VccError;
  /** What vcc.yaml says of rules, by their ids. */
  readonly severities?: NonNullable<Configuration['lint']>['severities'] | undefined;
}

const PRESET = 'templates/policies/jpcert.yaml';
const NO_REPOSITORY: readonly string[] = ['not-a-repository', 'not-a-case-repository'];

/** The policy of the repository around; outside of one the shipped preset, which is said. A broken policy still lets everything else be explained. */
export function knownPolicy(env: Environment): KnownPolicy {
  try {
    const { policy, configuration } = openRepository(env.workTree());
    return { policy, from: 'policy.yaml of this repository', severities: configuration.lint?.severities };
  } catch (problem) {
    if (!(problem instanceof VccError)) throw problem;
    if (!NO_REPOSITORY.includes(problem.code)) return { policy: undefined, from: `not known: ${problem.message}`, problem };
    const read = readYaml(PRESET, env.shipped(PRESET));
    if (!read.ok) throw new Error(`${PRESET} cannot be read`, { cause: problem });
    // It ships with vcc, and a test checks it against the schema.
    return { policy: read.value as Policy, from: 'the preset jpcert that ships with vcc: this is no case repository' };
  }
}

/** All that can be explained, with a line about each. */
export function topics({ policy }: KnownPolicy): Topic[] {
  const rules = RULES.map(({ id, summary }): Topic => ({ kind: 'rule', name: id, summary }));
  return [...[...(policy?.deadlines ?? []), ...(policy?.duties ?? [])].map(deadlineTopic), ...rules, ...stateTopics(), ...eventTopics()];
}

/** The names of all that can be explained here, by topic. */
export function explainable(env: Environment): Explained {
  const all = topics(knownPolicy(env));
  return Object.fromEntries(KINDS.map((kind) => [kind, all.flatMap((topic) => (topic.kind === kind ? [topic.name] : []))]));
}
