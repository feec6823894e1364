import { isEvent } from '../domain/case.ts';
import type { CaseMemory, SeenStamp } from '../domain/case-memory.ts';
import type { CaseState } from '../domain/case-state.ts';
import type { Finding } from '../domain/finding.ts';
import type { Instant } from '../domain/instant.ts';
import type { Lasting } from '../domain/lasting.ts';
import type { Tree } from '../domain/tree.ts';
import { stampIn } from './case-stamp.ts';
import { digest, memoryKey, openMemory, sealMemory, type Memory } from './memory-text.ts';
import type { Repository } from './repository.ts';
import type { SealedTogether } from './sealed-for.ts';

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
  readonly sealed: readonly SealedTogether[];
}

/** The CVE ids that the entries in force of a case speak of. */
export const idsInForce = ({ entries }: CaseState): Pick<CaseFacts, 'assigned' | 'published'> => ({
  assigned: entries.filter(isEvent('cve-assigned')).map(({ entry }) => entry.cve),
  published: entries.filter(isEvent('cve-published')).map(({ entry }) => entry.cve),
});

interface Found {
  readonly files: number;
  readonly findings: readonly Finding[];
  readonly facts: CaseFacts;
}

interface Remembered extends Found, Lasting {
  readonly stamp: string;
  /** What was asked for elsewhere, each with what it was then. */
  readonly needs: readonly (readonly [need: string, seal: string])[];
}

/** What others found out about cases in this run, each to be found by its folder. */
export type HandedCases = Pick<Memory, 'get' | 'size'>;

/** As it is kept: what tells whether it still holds, before the rest is looked at. */
const asText = ({ stamp, from, until, needs, files, findings, facts }: Remembered): string =>
  [stamp, from, until, JSON.stringify(needs), files, JSON.stringify(facts.sealed), facts.assigned.join(' '), facts.published.join(' '), findings.length === 0 ? '' : JSON.stringify(findings)].join('\t');

/** The sealed parts of most cases are alike. */
const sealedParts = new Map<string, readonly SealedTogether[]>();

function partsIn(text: string): readonly SealedTogether[] {
  const parts = sealedParts.get(text) ?? (JSON.parse(text) as readonly SealedTogether[]);
  sealedParts.set(text, parts);
  return parts;
}

const idsIn = (text: string): readonly string[] => (text === '' ? NO_IDS : text.split(' '));
const NO_IDS: readonly string[] = [];

/** What was kept of a case; its needs are a text, which many have in common. */
function asFound(folder: string, text: string): Found & { readonly stamp: string; readonly needs: string } {
  const [stamp = '', , , needs = '', files, sealed = '', assigned = '', published = '', findings = ''] = text.split('\t');
  return {
    stamp,
    needs,
    files: Number(files),
    findings: findings === '' ? [] : (JSON.parse(findings) as readonly Finding[]),
    facts: { folder, number: folder.slice(folder.lastIndexOf('/') + 1), assigned: idsIn(assigned), published: idsIn(published), sealed: partsIn(sealed) },
  };
}

/** Its name in what is kept, where the others are named by the folders of the cases: texts of no case that hold no mark of the guards of any of these cases. */
const COMPARED = 'compared';

/** What an examination may look at, noting what it asks for. */
interface Watched {
  readonly tree: Tree;
  readonly repository: Repository;
}

export interface RememberedCases {
  /** Whether the case was remembered and nothing that counted has changed. */
  of(folder: string): Found | undefined;
  /** What the rules get in place of these while they look at the case. */
  watch(folder: string, tree: Tree, repository: Repository): Watched;
  /** What was found while the case was watched; lasting is missing where the findings tell of this moment only. */
  learn(folder: string, found: Found, lasting: Lasting | undefined): void;
  /** Whether no guard of a remembered case knows anything in that text; named by what is unlike in no two texts. */
  isCompared(text: string): boolean;
  /** Writes down what was learned. compared: texts that were compared with every case in this run or before, without a mark. */
  keep(compared: readonly string[]): void;
}

/** The name of a text for isCompared. */
export const textName = (path: string, bytes: Uint8Array | undefined): string => `${path} ${digest(bytes ?? '')}`;

/** A memory of ten thousand cases takes a while to open, and is asked for several times. */
const lastRecalled = new WeakMap<CaseMemory['recall'], { readonly key: string; readonly known: Memory }>();

const NOTHING: Memory = { names: () => [], size: 0, get: () => undefined };

function recalled({ recall }: Pick<CaseMemory, 'recall'>, key: string): Memory {
  const last = lastRecalled.get(recall);
  if (last?.key === key) return last.known;
  const known = openMemory(recall('cases'), key) ?? NOTHING;
  lastRecalled.set(recall, { key, known });
  return known;
}

/** Opens what is remembered, for whoever would otherwise wait for Git. */
export const recallCases = (memory: Pick<CaseMemory, 'recall'>, tree: Tree): void => void recalled(memory, memoryKey(tree));

function isOf(text: string | undefined, seen: SeenStamp, now: Instant): text is string {
  const [stamp, from, until] = text?.split('\t', 3) ?? [];
  return stamp !== undefined && stamp === seen && Number(from) <= now && now <= Number(until);
}

/** Folders of the cases that have surely to be examined: of the others some may, where what they asked for elsewhere has changed. */
export function unknownCases(memory: CaseMemory, tree: Tree, now: Instant): string[] {
  const known = recalled(memory, memoryKey(tree));
  return [...memory.cases].filter(([folder, seen]) => !isOf(known.get(folder), seen, now)).map(([folder]) => folder);
}

/** What is in texts that others of this run would have kept; nothing of one that looked at another vcc.yaml, policy.yaml or vcc. */
export function handedIn(texts: readonly string[], tree: Tree): HandedCases {
  const key = memoryKey(tree);
  const all = texts.flatMap((text) => openMemory(Buffer.from(text), key) ?? []);
  const holders = new Map(all.flatMap((each) => [...each.names()].map((folder) => [folder, each] as const)));
  return { size: holders.size, get: (folder) => holders.get(folder)?.get(folder) };
}

export function rememberedCases(memory: CaseMemory, tree: Tree, now: Instant, handed: HandedCases = NOTHING): RememberedCases {
  const key = memoryKey(tree);
  const before = recalled(memory, key);
  const compared = new Set(JSON.parse(before.get(COMPARED) ?? '[]') as readonly string[]);
  /** What was found out in this run, or where it stands. */
  const kept = new Map<string, string | HandedCases>();
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

  const met = new Map<string, boolean>();
  const areMet = (needs: string): boolean => {
    const now = met.get(needs) ?? (JSON.parse(needs) as Remembered['needs']).every(([need, seal]) => sealOf(need) === seal);
    met.set(needs, now);
    return now;
  };

  return {
    of(folder) {
      const seen = memory.cases.get(folder);
      const given = handed.get(folder);
      if (given !== undefined) {
        const found = asFound(folder, given);
        if (found.stamp === seen) kept.set(folder, handed);
        return found;
      }
      const text = before.get(folder);
      if (!isOf(text, seen, now)) return undefined;
      const known = asFound(folder, text);
      if (!areMet(known.needs)) return undefined;
      kept.set(folder, before);
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
      if (stamp !== undefined && (memory.isShare === true || stamp === memory.cases.get(folder))) kept.set(folder, asText({ ...lasting, stamp, ...found, needs: [...needs].map((need) => [need, sealOf(need)]) }));
    },
    // Whoever examined cases for this run compared no text of no case with them.
    isCompared: (text) => handed.size === 0 && compared.has(text),
    keep(texts) {
      const known = before.size - (before.get(COMPARED) === undefined ? 0 : 1);
      // Nothing new: the file stays as it is.
      if (kept.size === known && [...kept.values()].every((text) => text === before) && texts.length === compared.size && texts.every((text) => compared.has(text))) return;
      const entries = function* (): Generator<readonly [string, string]> {
        yield [COMPARED, JSON.stringify(texts)];
        for (const [folder, text] of kept) yield [folder, typeof text === 'string' ? text : (text.get(folder) ?? '')];
      };
      memory.keep('cases', sealMemory(entries(), key));
    },
  };
}
