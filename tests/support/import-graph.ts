import { dirname, join } from 'node:path/posix';
import ts from 'typescript';

export interface Import {
  readonly from: string;
  /** A path from the root of the project for a file of ours, else the specifier: a package or node:something. */
  readonly to: string;
  readonly kind: 'static' | 'lazy' | 'type';
  readonly line: number;
}

/** Every import of the sources, whatever its form; `import(expression)` appears as an import of '<computed>'. */
export function importsOf(sources: Readonly<Record<string, string>>): readonly Import[] {
  return Object.entries(sources).flatMap(([path, text]) => {
    const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
    const found: Import[] = [];
    const add = (node: ts.Node, specifier: ts.Node | undefined, kind: Import['kind']): void => {
      const name = specifier && ts.isStringLiteralLike(specifier) ? specifier.text : '<computed>';
      const to = name.startsWith('.') ? join(dirname(path), name) : name;
      found.push({ from: path, to, kind, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 });
    };
    const visit = (node: ts.Node): void => {
      if (ts.isImportDeclaration(node)) add(node, node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword ? 'type' : 'static');
      else if (ts.isExportDeclaration(node) && node.moduleSpecifier) add(node, node.moduleSpecifier, node.isTypeOnly ? 'type' : 'static');
      else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) add(node, node.arguments[0], 'lazy');
      else if (ts.isImportTypeNode(node)) add(node, ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined, 'type');
      ts.forEachChild(node, visit);
    };
    visit(file);
    return found;
  });
}

function targetsOf(imports: readonly Import[]): ReadonlyMap<string, readonly string[]> {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  return targets;
}

/** One cycle as a path whose ends are the same file, or undefined. */
export function findCycle(imports: readonly Import[]): readonly string[] | undefined {
  const targets = targetsOf(imports);
  const done = new Set<string>();
  const walk = (path: readonly string[]): readonly string[] | undefined => {
    const here = path.at(-1) ?? '';
    const first = path.indexOf(here);
    if (first < path.length - 1) return path.slice(first);
    if (done.has(here)) return undefined;
    for (const next of targets.get(here) ?? []) {
      const cycle = walk([...path, next]);
      if (cycle) return cycle;
    }
    done.add(here);
    return undefined;
  };
  for (const start of targets.keys()) {
    const cycle = walk([start]);
    if (cycle) return cycle;
  }
  return undefined;
}

/** Everything that the start leads to, itself included. */
export function reachable(imports: readonly Import[], start: string): ReadonlySet<string> {
  const targets = targetsOf(imports);
  const seen = new Set([start]);
  for (const path of seen) for (const next of targets.get(path) ?? []) seen.add(next);
  return seen;
}
