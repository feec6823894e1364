import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { DutyDone } from '../generated/documents.ts';
import { readFolder } from './folder-files.ts';
import { writeYaml } from './yaml-text.ts';

const FOLDER = 'duties';

/** One name for a duty in a quarter: who records it in two clones gets a conflict, and not two truths. */
export const dutyPath = ({ duty, period }: Pick<DutyDone, 'duty' | 'period'>): string => `${FOLDER}/${duty}-${period.toLowerCase()}.yaml`;

export const newDutyFile = (file: DutyDone): FileWrite => ({ path: dutyPath(file), text: writeYaml(file, 'duty', FOLDER) });

/** Every file of duties/, and what is wrong with those that are left out. */
export const readDuties = (tree: Tree): ReturnType<typeof readFolder<DutyDone>> => readFolder<DutyDone>(tree, FOLDER, 'duty');
