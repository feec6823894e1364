import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '../environment.ts';

/** Case numbers and file names must not be guessable, so both come from the cryptographic source. */
export const cryptographicRandom: Random = {
  digits: (count) => Array.from({ length: count }, () => randomInt(10)).join(''),
  hex: (count) =>
    randomBytes(Math.ceil(count / 2))
      .toString('hex')
      .slice(0, count),
};
