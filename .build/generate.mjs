// schemas/ is the one source of truth: this writes the TypeScript types and the standalone validators that src/ imports.
// Ajv's compiler takes 187 ms at run time; its output, compiled here, takes 3 ms to load.
import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standaloneCode from 'ajv/dist/standalone/index.js';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { compile } from 'json-schema-to-typescript';

const root = fileURLToPath(new URL('..', import.meta.url));
const schemaFolder = join(root, 'schemas');
const target = join(root, 'src', 'generated');

const files = (await readdir(schemaFolder)).filter((name) => name.endsWith('.schema.json')).sort();
const schemas = new Map();
for (const name of files) schemas.set(name, JSON.parse(await readFile(join(schemaFolder, name), 'utf8')));

const documents = files.filter((name) => name !== 'common.schema.json');

await mkdir(target, { recursive: true });

// `discriminator` is Ajv's: with it the errors speak of the event that was meant, not of all thirty.
const ajv = new Ajv2020({
  allErrors: true,
  discriminator: true,
  strict: true,
  strictRequired: false,
  allowUnionTypes: true,
  code: { source: true, esm: true, lines: false },
});
addFormats.default(ajv, ['date', 'date-time']);
for (const schema of schemas.values()) ajv.addSchema(schema);

for (const file of documents) {
  const code = standaloneCode.default(ajv, ajv.getSchema(schemas.get(file).$id));
  await build({
    stdin: { contents: code, resolveDir: root, loader: 'js' },
    outfile: join(target, `validate-${file.replace('.schema.json', '')}.js`),
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'neutral',
    mainFields: ['main'],
    logLevel: 'warning',
  });
  await writeFile(
    join(target, `validate-${file.replace('.schema.json', '')}.d.ts`),
    `import type { ValidateFunction } from 'ajv';\ndeclare const validate: ValidateFunction;\nexport default validate;\n`,
  );
}

const union = {
  title: 'AnyDocument',
  anyOf: documents.map((file) => ({ $ref: file })),
};
const types = await compile(union, 'AnyDocument', {
  cwd: schemaFolder,
  $refOptions: { resolve: { http: false } },
  bannerComment: '// Generated from schemas/ by npm run generate. Do not edit.',
  additionalProperties: false,
  unreachableDefinitions: false,
  ignoreMinAndMaxItems: true,
  style: { singleQuote: true, printWidth: 160 },
  format: true,
});
await writeFile(join(target, 'documents.ts'), types);

// The events in the order of the schema, which is the order of a case: replay breaks ties by it; vcc record asks by it.
const log = schemas.get('log-entry.schema.json');
const common = schemas.get('common.schema.json');
const targetOf = (ref) => {
  const name = ref.split('/').at(-1);
  return { name, schema: (ref.startsWith('#') ? log : common).$defs[name] };
};
function kindOf(property) {
  const { name, schema } = property.$ref ? targetOf(property.$ref) : { name: undefined, schema: property };
  if (schema.enum) return { kind: 'choice', choices: schema.enum };
  if (schema.type === 'boolean') return { kind: 'yes-no' };
  if (schema.type === 'array') return { kind: 'lines' };
  if (name === 'instant') return { kind: 'moment' };
  if (name === 'date') return { kind: 'day' };
  if (name === 'bilingual' || name === 'statement') return { kind: 'bilingual' };
  if (schema.type === 'object') return { kind: 'object', keys: Object.keys(schema.properties ?? {}) };
  return { kind: 'text' };
}
const own = (field) => !['event', 'at', 'by'].includes(field);
const events = Object.entries(log.$defs)
  .filter(([, definition]) => definition.properties?.event)
  .map(([name, definition]) => ({
    name,
    summary: definition.description,
    fields: Object.entries(definition.properties)
      .filter(([field]) => own(field))
      .map(([field, property]) => ({ name: field, required: definition.required.includes(field), ...kindOf(property), ...(property.description ? { help: property.description } : {}) })),
  }));
await writeFile(
  join(target, 'events.ts'),
  `// Generated from schemas/log-entry.schema.json by npm run generate. Do not edit.\n` +
    `export interface EventField {
  readonly name: string;
  readonly required: boolean;
  readonly kind: 'choice' | 'yes-no' | 'lines' | 'moment' | 'day' | 'bilingual' | 'object' | 'text';
  readonly choices?: readonly string[];
  readonly keys?: readonly string[];
  readonly help?: string;
}
export interface EventShape {
  readonly name: string;
  readonly summary: string;
  readonly fields: readonly EventField[];
}
/** In the order of a case. */
export const EVENTS: readonly EventShape[] = ${JSON.stringify(events, null, 2)};
`,
);
// Every field name by schema, so that a misspelt one can be answered with the one that was meant.
const fieldsOf = (file, schema, into = new Set(), seen = new Set()) => {
  if (typeof schema !== 'object' || schema === null || seen.has(schema)) return into;
  seen.add(schema);
  for (const name of Object.keys(schema.properties ?? {})) into.add(name);
  if (typeof schema.$ref === 'string') {
    const [target, pointer] = schema.$ref.split('#');
    const whole = schemas.get(target === '' ? file : target);
    fieldsOf(target === '' ? file : target, (pointer ?? '').split('/').filter(Boolean).reduce((at, part) => at[part], whole), into, seen);
  }
  for (const part of Object.values(schema)) fieldsOf(file, part, into, seen);
  return into;
};
const fields = Object.fromEntries(documents.map((file) => [file.replace('.schema.json', ''), [...fieldsOf(file, schemas.get(file))].sort()]));
await writeFile(
  join(target, 'fields.ts'),
  `// Generated from schemas/ by npm run generate. Do not edit.\nexport const FIELDS: Readonly<Record<string, readonly string[]>> = ${JSON.stringify(fields, null, 2)};\n`,
);
// What vcc init writes into a repository is known to everybody.
const inTemplates = async (folder) => (await readdir(join(root, 'templates', folder))).sort().map((name) => join(root, 'templates', folder, name));
const shipped = await Promise.all([...(await inTemplates('policies')), ...(await inTemplates('ci'))].map((path) => readFile(path, 'utf8')));
await writeFile(join(target, 'shipped-texts.ts'), `// Generated from templates/policies/ and templates/ci/ by npm run generate. Do not edit.\nexport const SHIPPED_TEXTS: readonly string[] = ${JSON.stringify(shipped)};\n`);
// What was worked out by another program is worked out anew: the seal of everything that this one is made from.
const seal = createHash('sha256');
const program = join(root, 'src');
const parts = (await readdir(program, { recursive: true })).map((name) => name.replaceAll('\\', '/')).filter((name) => name.endsWith('.ts') && !name.startsWith('generated/')).sort();
for (const name of parts) seal.update(name).update(await readFile(join(program, name)));
for (const [name, content] of [...schemas].sort()) seal.update(name).update(JSON.stringify(content));
for (const text of shipped) seal.update(text);
seal.update(await readFile(join(root, 'package-lock.json')));
await writeFile(join(target, 'build.ts'), `// Generated by npm run generate. Do not edit.\nexport const BUILD = '${seal.digest('hex')}';\n`);
console.error(`generated ${documents.length} validators, types and ${events.length} events from schemas/`);
