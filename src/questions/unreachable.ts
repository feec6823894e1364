import type { Environment } from '../environment.ts';
import type { Bilingual, UnreachableDeveloper } from '../generated/documents.ts';
import { oneOf } from './triage.ts';

/** What a person says of a developer that goes on the list. */
export interface ListFlags {
  readonly kind?: string;
  readonly name?: string;
  readonly link?: string;
  readonly remarks?: string;
  readonly remarksJa?: string;
}

const KINDS = ['organisation', 'individual'] as const;
const NAMES = ['shown', 'hidden'] as const;

/** What the list is to show of a developer, from flags or asked for; the name comes from the registry, or stays hidden. */
export async function askForListing(env: Environment, flags: ListFlags, registered: Bilingual): Promise<Omit<UnreachableDeveloper, 'schemaVersion' | 'did' | 'case' | 'vendor'>> {
  const kind = flags.kind ?? (await env.ask.select({
    flag: '--kind',
    message: 'Which notice text is it to get?',
    choices: [{ value: 'organisation', name: 'organisation', description: 'a public body or a company; dealers are asked too' }, { value: 'individual', name: 'individual', description: 'a person or a community; who maintains a derived product is asked too' }],
  }));
  const shown = flags.name ?? (await env.ask.select({
    flag: '--name',
    message: 'Does the list show the name of the developer?',
    choices: [{ value: 'shown', name: `shown: ${[registered.en, registered.ja].filter((name) => name !== undefined).join(' / ')}` }, { value: 'hidden', name: 'hidden: a dash stands in its place' }],
  }));
  const optional = (flag: string, message: string, given: string | undefined): Promise<string> => (given === undefined ? env.ask.text({ flag, message, optional: true }) : Promise.resolve(given));
  const link = await optional('--link', 'Page of the developer that the list links to (Enter for none)', flags.link);
  const en = await optional('--remarks', 'Remarks on the list, in English (Enter for none)', flags.remarks);
  const ja = await optional('--remarks-ja', 'Remarks on the list, in Japanese (Enter for none)', flags.remarksJa);
  const remarks = { ...(en === '' ? {} : { en }), ...(ja === '' ? {} : { ja }) };
  return {
    kind: oneOf('--kind', [kind], KINDS)[0] ?? 'organisation',
    ...(oneOf('--name', [shown], NAMES)[0] === 'shown' ? { name: registered } : {}),
    ...(link === '' ? {} : { link }),
    ...(Object.keys(remarks).length === 0 ? {} : { remarks: remarks }),
  };
}
