import { periodOf } from '../domain/duties.ts';
import type { Finding } from '../domain/finding.ts';
import { parseInstant, type Instant } from '../domain/instant.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { DutyDone } from '../generated/documents.ts';
import { readFolder, type FileRecord } from './folder-files.ts';
import { writeYaml } from './yaml-text.ts';

const FOLDER = 'duties';

/** One name for a duty in a quarter: who records it in two clones gets a conflict, and not two truths. */
export const dutyPath = ({ duty, period }: Pick<DutyDone, 'duty' | 'period'>): string => `${FOLDER}/${duty}-${period.toLowerCase()}.yaml`;

export const newDutyFile = (file: DutyDone): FileWrite => ({ path: dutyPath(file), text: writeYaml(file, 'duty', FOLDER) });

/** Every file of duties/ that ends a clock, and what is wrong with those that are left out: a file that lies ahead of its quarter would let it pass unseen. */
export function readDuties(tree: Tree, zone: string, now: Instant): ReturnType<typeof readFolder<DutyDone>> {
  const { records, findings } = readFolder<DutyDone>(tree, FOLDER, 'duty');
  const wrong = new Map(records.map((record) => [record, wrongWith(record, zone, now)]));
  return { records: records.filter((record) => wrong.get(record) === undefined), findings: [...findings, ...[...wrong.values()].filter((finding) => finding !== undefined)] };
}

function wrongWith({ path, file, where }: FileRecord<DutyDone>, zone: string, now: Instant): Finding | undefined {
  const finding = (field: string, message: string): Finding => ({ rule: 'duty-file', severity: 'error', file: path, ...where(field), message, fix: 'Correct the file, or remove it and write it with vcc duty.' });
  const at = parseInstant(file.at);
  if (path !== dutyPath(file)) return finding('period', `the duty is ${file.duty} for ${file.period}, so the file is ${dutyPath(file)}`);
  if (at > now) return finding('at', `${file.at} has not come yet`);
  return periodOf(at, zone) <= file.period ? finding('at', `${file.at} is before the end of ${file.period}`) : undefined;
}
