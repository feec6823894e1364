import { EVENTS } from '../generated/events.ts';
import { KINDS as TOPICS, type ExplainedKind } from './explanation.ts';

/** What completion needs to know of a command; the declarations of the command line have it. */
export interface CompletableCommand {
  readonly name: string;
  readonly summary: string;
  readonly arguments?: readonly (readonly [syntax: string, help: string, ...rest: unknown[]])[];
  readonly options?: readonly (readonly [syntax: string, help: string])[];
  readonly writes?: boolean;
}

/** What a value is, so that it can be offered. Case numbers and vendors are read from the folders of the repository: no vcc is started for a keystroke. */
type Kind = 'case' | 'vendor' | 'event' | 'topic' | 'explained' | 'shell' | 'file' | 'folder' | 'text';

interface Option {
  readonly flag: string;
  readonly help: string;
  /** Missing where the option takes no value. */
  readonly value?: Kind;
}

interface Words {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  readonly arguments: readonly Kind[];
}

/** What vcc explain can explain, by topic. */
export type Explained = Readonly<Partial<Record<ExplainedKind, readonly string[]>>>;

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type ShellName = (typeof SHELLS)[number];

const KINDS: Readonly<Record<string, Kind>> = { case: 'case', 'cases...': 'case', slug: 'vendor', event: 'event', topic: 'topic', shell: 'shell', file: 'file', 'paths...': 'file', dir: 'folder' };
const GLOBAL: readonly (readonly [string, string])[] = [
  ['--json', 'print a documented JSON envelope'],
  ['--now <when>', 'act as if it were this moment'],
  ['-C <dir>', 'run as if started in this folder'],
  ['--help', 'explain the command'],
];
const WRITING: readonly (readonly [string, string])[] = [
  ['--yes', 'do not ask before carrying it out'],
  ['--dry-run', 'show what would be written and stop'],
];

const placeholder = (syntax: string): string | undefined => /[<[]([^>\]]+)[>\]]/.exec(syntax)?.[1];

function wordsOf(command: CompletableCommand): Words {
  const options = [...(command.options ?? []), ...(command.writes === true ? WRITING : []), ...GLOBAL];
  return {
    name: command.name,
    summary: command.summary,
    // Behind a topic stands the name of one of its things.
    arguments: (command.arguments ?? []).map(([syntax], index, all) => (placeholder(all[index - 1]?.[0] ?? '') === 'topic' ? 'explained' : (KINDS[placeholder(syntax) ?? ''] ?? 'text'))),
    options: options.map(([syntax, help]) => {
      const value = placeholder(syntax);
      const flag = syntax.split(' ').find((word) => word.startsWith('-'))?.replace(',', '') ?? syntax;
      return { flag, help: help.replace(/^\* /, ''), ...(value === undefined ? {} : { value: KINDS[value] ?? 'text' }) };
    }),
  };
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
/** In fish a backslash stays special inside single quotes. */
const quotedForFish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

// Names of files are offered only when they look like ours: bash expands what it is given to complete from.
const FOLDERS = `_vcc_cases() {
  local root folder number
  root=$(git rev-parse --show-toplevel 2>/dev/null) || return 0
  for folder in "$root"/cases/[0-9][0-9][0-9][0-9]/*/; do
    number=\${folder%/}
    number=\${number##*/}
    [[ $number =~ ^[0-9]{8}$ ]] && printf '%s\\n' "$number"
  done
}
_vcc_vendors() {
  local root file name
  root=$(git rev-parse --show-toplevel 2>/dev/null) || return 0
  for file in "$root"/vendors/*.yaml; do
    name=\${file##*/}
    name=\${name%.yaml}
    [[ $name =~ ^[a-z0-9-]+$ ]] && printf '%s\\n' "$name"
  done
}
`;

/** Commands, and under each group its own, as the first and second word. */
function firstWords(commands: readonly Words[], groups: Readonly<Record<string, string>>): { readonly top: readonly string[]; readonly inGroup: readonly (readonly [string, readonly string[]])[] } {
  const top = [...new Set([...commands.map(({ name }) => name.split(' ')[0] ?? name), 'help'])];
  const inGroup = Object.keys(groups).map((group) => [group, commands.flatMap(({ name }) => (name.startsWith(`${group} `) ? [name.slice(group.length + 1)] : []))] as const);
  return { top, inGroup };
}

/** Which flags a command has, what their values are, and what its arguments are: one line a command. */
const commandTable = (commands: readonly Words[]): string =>
  commands
    .map(({ name, options, arguments: kinds }) => {
      const valued = options.flatMap(({ flag, value }) => (value === undefined ? [] : [`${flag}=${value}`]));
      return `    ${quoted(name)}) flags=${quoted(options.map(({ flag }) => flag).join(' '))} valued=${quoted(` ${valued.join(' ')} `)} kinds=${quoted(`${kinds.join(' ')} `)} ;;`;
    })
    .join('\n');

function bash(commands: readonly Words[], groups: Readonly<Record<string, string>>, explained: Explained): string {
  const { top, inGroup } = firstWords(commands, groups);
  return `# Completion of vcc for bash: source <(vcc completion bash)
${FOLDERS}
# Offers the words, one a line, that go on with what was typed. Not compgen -W: it would carry out what stands in them.
_vcc_offer() {
  local line
  while IFS= read -r line; do
    [[ -n $line && $line == "$current"* ]] && COMPREPLY+=("$line")
  done <<<"$1"
  return 0
}
_vcc() {
  local current="\${COMP_WORDS[COMP_CWORD]}" name='' flags='' valued=' ' kinds='' kind='' word='' previous='' place=0 index=0 start=2
  COMPREPLY=()
  if [[ $COMP_CWORD -eq 1 ]]; then
    _vcc_offer ${quoted(top.join('\n'))}
    return 0
  fi
  name="\${COMP_WORDS[1]}"
  case "$name" in
${inGroup.map(([group, names]) => `    ${group}) if [[ $COMP_CWORD -eq 2 ]]; then _vcc_offer ${quoted(names.join('\n'))}; return 0; fi; start=3 ;;`).join('\n')}
  esac
  [[ $start -eq 3 ]] && name="$name \${COMP_WORDS[2]}"
  case "$name" in
${commandTable(commands)}
    *) return 0 ;;
  esac
  for ((index = start; index < COMP_CWORD; index++)); do
    word="\${COMP_WORDS[index]}"
    if [[ -n $previous && $valued == *" $previous="* ]]; then
      previous=''
    elif [[ $word == -?* ]]; then
      previous="$word"
    else
      previous=''
      place=$((place + 1))
    fi
  done
  if [[ -n $previous && $valued == *" $previous="* ]]; then
    kind="\${valued#* $previous=}"
  elif [[ $current == -* ]]; then
    _vcc_offer "$(printf '%s\\n' $flags)"
    return 0
  else
    while [[ $place -gt 0 && -n $kinds ]]; do
      kinds="\${kinds#* }"
      place=$((place - 1))
    done
    kind="$kinds"
  fi
  case "\${kind%% *}" in
    case) _vcc_offer "$(_vcc_cases)" ;;
    vendor) _vcc_offer "$(_vcc_vendors)" ;;
    event) _vcc_offer ${quoted(EVENTS.map(({ name }) => name).join('\n'))} ;;
    explained)
      case "\${COMP_WORDS[COMP_CWORD - 1]}" in
${Object.entries(explained).map(([topic, names]) => `        ${topic}) _vcc_offer ${quoted(names.join('\n'))} ;;`).join('\n')}
      esac ;;
    topic) _vcc_offer ${quoted(TOPICS.join('\n'))} ;;
    shell) _vcc_offer ${quoted(SHELLS.join('\n'))} ;;
  esac
  return 0
}
# Where nothing of ours fits, the shell offers files.
complete -o default -F _vcc vcc
`;
}

/** Zsh reads the bash script in its own emulation of bash completion. */
const zsh = (commands: readonly Words[], groups: Readonly<Record<string, string>>, explained: Explained): string =>
  `# Completion of vcc for zsh: source <(vcc completion zsh)\nautoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n${bash(commands, groups, explained).split('\n').slice(1).join('\n')}`;

/** Fish asks a question for each line; the answers to all of them come from one function. */
function fish(commands: readonly Words[], groups: Readonly<Record<string, string>>, explained: Explained): string {
  const { top, inGroup } = firstWords(commands, groups);
  const summaries = new Map([...commands.map(({ name, summary }) => [name, summary] as const), ...Object.entries(groups)]);
  const describe = (condition: string, word: string, summary: string): string => `complete -c vcc -n ${quotedForFish(condition)} -a ${quotedForFish(word)} -d ${quotedForFish(summary)}`;
  const values: Readonly<Record<Kind, string>> = { case: "-xa '(__vcc_cases)'", vendor: "-xa '(__vcc_vendors)'", event: `-xa ${quotedForFish(EVENTS.map(({ name }) => name).join(' '))}`, topic: `-xa ${quotedForFish(TOPICS.join(' '))}`, explained: '-x', shell: `-xa ${quotedForFish(SHELLS.join(' '))}`, file: '-rF', folder: "-xa '(__fish_complete_directories)'", text: '-x' };
  const seen = (name: string): string => name.split(' ').map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
  return `# Completion of vcc for fish: vcc completion fish | source
function __vcc_cases
  set -l root (git rev-parse --show-toplevel 2>/dev/null); or return
  for folder in $root/cases/*/*/
    string match -rg '/([0-9]{8})/$' -- $folder
  end
end
function __vcc_vendors
  set -l root (git rev-parse --show-toplevel 2>/dev/null); or return
  for file in $root/vendors/*.yaml
    string match -rg '/([a-z0-9-]+)\\.yaml$' -- $file
  end
end
complete -c vcc -f
${top.map((word) => describe('__fish_use_subcommand', word, summaries.get(word) ?? 'explain a command')).join('\n')}
${inGroup.flatMap(([group, names]) => names.map((name) => describe(`__fish_seen_subcommand_from ${group}; and not __fish_seen_subcommand_from ${names.join(' ')}`, name, summaries.get(`${group} ${name}`) ?? ''))).join('\n')}
${commands
  .flatMap(({ name, options, arguments: kinds }) => [
    ...[...new Set(kinds)].filter((kind) => kind !== 'text' && kind !== 'explained').map((kind) => `complete -c vcc -n ${quotedForFish(seen(name))} ${values[kind].replace('-rF', '-F').replace(/^-xa/, '-a')}`),
    ...options.map(({ flag, help, value }) => `complete -c vcc -n ${quotedForFish(seen(name))} ${flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`} -d ${quotedForFish(help)}${value === undefined ? '' : ` ${values[value]}`}`),
  ])
  .join('\n')}
${Object.entries(explained).map(([topic, names]) => `complete -c vcc -n ${quotedForFish(`${seen('explain')}; and ${seen(topic)}`)} -a ${quotedForFish(names.join(' '))}`).join('\n')}
`;
}

/** The script that a shell reads to complete what is typed after vcc. */
export function completionScript(shell: ShellName, commands: readonly CompletableCommand[], groups: Readonly<Record<string, string>>, explained: Explained = {}): string {
  const words = commands.map(wordsOf);
  return { bash, zsh, fish }[shell](words, groups, explained);
}
