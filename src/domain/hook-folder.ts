/** Where Git's hooks of one repository are, as a part of the Environment. */
export interface HookFolder {
  /** Whether they are those of a server, which nobody commits in. */
  readonly bare: boolean;
  /** The folder Git runs hooks from, honouring core.hooksPath. */
  folder(): Promise<string>;
  /** executable: false where Git leaves the hook out, for it may not be run. A name may end with .legacy. */
  read(name: string): Promise<{ readonly script: string; readonly executable: boolean } | undefined>;
  write(name: string, script: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Records a setting in the repository's own Git configuration, such as vcc.command; without a value there is none any more. */
  configure(key: string, value?: string): Promise<void>;
  /** The command line that starts this very vcc, for a hook that finds none on its PATH. */
  readonly ownCommand: readonly string[];
}
