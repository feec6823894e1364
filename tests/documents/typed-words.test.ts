import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { CHAPTERS } from '../../src/demo-story.ts';
import { typedWords } from '../../src/documents/typed-words.ts';

test.each([
  ['vcc due --within 60', ['vcc', 'due', '--within', '60']],
  ['a "b c"  \'d "e\'', ['a', 'b c', 'd "e']],
  ['--criterion "x=yes: on 1.0" ""', ['--criterion', 'x=yes: on 1.0', '']],
  ['a \\\n    b', ['a', 'b']],
  ['--x="1 2"', ['--x=1 2']],
])('%j', (line, words) => {
  expect(typedWords(line)).toEqual(words);
});

test.skipIf(process.platform === 'win32')('every line of the demo is split as a shell splits it', () => {
  for (const { type } of CHAPTERS.flatMap((chapter) => chapter.steps)) {
    const { stdout } = spawnSync('sh', ['-c', `printf '%s\\n' ${type}`], { encoding: 'utf8' });
    expect(typedWords(type)).toEqual(stdout.slice(0, -1).split('\n'));
  }
});
