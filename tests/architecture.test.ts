import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findCycle, importsOf, reachable, type Import } from './support/import-graph.ts';

const ROOT = join(import.meta.dirname, '..');

const sources: Readonly<Record<string, string>> = Object.fromEntries(
  readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .map((name) => `src/${name.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'))
    .sort()
    .map((path) => [path, readFileSync(join(ROOT, path), 'utf8')]),
);
const imports = importsOf(sources);

type Layer = 'main' | 'program' | 'commands' | 'session' | 'environment' | 'rules' | 'documents' | 'domain' | 'io' | 'generated';

/** What several commands share lies beside session.ts, above rules and documents. */
function layerOf(path: string): Layer {
  if (path === 'src/main.ts') return 'main';
  if (path === 'src/program.ts' || path.startsWith('src/command-list/')) return 'program';
  if (path === 'src/environment.ts') return 'environment';
  const folder = /^src\/(commands|rules|documents|domain|io|generated)\//.exec(path)?.[1];
  return folder === undefined ? 'session' : (folder as Layer);
}

/** When this fails, move the code and do not widen the rule. */
const MAY_IMPORT: Readonly<Record<Layer, readonly Layer[]>> = {
  main: ['program', 'io'],
  program: ['program', 'commands', 'environment', 'domain'],
  commands: ['session', 'environment', 'rules', 'documents', 'domain', 'generated'],
  session: ['session', 'environment', 'rules', 'documents', 'domain', 'generated'],
  environment: ['domain', 'generated'],
  rules: ['rules', 'documents', 'domain', 'generated'],
  documents: ['documents', 'domain', 'generated'],
  domain: ['domain', 'generated'],
  io: ['io', 'environment', 'documents', 'domain', 'generated'],
  generated: [],
};

/** Of Node's own modules only what computes: disk, processes, network and clock are io's. */
const MAY_USE_NODE: Readonly<Partial<Record<Layer, readonly string[]>>> = {
  commands: ['node:path', 'node:crypto'],
  session: ['node:path', 'node:crypto'],
  rules: [],
  documents: ['node:crypto', 'node:path/posix', 'node:url'],
  domain: ['node:crypto'],
  program: [],
  environment: [],
};

const show = ({ from, line, to }: Import): string => `${from}:${line} imports ${to}`;
const isOurs = (path: string): boolean => path.startsWith('src/');

function breaches(all: readonly Import[]): string[] {
  return all
    .filter(({ from, to, kind }) => {
      if (to === '<computed>') return true;
      const layer = layerOf(from);
      if (to.startsWith('node:')) return MAY_USE_NODE[layer]?.includes(to) === false;
      if (!isOurs(to)) return false;
      // A command that is loaded at the start delays every other one.
      if (layer === 'program' && layerOf(to) === 'commands') return kind !== 'lazy';
      return !MAY_IMPORT[layer].includes(layerOf(to));
    })
    .map(show);
}

describe('imports', () => {
  it('go one way', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(breaches(imports)).toEqual([]);
  });

  it('make no cycle, lazy ones and types included', () => {
    expect(findCycle(imports.filter(({ to }) => isOurs(to)))).toBeUndefined();
  });

  it('lead to every source file from main.ts', () => {
    const seen = reachable(imports, 'src/main.ts');
    expect(Object.keys(sources).filter((path) => !seen.has(path))).toEqual([]);
  });

  it('name files that exist', () => {
    const missing = imports.filter(({ to }) => isOurs(to) && !(to in sources) && !to.startsWith('src/generated/'));
    expect(missing.map(show)).toEqual([]);
  });
});

describe('packages', () => {
  /** Each has a hazard or a cost; its one file says which. */
  const ONE_FILE = ['gray-matter', 'yaml', 'openpgp', 'simple-git', 'inquirer', 'nodemailer', 'markdown-it', 'mustache', 'postal-mime', 'ae-cvss-calculator', '@holiday-jp/holiday_jp', 'commander', 'feed', 'packageurl-js', 'fast-xml-builder'];
  const usersOf = (name: string): Import[] => imports.filter(({ to, kind }) => kind !== 'type' && (to === name || to.startsWith(`${name}/`)));

  it.each(ONE_FILE)('%s is imported in one file', (name) => {
    expect(new Set(usersOf(name).map(({ from }) => from)).size, usersOf(name).map(show).join('\n')).toBe(1);
  });

  it.each(['gray-matter', 'yaml', 'openpgp', 'simple-git', 'inquirer', 'nodemailer', 'markdown-it', 'mustache', '@holiday-jp/holiday_jp', 'feed', 'packageurl-js', 'fast-xml-builder'])('the file that imports %s begins with its hazard', (name) => {
    const [user] = usersOf(name);
    expect(sources[user?.from ?? '']).toMatch(/^(?:\/\/|\/\*)/);
  });

  it('date-fns is imported function by function: its index takes 100 ms', () => {
    expect(imports.filter(({ to }) => to === 'date-fns').map(show)).toEqual([]);
  });

  it('nothing heavy is loaded for a commit hook before it is needed', () => {
    // mustache is 12 kB in the bundle, and lint checks templates.
    const heavy = ['openpgp', 'simple-git', 'inquirer', 'nodemailer', 'markdown-it', 'postal-mime', 'cli-table3', 'feed'];
    const atOnce = imports.filter(({ kind }) => kind === 'static');
    const loaded = reachable(atOnce, 'src/commands/lint.ts');
    expect(loaded.has('src/rules/index.ts')).toBe(true);
    expect([...loaded].filter((to) => heavy.some((name) => to === name || to.startsWith(`${name}/`)))).toEqual([]);
  });
});

describe('source files', () => {
  const written = Object.entries(sources).filter(([path]) => layerOf(path) !== 'generated');

  it('stay below 300 lines', () => {
    expect(written.filter(([, text]) => text.split('\n').length > 300).map(([path]) => path)).toEqual([]);
  });

  it('are named after what they hold', () => {
    expect(written.map(([path]) => path).filter((path) => /(?:^|[/-])(?:utils?|helpers?|common|misc|manager|service)s?\.ts$/.test(path))).toEqual([]);
  });

  it('read the clock in io/clock.ts only', () => {
    expect(written.filter(([path, text]) => path !== 'src/io/clock.ts' && /\bDate\(\s*\)|\bnew Date\b(?!\()|\bDate\.now\(|\bperformance\.now\(/.test(text)).map(([path]) => path)).toEqual([]);
  });

  it('touch the process in main, program and io only', () => {
    const outside: readonly Layer[] = ['main', 'program', 'io'];
    expect(written.filter(([path, text]) => !outside.includes(layerOf(path)) && /\bprocess\.[a-z]/.test(text)).map(([path]) => path)).toEqual([]);
  });
});

describe('the checks themselves', () => {
  const made = importsOf({
    'src/domain/a.ts': "import type { b } from '../documents/b.ts';\nimport { readFileSync } from 'node:fs';\n",
    'src/documents/b.ts': "export const c = async () => import('../domain/a.ts');\nexport * from 'yaml';\n",
    'src/program.ts': "import { lint } from './commands/lint.ts';\nconst run = () => import('./commands/init.ts');\nconst any = (name: string) => import(name);\n",
    'src/commands/lint.ts': "import { init } from './init.ts';\nlet x: import('../session.ts').Session;\n",
  });

  it('see every kind of import', () => {
    expect(made.map(({ from, to, kind, line }) => `${from}:${line} ${kind} ${to}`)).toEqual([
      'src/domain/a.ts:1 type src/documents/b.ts',
      'src/domain/a.ts:2 static node:fs',
      'src/documents/b.ts:1 lazy src/domain/a.ts',
      'src/documents/b.ts:2 static yaml',
      'src/program.ts:1 static src/commands/lint.ts',
      'src/program.ts:2 lazy src/commands/init.ts',
      'src/program.ts:3 lazy <computed>',
      'src/commands/lint.ts:1 static src/commands/init.ts',
      'src/commands/lint.ts:2 type src/session.ts',
    ]);
  });

  it('find breaches of the rules', () => {
    expect(breaches(made)).toEqual([
      'src/domain/a.ts:1 imports src/documents/b.ts',
      'src/domain/a.ts:2 imports node:fs',
      'src/program.ts:1 imports src/commands/lint.ts',
      'src/program.ts:3 imports <computed>',
      'src/commands/lint.ts:1 imports src/commands/init.ts',
    ]);
  });

  it('find a cycle that closes by a lazy import', () => {
    expect(findCycle(made)).toEqual(['src/domain/a.ts', 'src/documents/b.ts', 'src/domain/a.ts']);
    expect(findCycle(made.filter(({ kind }) => kind !== 'lazy'))).toBeUndefined();
  });

  it('find what is not reachable', () => {
    expect([...reachable(made, 'src/program.ts')]).not.toContain('src/domain/a.ts');
  });
});
