import { createHash } from 'node:crypto';
import { OWN_NAMES } from '../domain/own-names.ts';

/**
 * Hooks that vcc writes in a clone: before every commit, and every merge that Git commits by itself; of every message; before every push;
 * and what a pull or a rebase brought, for which Git asks nobody, is told afterwards.
 */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'commit-msg', 'pre-push', 'post-merge', 'post-rewrite'] as const;
/** On a server, where nobody commits: what is pushed to it. */
export const SERVER_HOOK_NAMES = ['pre-receive'] as const;
export type HookName = (typeof HOOK_NAMES | typeof SERVER_HOOK_NAMES)[number];

const LINES: Readonly<Record<HookName, string>> = {
  'pre-commit': 'lint --staged || exit 1',
  'pre-merge-commit': 'lint --staged || exit 1',
  'commit-msg': 'lint --message "$1" || exit 1',
  'pre-push': 'lint --pushed || exit 1',
  'post-merge': 'lint --quiet',
  'post-rewrite': 'lint --quiet',
  'pre-receive': 'lint --pushed || exit 1',
};

/** What a hook that somebody else wrote has to call. */
export const hookLine = (name: HookName): string => LINES[name];

/** The words of a command as a POSIX shell reads them back, whatever stands in them. */
export const shellWords = (command: readonly string[]): string =>
  command.map((word) => (/^[A-Za-z0-9_/.:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** Where the command line that starts this vcc is written down, one clone at a time: hooks themselves may be shared. */
export const COMMAND_SETTING = 'vcc.command';

/** What a shell takes for the name, for what is taken for it on some systems, and for what it may have been meant to be (rules/layout.ts): Case, VCC.yml. */
const likeIt = (name: string): string => name.replace(/(?:s|\.yaml)$/, '').replace(/[a-z]/g, (letter) => `[${letter.toUpperCase()}${letter}]`);

const BODY = `
# The pre-commit framework runs this as NAME.legacy, where it was there before.
name=\${0##*/}
name=\${name%.legacy}
message=
what=
case $name in
  commit-msg)
    message=$1
    ;;
  pre-push|pre-receive)
    what=--pushed
    ;;
  post-merge)
    ;;
  post-rewrite)
    # What an amended commit has was checked before it was made.
    [ "$1" = rebase ] || exit 0
    ;;
  *)
    what=--staged
    ;;
esac

# Whether the hook beside this one looks at what is pushed.
looked_at_later() {
  push=\${0%/*}/pre-push
  [ -x "$push" ] && [ -r "$push" ] || return 1
  while read -r text; do
    case $text in *--pushed*) return 0 ;; esac
  done <"$push"
  return 1
}

# Of a commit that leaves alone what is vcc's, nobody waits for Node: its files and its message are looked at before they are pushed. A commit
# without any file (an empty one, or other words for the last one) has no file to check, and a message.
case $name in pre-commit|pre-merge-commit|commit-msg)
  if names=$(git --no-replace-objects -c safe.bareRepository=explicit diff-index --cached --name-only --no-renames --ignore-submodules=none --no-relative HEAD -- 2>/dev/null); then
    line='
'
    case $line$names in
      "$line")
        [ -n "$message" ] || exit 0
        ;;
      ${[...OWN_NAMES.map(likeIt), '\\"'].map((start) => `*"$line"${start}*`).join('|')})
        ;;
      *)
        if looked_at_later; then exit 0; fi
        ;;
    esac
  fi
  ;;
esac

check() {
  [ -n "$message" ] && exec "$@" lint --message "$message"
  # Without a word where everything is right: nobody asked.
  case $name in
    post-*) talk=$("$@" lint --quiet 2>&1) && exit 0; printf '%s\\n' "$talk" >&2; exit 1 ;;
  esac
  exec "$@" lint "$what"
}

# The vcc that installed the hook, if it is still where it was. husky runs this by sh -e, where a setting that is missing would be the end.
recorded=$(git -c safe.bareRepository=explicit config --get ${COMMAND_SETTING}) || recorded=
if [ -n "$recorded" ]; then
  eval "set -- $recorded"
  found=yes
  for word; do
    case $word in /*) [ -e "$word" ] || found=no ;; esac
  done
  command -v "$1" >/dev/null 2>&1 || found=no
  [ $found = yes ] && check "$@"
fi
command -v vcc >/dev/null 2>&1 && check vcc

echo 'vcc was not found, so nothing was checked, and Git stops here.' >&2
echo '  -> Install vcc, then in this repository: vcc hooks install' >&2
exit 1
`;

const MARK = '# Written by vcc hooks install, seal ';
const OURS = /^#!\/bin\/sh\n# Written by vcc hooks install, seal ([0-9a-f]{16})\. Do not edit\.([^]*)$/;

const sealOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

/**
 * The script of each hook, which knows by its name what it is to check. It starts the vcc that was recorded, else one on PATH, else it stops Git: a check that
 * is silently left out is worse than none.
 */
export const HOOK_SCRIPT = `#!/bin/sh\n${MARK}${sealOf(BODY)}. Do not edit.${BODY}`;

/**
 * missing; current; outdated: by another version of vcc; edited: ours once; chained: somebody's own, which calls vcc; foreign; by-pre-commit: the
 * framework, which calls vcc; not-in-pre-commit: the framework, which does not.
 */
export type HookState = 'missing' | 'current' | 'outdated' | 'edited' | 'chained' | 'foreign' | 'by-pre-commit' | 'not-in-pre-commit';

/** What stands in the hooks folder: only a hook that is still as vcc wrote it may be replaced or taken away. */
export function hookState(script: string | undefined): HookState {
  if (script === undefined) return 'missing';
  if (script === HOOK_SCRIPT) return 'current';
  const [, seal, body] = OURS.exec(script) ?? [];
  if (seal !== undefined && body !== undefined) return sealOf(body) === seal ? 'outdated' : 'edited';
  return /^[^#\n]*\blint --(?:staged|message|pushed|quiet)\b/m.test(script) ? 'chained' : 'foreign';
}
