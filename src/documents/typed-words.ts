/** The words of a command line as a POSIX shell splits it: quotes and continued lines, no variables. */
export function typedWords(line: string): string[] {
  const parts = line.replaceAll('\\\n', ' ').match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return parts.map((part) => part.replaceAll(/"([^"]*)"|'([^']*)'/g, (_quoted, double: string | undefined, single: string | undefined) => double ?? single ?? ''));
}
