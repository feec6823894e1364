import type { Environment } from './environment.ts';

/** Eight random digits that were never used: numbers drawn in two clones do not collide, and tell nobody how many there are. */
export async function drawNumber(env: Pick<Environment, 'random'>, used: (number: string) => Promise<boolean>): Promise<string> {
  for (;;) {
    const number = env.random.digits(8);
    if (!(await used(number))) return number;
  }
}
