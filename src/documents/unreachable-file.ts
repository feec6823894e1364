import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { UnreachableDeveloper } from '../generated/documents.ts';
import { readFolder, type FileRecord } from './folder-files.ts';
import { writeYaml } from './yaml-text.ts';

/** One file of unreachable/. */
export type UnreachableRecord = FileRecord<UnreachableDeveloper>;

const FOLDER = 'unreachable';

export const unreachablePath = (did: string): string => `${FOLDER}/did${did}.yaml`;

export const newUnreachableFile = (file: UnreachableDeveloper): FileWrite => ({ path: unreachablePath(file.did), text: writeYaml(file, 'unreachable', FOLDER) });

/** Every file of unreachable/ in the order of their numbers, and what is wrong with those that are left out. */
export const readUnreachable = (tree: Tree): ReturnType<typeof readFolder<UnreachableDeveloper>> => readFolder<UnreachableDeveloper>(tree, FOLDER, 'unreachable');
