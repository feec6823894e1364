const TIMES = 8;

/** CPU time of one run, in microseconds; what other processes do to the machine does not count. */
function cost(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return user + system;
}

const RUNS = 7;
/** Between the size and its square. */
const LIMIT = 1.6;

/**
 * How the cost of a work grows with its size, as an exponent over an eightfold size: about 1 where it grows with the size, 2 where it grows
 * with its square. What takes less than a few milliseconds at the large size counts as 0. The small size costs little and is run every
 * time; the large one only until it grows like less than its square: the cheapest of more runs would be no more.
 */
export function growthExponent(work: (size: number) => unknown, size: number): number {
  const small = Math.max(Math.min(...Array.from({ length: RUNS }, () => cost(() => work(size)))), 500);
  let large = Infinity;
  const exponent = (): number => (large < 5000 ? 0 : Math.log(large / small) / Math.log(TIMES));
  for (let run = 0; run < RUNS && exponent() >= LIMIT; run += 1) large = Math.min(large, cost(() => work(size * TIMES)));
  return exponent();
}
