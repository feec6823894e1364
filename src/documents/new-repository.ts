import type { Configuration } from '../generated/documents.ts';
import { schemaHint, writeYaml } from './yaml-text.ts';

/** Reads a file that ships with vcc. */
type Shipped = (path: string) => string;

interface NewText {
  readonly path: string;
  readonly text: string;
}

/** Where each shipped file goes in a new case repository. */
const COPIES = [
  ['templates/ci/gitattributes', '.gitattributes'],
  ['templates/ci/gitignore', '.gitignore'],
  ['templates/ci/github.yml', '.github/workflows/vcc.yml'],
  ['templates/ci/gitlab.yml', '.gitlab-ci.yml'],
  ['templates/ci/pre-commit.yml', '.pre-commit-config.yaml'],
] as const;

/** The files of a new case repository; keys are the files of keys/. */
export function newRepository(
  content: { readonly configuration: Configuration; readonly policy: string; readonly keys: readonly NewText[]; readonly schemas: readonly string[] },
  shipped: Shipped,
): readonly NewText[] {
  const policy = shipped(`templates/policies/${content.policy}.yaml`);
  return [
    { path: 'vcc.yaml', text: writeYaml(content.configuration, 'vcc', '') },
    { path: 'policy.yaml', text: policy.startsWith('# yaml-language-server:') ? policy : schemaHint('policy', '') + policy },
    ...content.keys,
    ...content.schemas.map((name) => ({ path: `.vcc/schemas/${name}`, text: editorSchema(shipped(`schemas/${name}`)) })),
    ...COPIES.map(([from, path]) => ({ path, text: shipped(from) })),
  ];
}

/** Without its $id, so that an editor looks for the schemas it refers to beside it and not on the network. */
function editorSchema(text: string): string {
  const schema = JSON.parse(text) as Record<string, unknown>;
  delete schema.$id;
  return `${JSON.stringify(schema, null, 2)}\n`;
}
