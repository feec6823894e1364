// To read and compile vcc takes several times as long as to start Node. So the build keeps, beside the program, what V8 made of it.
'use strict';
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const { Script } = require('node:vm');

const PROGRAM = join(__dirname, '..', 'dist', 'vcc.js');
/** The name of the program, and what V8 compiled of it; of another Node than the one that built it, V8 does without. */
const COMPILED = `${PROGRAM}.compiled`;
/** Of the digest at the end of the program. V8 itself looks at no more than its length. */
const NAME = 64;

/** The program, with what writes down what V8 has compiled of it by then; undefined where it is not built. */
function load() {
  // All of it is ASCII, which V8 takes as it is.
  const source = read(PROGRAM)?.toString('latin1');
  if (source === undefined) return undefined;
  const name = source.slice(-NAME - 1, -1);
  const known = read(COMPILED);
  const script = new Script(source, { filename: PROGRAM, cachedData: known?.toString('latin1', 0, NAME) === name ? known.subarray(NAME) : undefined });
  const module = { exports: {} };
  script.runInThisContext()(require, module, PROGRAM);
  return { ...module.exports, compiled: () => Buffer.concat([Buffer.from(name, 'latin1'), script.createCachedData()]) };
}

function read(path) {
  try {
    return readFileSync(path);
  } catch (problem) {
    if (problem.code === 'ENOENT') return undefined;
    throw problem;
  }
}

module.exports = { COMPILED, load };
