/** Says whether a failure of the file system has one of these codes. */
export const failedWith = (problem: unknown, ...codes: readonly string[]): boolean =>
  problem instanceof Error && 'code' in problem && codes.includes(String(problem.code));
