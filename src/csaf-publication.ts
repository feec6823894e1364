import { csafDocument } from './documents/csaf.ts';
import { csafFiles, CSAF_FEED, CSAF_KEYS, SECURITY_TXT, type CsafPublication } from './documents/csaf-provider.ts';
import { refusal } from './domain/problem.ts';
import type { PublicAdvisory, PublicDates } from './domain/publication.ts';
import type { Environment } from './environment.ts';
import type { Coordinator } from './generated/documents.ts';
import type { Session } from './session.ts';

/** What a publication writes as CSAF, with what the public repository holds of the earlier ones; nothing where vcc.yaml does not ask for it. */
export function csafPublication(env: Environment, { repository, now }: Session, { key }: Coordinator, advisory: PublicAdvisory, dates: PublicDates): CsafPublication {
  const { configuration } = repository;
  if (configuration.public?.csaf !== true) return { files: [], signed: [] };
  const armored = repository.publicKey(key);
  if (armored === undefined) throw refusal('no-key', `keys/${key}.asc, your public key, is not there`, 'vcc key import FILE: whoever reads a signed document needs it.');
  const tree = env.publicTree(configuration.public.repository);
  const textOf = (path: string): string | undefined => {
    const bytes = tree.read(path);
    return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
  };
  const keys = tree.files(CSAF_KEYS).flatMap(({ path }) => /([0-9A-F]{40})\.asc$/.exec(path)?.slice(1) ?? []);
  const documents = (['en', 'ja'] as const).flatMap((language) => csafDocument(advisory, language, dates, configuration) ?? []);
  return csafFiles(documents, { feed: textOf(CSAF_FEED), securityTxt: textOf(SECURITY_TXT), keys }, { at: now, key: { fingerprint: key, armored } }, configuration);
}
