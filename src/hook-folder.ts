/** Where Git's hooks of one repository are, as a part of the Environment. */
export interface HookFolder {
  /** Whether they are those of a server, which nobody commits in. */
  readonly bare: boolean;
  /** The folder Git runs hooks from, honouring core.hooksPath. */
  folder(): Promise<string>;
  read(name: string): Promise<string | undefined>;
  write(name: string, script: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Records a setting in the repository's own Git configuration, such as vcc.command. */
  configure(key: string, value: string): Promise<void>;
  /** The command line that starts this very vcc, for a hook that finds none on its PATH. */
  readonly ownCommand: readonly string[];
}
