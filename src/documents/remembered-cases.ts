import { isEvent } from '../domain/case.ts';
import type { CaseMemory, SeenStamp } from '../domain/case-memory.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { Finding } from '../domain/finding.ts';
import type { Instant } from '../domain/instant.ts';
import type { Lasting } from '../domain/lasting.ts';
import type { Tree } from '../domain/tree.ts';
import { stampIn } from './case-stamp.ts';
import { digest, memoryKey, openMemory, sealMemory } from './memory-text.ts';
import type { Repository } from './repository.ts';
import type { SealedFor } from './sealed-for.ts';

/*
 * What lint found out about a case holds as long as nothing changes that it looked at: the case's own files, the files elsewhere that its
 * rules asked for, vcc.yaml, policy.yaml, this very vcc, and the time of day up to the next clock that runs out. All of it is written down
 * while the case is examined; what is not sure is not remembered.
 */

/** What the rules that compare cases with each other need to know of one. */
export interface CaseFacts {
  readonly number: string;
  readonly folder: string;
  /** CVE ids, by the entries in force that assign them and say that their record is published. */
  readonly assigned: readonly string[];
  readonly published: readonly string[];
  readonly sealed: readonly SealedFor[];
}

/** The CVE ids that the entries in force of a case speak of. */
export const idsInForce = ({ entries }: CaseState): Pick<CaseFacts, 'assigned' | 'published'> => ({
  assigned: entries.filter(isEvent('cve-assigned')).map(({ entry }) => entry.cve),
  published: entries.filter(isEvent('cve-published')).map(({ entry }) => entry.cve),
});

interface Remembered extends Lasting {
  readonly stamp: string;
  readonly files: number;
  /** What was asked for elsewhere, each with what it was then. */
  readonly needs: readonly (readonly [need: string, seal: string])[];
  readonly findings: readonly Finding[];
  readonly facts: CaseFacts;
}

/** What others found out about cases in this run, by folder. */
export type HandedCases = ReadonlyMap<string, Remembered>;

interface Store {
  readonly cases: readonly (readonly [folder: string, remembered: Remembered])[];
  /** Texts of no case that hold no mark of the guards of any of these cases. */
  readonly compared: readonly string[];
}

/** What an examination may look at, noting what it asks for. */
interface Watched {
  readonly tree: Tree;
  readonly repository: Repository;
}

export interface RememberedCases {
  /** Whether the case was remembered and nothing that counted has changed. */
  of(folder: string): Remembered | undefined;
  /** What the rules get in place of these while they look at the case. */
  watch(folder: string, tree: Tree, repository: Repository): Watched;
  /** What was found while the case was watched; lasting is missing where the findings tell of this moment only. */
  learn(folder: string, found: Pick<Remembered, 'files' | 'findings' | 'facts'>, lasting: Lasting | undefined): void;
  /** Whether no guard of a remembered case knows anything in that text; named by what is unlike in no two texts. */
  isCompared(text: string): boolean;
  /** Writes down what was learned. compared: texts that were compared with every case in this run or before, without a mark. */
  keep(compared: readonly string[]): void;
}

/** The name of a text for isCompared. */
export const textName = (path: string, bytes: Uint8Array | undefined): string => `${path} ${digest(bytes ?? '')}`;

const storeIn = (text: string | undefined, key: string): Store => (openMemory(text, key) ?? { cases: [], compared: [] }) as Store;

/** A store of ten thousand cases takes a while to read, and is asked for several times. */
const lastRecalled = new WeakMap<CaseMemory['recall'], { readonly key: string; readonly store: Store }>();

function recalled({ recall }: Pick<CaseMemory, 'recall'>, key: string): Store {
  const last = lastRecalled.get(recall);
  if (last?.key === key) return last.store;
  const store = storeIn(recall('cases'), key);
  lastRecalled.set(recall, { key, store });
  return store;
}

/** Reads what is remembered, for whoever would otherwise wait for Git. */
export const recallCases = (memory: Pick<CaseMemory, 'recall'>, tree: Tree): void => void recalled(memory, memoryKey(tree));

const isOf = (known: Remembered | undefined, seen: SeenStamp, now: Instant): known is Remembered => known !== undefined && known.stamp === seen && known.from <= now && now <= known.until;

/** Folders of the cases that have surely to be examined: of the others some may, where what they asked for elsewhere has changed. */
export function unknownCases(memory: CaseMemory, tree: Tree, now: Instant): string[] {
  const known = new Map(recalled(memory, memoryKey(tree)).cases);
  return [...memory.cases].filter(([folder, seen]) => !isOf(known.get(folder), seen, now)).map(([folder]) => folder);
}

/** What is in a text that another process of this run would have kept; nothing where it looked at another vcc.yaml, policy.yaml or vcc. */
export const handedIn = (text: string, tree: Tree): HandedCases => new Map(storeIn(text, memoryKey(tree)).cases);

export function rememberedCases(memory: CaseMemory, tree: Tree, now: Instant, handed: HandedCases = new Map()): RememberedCases {
  const key = memoryKey(tree);
  const store = recalled(memory, key);
  const before = new Map(store.cases);
  const compared = new Set(store.compared);
  const kept = new Map<string, Remembered>();
  const watched = new Map<string, { readonly held: Tree; readonly needs: Set<string> | 'unsure' }>();

  const seals = new Map<string, string>();
  const sealNow = (need: string): string => {
    const [kind, path = ''] = need.split(' ', 2);
    if (kind === 'folders') return digest([...memory.cases.keys()].join(' '));
    const files = tree.files(path).map((file) => `${file.path} ${file.kind}`);
    const contents = kind === 'list' ? [] : kind === 'read' ? [path] : tree.files(path).map((file) => file.path);
    return digest([...files, ...contents.map((each) => textName(each, tree.read(each)))].join('\n'));
  };
  const sealOf = (need: string): string => {
    const seal = seals.get(need) ?? sealNow(need);
    seals.set(need, seal);
    return seal;
  };

  return {
    of(folder) {
      const seen = memory.cases.get(folder);
      const given = handed.get(folder);
      if (given !== undefined) {
        if (given.stamp === seen) kept.set(folder, given);
        return given;
      }
      const known = before.get(folder);
      if (!isOf(known, seen, now) || !known.needs.every(([need, seal]) => sealOf(need) === seal)) return undefined;
      kept.set(folder, known);
      return known;
    },
    watch(folder, held, repository) {
      const needs = new Set<string>();
      watched.set(folder, { held, needs });
      const cannotTell = (): void => void watched.set(folder, { held, needs: 'unsure' });
      const need = (kind: string, path: string): void => {
        if (path === folder || path.startsWith(`${folder}/`)) return;
        // Another case, or a name that could be mistaken for two.
        if (path === '' || path === 'cases' || path.startsWith('cases/') || path.includes(' ')) cannotTell();
        else needs.add(`${kind} ${path}`);
      };
      const unsure = <T>(get: () => T): T => {
        cannotTell();
        return get();
      };
      const seen: Tree = {
        files: (under) => (need('list', under), held.files(under)),
        read: (path) => (need('read', path), held.read(path)),
      };
      return {
        tree: seen,
        repository: {
          ...repository,
          tree: seen,
          cases: () => unsure(() => repository.cases()),
          read: (number) => unsure(() => repository.read(number)),
          record: (number) => unsure(() => repository.record(number)),
          find: (reference) => unsure(() => repository.find(reference)),
          caseFolders: () => (needs.add('folders'), repository.caseFolders()),
          vendor: (slug) => (need('read', `vendors/${slug}.yaml`), repository.vendor(slug)),
          vendors: () => (need('whole', 'vendors'), repository.vendors()),
          vendorFindings: () => (need('whole', 'vendors'), repository.vendorFindings()),
          partner: (slug) => (need('read', `partners/${slug}.yaml`), repository.partner(slug)),
          partners: () => (need('whole', 'partners'), repository.partners()),
          partnerFindings: () => (need('whole', 'partners'), repository.partnerFindings()),
          publicKey: (fingerprint) => (need('read', `keys/${fingerprint}.asc`), repository.publicKey(fingerprint)),
          keyFingerprints: () => (need('list', 'keys'), repository.keyFingerprints()),
        },
      };
    },
    learn(folder, found, lasting) {
      const { held, needs } = watched.get(folder) ?? {};
      watched.delete(folder);
      if (lasting === undefined || held === undefined || needs === undefined || needs === 'unsure') return;
      // Of what was looked at, whatever has been written meanwhile.
      const stamp = stampIn(held, folder, memory.format);
      if (stamp !== undefined && (memory.isShare === true || stamp === memory.cases.get(folder))) kept.set(folder, { ...lasting, stamp, ...found, needs: [...needs].map((need) => [need, sealOf(need)]) });
    },
    isCompared: (text) => compared.has(text),
    keep(texts) {
      const next: Store = { cases: [...kept], compared: texts };
      // Nothing new: the file stays as it is.
      if (kept.size === before.size && [...kept].every(([folder, each]) => before.get(folder) === each) && texts.length === compared.size && texts.every((text) => compared.has(text))) return;
      memory.keep('cases', sealMemory(next, key));
    },
  };
}
