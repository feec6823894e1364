/** A file of the work tree that is written anew and says the same as before. */
export interface FileMend {
  readonly path: string;
  /** What it was decided on: where the file holds something else by now, it is not written. */
  readonly before: Uint8Array;
  /** The whole file. What vcc writes is no program, so a file that was executable is not any more. */
  readonly after: Uint8Array;
  /** Ids of the rules that found something in it. */
  readonly rules: readonly string[];
}
