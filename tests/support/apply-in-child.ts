// Run as a process of its own by kill.test.ts, which kills it: node apply-in-child.mjs <root> <file with plan and configuration> <step>
import { readFileSync } from 'node:fs';
import type { Plan } from '../../src/domain/plan.ts';
import type { Configuration } from '../../src/generated/documents.ts';
import { applyPlan } from '../../src/io/apply-plan.ts';
import { anApplier } from './an-applier.ts';

const [root = '', file = '', deadlyStep] = process.argv.slice(2);
const { plan, configuration } = JSON.parse(readFileSync(file, 'utf8')) as { plan: Plan; configuration: Configuration };

let count = 0;
const onStep = (step: string): void => {
  process.stdout.write(`${step}\n`);
  if (String(count) === deadlyStep) process.kill(process.pid, 'SIGKILL');
  count += 1;
};
await applyPlan(anApplier(root, { onStep }), plan, configuration);
