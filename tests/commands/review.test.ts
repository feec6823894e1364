import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lint } from '../../src/commands/lint.ts';
import { publish } from '../../src/commands/publish.ts';
import { review } from '../../src/commands/review.ts';
import { schedule } from '../../src/commands/schedule.ts';
import { notify } from '../../src/commands/notify.ts';
import { aDesk, accept, approveAs, coordinate, FOLDER, happened, NUMBER, PUBLISH_AT, readyToPublish, takeIn, typed, type Desk } from '../support/a-desk.ts';

const run = (desk: Desk, options: Parameters<typeof review>[1] = {}, now = '2014-06-03T10:00', how: { readonly json?: boolean } = {}) => typed(desk, review, options, now, how);
const flat = (lines: readonly string[]): string => lines.join('\n').replaceAll(/\s+/g, ' ');

let start: Desk;
const desks: Desk[] = [];
beforeAll(async () => {
  start = await aDesk();
  await coordinate(start);
});
afterAll(() => {
  for (const desk of [...desks, start]) desk.dispose();
});

function branch(): Desk {
  const desk = start.copy();
  desks.push(desk);
  desk.git('switch', '-q', '-c', 'work');
  return desk;
}

describe('vcc review of a branch', () => {
  it('x', async () => {
    const desk = branch();
    await readyToPublish(desk);
    const { stdout, stderr, code } = await run(desk);
    console.log(code, stdout.join('\n'), stderr);
    console.log((await run(desk, { format: 'md' })).stdout.join('\n'));
  });
});
void [execFileSync, join, lint, publish, schedule, notify, accept, approveAs, FOLDER, happened, NUMBER, PUBLISH_AT, takeIn, flat];
