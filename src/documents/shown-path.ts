import type { Finding } from '../domain/finding.ts';
import { legibleLine } from './legible.ts';

/*
 * Names of files that give away what is sealed, as findings show them: findings go into logs that more people read than the repository.
 */

const WITHHELD = '[withheld]';

/** A path without what it gives away, as a finding shows it; undefined where it gives nothing. below: the folder that is known anyway. */
export function shownPath(path: string, below: string, gives: (text: string) => boolean): string | undefined {
  const inside = path.slice(below.length);
  if (!gives(inside)) return undefined;
  const ending = (name: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
  const hidden = inside.split('/').map((part) => (gives(part) ? `${WITHHELD}${gives(ending(part)) ? '' : ending(part)}` : part)).join('/');
  return `${below}${gives(hidden) ? `${inside.startsWith('/') ? '/' : ''}${WITHHELD}` : hidden}`;
}

/** A finding of which neither path nor words tell who reported; hidden: paths with how they are shown. */
export function withoutNames(finding: Finding, hidden: ReadonlyMap<string, string>): Finding {
  let { file, message, fix } = finding;
  for (const [path, shown] of hidden) {
    if (file === path || file === legibleLine(path)) file = shown;
    const pairs = [[path, shown], [legibleLine(path), shown], [lastOf(path), lastOf(shown)], [legibleLine(lastOf(path)), lastOf(shown)]] as const;
    for (const [said, instead] of pairs) {
      message = message.replaceAll(said, instead);
      fix = fix?.replaceAll(said, instead);
    }
  }
  return { ...finding, file, message, ...(fix === undefined ? {} : { fix }) };
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);
