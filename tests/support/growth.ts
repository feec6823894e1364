const TIMES = 8;

/** CPU time of one run, in microseconds; what other processes do to the machine does not count. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const cheapest = (work: () => unknown): number => Math.min(...[1, 2, 3, 4, 5, 6, 7].map(() => cost(work)));

/**
 * How the cost of a work grows with its size, as an exponent over an eightfold size: about 1 where it grows with the size, 2 where it grows
 * with its square. What takes less than a few milliseconds at the large size counts as 0.
 */
export function growthExponent(work: (size: number) => unknown, size: number): number {
  const large = cheapest(() => work(size * TIMES));
  if (large < 5000) return 0;
  return Math.log(large / Math.max(cheapest(() => work(size)), 500)) / Math.log(TIMES);
}
