import { createHash } from 'node:crypto';

/** Hooks that vcc writes: every commit, every merge that Git commits by itself, and every message. */
export const HOOK_NAMES = ['pre-commit', 'pre-merge-commit', 'commit-msg'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** What a hook that somebody else wrote has to call. */
export const hookLine = (name: HookName): string => (name === 'commit-msg' ? 'lint --message "$1" || exit 1' : 'lint --staged || exit 1');

/** The words of a command as a POSIX shell reads them back, whatever stands in them. */
export const shellWords = (command: readonly string[]): string =>
  command.map((word) => (/^[A-Za-z0-9_/.:=@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(' ');

/** Where the command line that starts this vcc is written down, one clone at a time: hooks themselves may be shared. */
export const COMMAND_SETTING = 'vcc.command';

const BODY = `
case \${0##*/} in
  commit-msg)
    message=$1
    ;;
  *)
    # Nothing is staged (a commit that changes only its message): no file to check.
    git -c safe.bareRepository=explicit diff-index --cached --quiet --ignore-submodules=none --no-relative HEAD -- 2>/dev/null && exit 0
    ;;
esac

check() {
  [ -n "$message" ] && exec "$@" lint --message "$message"
  exec "$@" lint --staged
}

# The vcc that installed the hook, if it is still where it was.
recorded=$(git -c safe.bareRepository=explicit config --get ${COMMAND_SETTING})
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

echo 'vcc was not found, so nothing was checked and nothing is committed.' >&2
echo '  -> Install vcc, then in this repository: vcc hooks install' >&2
exit 1
`;

const MARK = '# Written by vcc hooks install, seal ';
const OURS = /^#!\/bin\/sh\n# Written by vcc hooks install, seal ([0-9a-f]{16})\. Do not edit\.([^]*)$/;

const sealOf = (body: string): string => createHash('sha256').update(body).digest('hex').slice(0, 16);

/**
 * The script of each hook, which knows by its name what it is to check. It starts the vcc that was recorded, else one on PATH, else it stops the commit: a check that
 * is silently left out is worse than none.
 */
export const HOOK_SCRIPT = `#!/bin/sh\n${MARK}${sealOf(BODY)}. Do not edit.${BODY}`;

/** missing; current; outdated: by another version of vcc; edited: ours once; chained: somebody's own, which calls vcc; foreign. */
export type HookState = 'missing' | 'current' | 'outdated' | 'edited' | 'chained' | 'foreign';

/** What stands in the hooks folder: only a hook that is still as vcc wrote it may be replaced or taken away. */
export function hookState(script: string | undefined): HookState {
  if (script === undefined) return 'missing';
  if (script === HOOK_SCRIPT) return 'current';
  const [, seal, body] = OURS.exec(script) ?? [];
  if (seal !== undefined && body !== undefined) return sealOf(body) === seal ? 'outdated' : 'edited';
  return /^[^#\n]*\blint --(?:staged|message)\b/m.test(script) ? 'chained' : 'foreign';
}
