/** Works through a list, some at a time, in its order; the first alone, so that a passphrase is asked for once. The first failure ends it. */
export async function inParallel<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>, progress: Progress = () => undefined): Promise<R[]> {
  const results = new Map<number, R>();
  let next = 0;
  const one = async (): Promise<void> => {
    const index = next;
    next += 1;
    results.set(index, await work(items[index] as T));
    progress(results.size, items.length);
  };
  const many = async (): Promise<void> => {
    while (next < items.length) await one();
  };
  if (items.length > 0) await one();
  await Promise.all(Array.from({ length: most }, many));
  return items.map((_, index) => results.get(index) as R);
}

/** Called after each piece of work that takes its time. */
export type Progress = (done: number, total: number) => void;
