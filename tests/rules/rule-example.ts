// The examples on the pages of docs/rules/: what differs between the good and the bad fixture of a rule. npm run generate:docs bundles
// this file, and a test compares the pages with it.
import { showFinding } from '../../src/domain/finding.ts';
import { legibleLine } from '../../src/documents/legible.ts';
import { SCHEMA_HINT } from '../../src/documents/yaml-text.ts';
import { filesOf, FIXTURES, lintFixture } from './fixtures.ts';
import { KEY, rightRepository, SEALED, SEALED_TO_VENDOR, VENDOR_KEY, type Files } from './right-repository.ts';

/** More lines than that are no example any more; half of them where two files are shown. */
const MOST_LINES = 12;
const LONGEST_LINE = 110;

/** A line of one side, or of both. */
interface DiffLine {
  readonly sign: '-' | '+' | ' ';
  readonly text: string;
  /** Its number in the bad file, or that of the line that follows there. */
  readonly at: number;
}

/** Keys and what is encrypted to them are made anew for each run; the pages must not change with them. */
const MADE_ANEW = [
  [KEY.publicKey, '(public key of the team)\n'],
  [VENDOR_KEY.publicKey, '(public key of the vendor)\n'],
  [SEALED, '(message to the team)\n'],
  [SEALED_TO_VENDOR, '(message to the vendor)\n'],
  [KEY.fingerprint, 'KEY-OF-THE-TEAM'],
  [VENDOR_KEY.fingerprint, 'KEY-OF-THE-VENDOR'],
] as const;
const KEY_ID = /\b[0-9A-F]{16}\b/g;
const ARMOR = /-----BEGIN (PGP [A-Z ]+)-----\n[^]*?-----END PGP [A-Z ]+-----/g;

const lasting = (text: string): string => MADE_ANEW.reduce((all, [made, name]) => all.replaceAll(made, name), text.replaceAll('\r\n-----', '\n-----')).replaceAll(KEY_ID, 'ANOTHER-KEY').replaceAll(ARMOR, '($1)');

/** The lines of a file as a page can show them: without what is not part of the example, and written out what nobody would see. */
function linesOf(content: string | Uint8Array | undefined): readonly string[] {
  if (content === undefined) return [];
  if (typeof content !== 'string') return ['(bytes that are no text)'];
  if (content === '') return ['(nothing in it)'];
  return lasting(content).replace(/\n$/, '').split('\n').map((line) => {
    const shown = legibleLine(line);
    return shown.length > LONGEST_LINE ? `${shown.slice(0, LONGEST_LINE)} ...` : shown;
  });
}

/** The longest lines in common stay, the others go or come. */
function difference(good: readonly string[], bad: readonly string[]): readonly DiffLine[] {
  const common = good.map(() => bad.map(() => 0));
  const sameFrom = (i: number, j: number): number => common[i]?.[j] ?? 0;
  for (let i = good.length - 1; i >= 0; i -= 1) {
    for (let j = bad.length - 1; j >= 0; j -= 1) {
      const row = common[i];
      if (row) row[j] = good[i] === bad[j] ? sameFrom(i + 1, j + 1) + 1 : Math.max(sameFrom(i + 1, j), sameFrom(i, j + 1));
    }
  }
  const lines: DiffLine[] = [];
  for (let i = 0, j = 0; i < good.length || j < bad.length; ) {
    const [before, after] = [good[i], bad[j]];
    if (before !== undefined && before === after) {
      lines.push({ sign: ' ', text: before, at: j + 1 });
      i += 1;
      j += 1;
    } else if (before !== undefined && (after === undefined || sameFrom(i + 1, j) >= sameFrom(i, j + 1))) {
      lines.push({ sign: '-', text: before, at: j + 1 });
      i += 1;
    } else {
      lines.push({ sign: '+', text: after ?? '', at: j + 1 });
      j += 1;
    }
  }
  return lines;
}

/** The lines that differ, each with the one before; where they are many, those around the place. */
function shown(lines: readonly DiffLine[], place: number, most: number): readonly string[] {
  const near = lines.filter(({ sign, text }, index) => text !== '' && !SCHEMA_HINT.test(text) && (sign !== ' ' || (lines[index + 1]?.sign ?? ' ') !== ' '));
  const at = near.findIndex((line) => line.at >= place && line.sign !== ' ');
  const start = Math.max(0, Math.min(at - Math.floor(most / 2), near.length - most));
  const cut = near.slice(start, start + most).map(({ sign, text }) => `${sign}${text}`);
  return [...(start > 0 ? [' ...'] : []), ...cut, ...(start + most < near.length ? [' ...'] : [])];
}

const plainName = (path: string): string => path.replace(/@$/, '');

/** What differs in one file, under its name. */
function blockOf(path: string, good: Files, bad: Files, { place, mode, most }: { readonly place: number; readonly mode: boolean; readonly most: number }): readonly string[] {
  const name = `# ${lasting(legibleLine(plainName(path)))}`;
  if (mode) return [name, '-(mode 100644)', '+(mode 100755)'];
  if (path.endsWith('@')) return [name, `+(a symbolic link to ${String(bad[path])})`];
  if (bad[path] === undefined && rightRepository()[path] !== undefined) return [name, '-(the whole file)'];
  return [name, ...shown(difference(linesOf(good[path]), linesOf(bad[path])), place, most)];
}

/** The section of a rule's page that shows what it finds beside what comes closest to that and is all right. Throws for a rule without fixtures. */
export function ruleExample(id: string): string {
  const fixture = FIXTURES[id];
  if (fixture === undefined) throw new Error(`${id} has no fixture`);
  const [good, bad] = [filesOf(fixture, 'good'), filesOf(fixture, 'bad')];
  const [finding] = lintFixture(fixture, 'bad').filter(({ rule }) => rule === id);
  if (finding === undefined) throw new Error(`the bad fixture of ${id} shows nothing`);
  const other = [...new Set([...Object.keys(good), ...Object.keys(bad)])].sort().filter((path) => String(good[path]) !== String(bad[path]));
  const itself = other.find((path) => plainName(path) === finding.file);
  const mode = itself === undefined && fixture.kinds?.[finding.file] === 'executable';
  const focus = itself ?? (mode ? finding.file : other[0]);
  if (focus === undefined) throw new Error(`the fixtures of ${id} do not differ`);
  // Where one side alone has the file, one that the other side alone has shows the rest.
  const oneSide = [good, bad].filter((files) => files[focus] !== undefined).length === 1;
  const second = oneSide ? other.find((path) => path !== focus && (good[focus] === undefined ? bad[path] === undefined : good[path] === undefined)) : undefined;
  const paths = [second, focus].filter((path) => path !== undefined);
  const block = paths.flatMap((path) => blockOf(path, good, bad, { place: path === itself ? finding.line : 1, mode, most: MOST_LINES / paths.length }));
  const signs = new Set(block.map((line) => line.charAt(0)));
  const sentence = !signs.has('+') ? 'Without the lines with `-` it is not right' : signs.has('-') ? 'What has `-` is all right, what has `+` is not' : 'With the lines with `+` it is not right';
  const { rule, severity, file, line, column, message } = finding;
  return `\n## For example\n\n${sentence}:\n\n\`\`\`\`diff\n${block.join('\n')}\n\`\`\`\`\n\n\`vcc lint\` says then:\n\n\`\`\`\`text\n${lasting(legibleLine(showFinding({ rule, severity, file, line, column, message })))}\n\`\`\`\`\n`;
}
