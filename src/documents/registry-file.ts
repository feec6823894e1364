import type { Where } from '../domain/case.ts';
import type { Finding } from '../domain/finding.ts';
import type { FileWrite } from '../domain/plan.ts';
import type { Tree } from '../domain/tree.ts';
import type { Bilingual, Contact, Partner, Vendor } from '../generated/documents.ts';
import { readShaped } from './shaped-yaml.ts';
import { editYaml, writeYaml, type YamlEdit } from './yaml-text.ts';

/** The two registries, each a folder with a file for everybody in it. */
export interface Registered {
  readonly vendor: Vendor;
  readonly partner: Partner;
}
export type Register = keyof Registered;

const FOLDERS: Readonly<Record<Register, string>> = { vendor: 'vendors', partner: 'partners' };

/** What a command changes on somebody known; what is undefined stays. */
export type RegistryChange<R extends Register> = Partial<Omit<Registered[R], 'schemaVersion' | 'contacts'>>;
/** A contact is known by its address. */
export type ContactChange = Pick<Contact, 'email'> & Partial<Contact>;

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
export const isRegistrySlug = (slug: string): boolean => SLUG.test(slug);

export const registryPath = (register: Register, slug: string): string => `${FOLDERS[register]}/${slug}.yaml`;

export const newRegistryFile = <R extends Register>(register: R, slug: string, file: Registered[R]): FileWrite => ({ path: registryPath(register, slug), text: writeYaml(file, register, FOLDERS[register]) });

const sameAddress = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

type WithContacts = Pick<Vendor, 'contacts'>;

export const contactAt = ({ contacts }: WithContacts, email: string): number => contacts.findIndex((contact) => sameAddress(contact.email, email));

/** The edits that make a contact known, or bring a known one up to date. */
export function contactEdits(known: WithContacts, change: ContactChange): YamlEdit[] {
  const place = contactAt(known, change.email);
  if (place === -1) return [{ path: ['contacts', known.contacts.length], value: change }];
  return Object.entries(change)
    .filter(([field, value]) => field !== 'email' && !same(value, known.contacts[place]?.[field as keyof Contact]))
    .map(([field, value]) => ({ path: ['contacts', place, field], value }));
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The edits that carry out a change; names change by language, and lists such as keywords add up. */
export function registryEdits<R extends Register>(known: Registered[R], change: RegistryChange<R>): YamlEdit[] {
  const { name, ...fields } = change as { readonly name?: Bilingual } & Readonly<Record<string, unknown>>;
  const named = (['en', 'ja'] as const).flatMap((language) => (name?.[language] === undefined || name[language] === known.name[language] ? [] : [{ path: ['name', language], value: name[language] }]));
  const others = Object.entries<unknown>(fields).flatMap(([field, value]): YamlEdit[] => {
    const now = (known as unknown as Readonly<Record<string, unknown>>)[field];
    if (!isList(value)) return same(value, now) ? [] : [{ path: [field], value }];
    const before = isList(now) ? now : [];
    const added = value.filter((each) => !before.includes(each));
    return added.length === 0 ? [] : [{ path: [field], value: [...before, ...added] }];
  });
  return [...named, ...others];
}

/** The file after the edits, with its comments. */
export const editedRegistryFile = (register: Register, slug: string, text: string, edits: readonly YamlEdit[]): FileWrite => ({ path: registryPath(register, slug), text: editYaml(text, edits) });

/** Somebody of a registry: the file under the name of the registry, record.vendor or record.partner. */
export type RegistryRecord<R extends Register> = { readonly slug: string; readonly path: string; readonly where: Where } & { readonly [K in R]: Registered[K] };

/** One registry of a tree, each file read when it is first asked for. */
interface RegistryReader<R extends Register> {
  readonly one: (slug: string) => RegistryRecord<R> | undefined;
  readonly all: () => ReadonlyMap<string, RegistryRecord<R>>;
  /** What is wrong with its files; those are left out of all(). */
  readonly findings: () => readonly Finding[];
}

type Read<R extends Register> = { readonly ok: true; readonly record: RegistryRecord<R> } | { readonly ok: false; readonly findings: readonly Finding[] };

export function readRegistry<R extends Register>(tree: Tree, register: R): RegistryReader<R> {
  const files = new Map<string, Read<R> | undefined>();
  const read = (slug: string): Read<R> | undefined => {
    if (!files.has(slug)) {
      const path = registryPath(register, slug);
      const bytes = isRegistrySlug(slug) ? tree.read(path) : undefined;
      files.set(slug, bytes && readRecord(register, slug, path, bytes));
    }
    return files.get(slug);
  };
  const one = (slug: string): RegistryRecord<R> | undefined => {
    const found = read(slug);
    return found?.ok ? found.record : undefined;
  };
  const folder = FOLDERS[register];
  let slugs: readonly string[] | undefined;
  const known = (): readonly string[] => (slugs ??= tree.files(folder).flatMap(({ path }) => (path.endsWith('.yaml') ? path.slice(folder.length + 1, -'.yaml'.length) : [])).filter(isRegistrySlug));
  let records: ReadonlyMap<string, RegistryRecord<R>> | undefined;
  return {
    one,
    all: () => (records ??= new Map(known().flatMap((slug) => one(slug) ?? []).map((record) => [record.slug, record]))),
    findings: () =>
      known().flatMap((slug) => {
        const found = read(slug);
        return found && !found.ok ? found.findings : [];
      }),
  };
}

function readRecord<R extends Register>(register: R, slug: string, path: string, bytes: Uint8Array): Read<R> {
  const read = readShaped<Registered[R]>(register, path, bytes);
  if (!read.ok) return read;
  return { ok: true, record: { slug, path, where: read.where, [register]: read.value } as unknown as RegistryRecord<R> };
}
