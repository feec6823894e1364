import { byNumber, CVE_ID, type ReservedId } from '../domain/cve-ledger.ts';
import { usage } from '../domain/problem.ts';
import { legibleLine } from './legible.ts';

const STATES: readonly string[] = ['RESERVED', 'PUBLISHED', 'REJECTED'] satisfies readonly ReservedId['state'][];

const fieldsOf = (value: unknown): Readonly<Record<string, unknown>> => (typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {});
const given = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** One id as CVE Services describes it (schemas/cve-id of its API); undefined where it is none. */
export function readServiceId(value: unknown): ReservedId | undefined {
  const { cve_id: cve, state, owning_cna: owner, reserved, requested_by: requester } = fieldsOf(value);
  if (typeof cve !== 'string' || !CVE_ID.test(cve) || typeof state !== 'string' || !STATES.includes(state)) return undefined;
  const at = Date.parse(given(reserved) ?? '');
  const by = given(fieldsOf(requester)['user']);
  return {
    cve,
    state: state as ReservedId['state'],
    ...(given(owner) === undefined ? {} : { owner: given(owner) ?? '' }),
    ...(Number.isNaN(at) ? {} : { at }),
    ...(by === undefined ? {} : { by: legibleLine(by).slice(0, 200) }),
  };
}

/** The ids of an answer of CVE Services: a list under cve_ids, a list, or one. Undefined where something in it is no id. */
export function readServiceIds(value: unknown): ReservedId[] | undefined {
  const list = fieldsOf(value)['cve_ids'] ?? value;
  const ids = (Array.isArray(list) ? list : [list]).map(readServiceId);
  return ids.includes(undefined) ? undefined : ids.flatMap((id) => id ?? []);
}

/** The ids of a file: what CVE Services answered, or a plain list with a comment behind #. Refuses what is neither, with the line. In the order of their numbers, each once. */
export function readReservedIds(name: string, text: string): ReservedId[] {
  const ids = /^\s*[[{]/.test(text) ? fromJson(name, text) : fromList(name, text);
  if (ids.length === 0) throw usage(`${legibleLine(name)} names no CVE id`, 'Give what CVE Services answered (JSON), or one id a line.');
  return [...new Map(ids.map((id) => [id.cve, id])).values()].sort((a, b) => byNumber(a.cve, b.cve));
}

function fromJson(name: string, text: string): ReservedId[] {
  const wrong = (what: string) => usage(`${legibleLine(name)} ${what}`, 'Give what CVE Services answered to POST or GET /cve-id as it is, or one id a line.');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (problem) {
    if (!(problem instanceof SyntaxError)) throw problem;
    throw wrong(`is no JSON: ${legibleLine(problem.message)}`);
  }
  const ids = readServiceIds(value);
  if (ids === undefined) throw wrong('has something among its ids that is none as CVE Services describes them (cve_id, state)');
  return ids;
}

function fromList(name: string, text: string): ReservedId[] {
  return text.split('\n').flatMap((line, index) =>
    line
      .replace(/#.*$/, '')
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map((word): ReservedId => {
        const cve = word.toUpperCase();
        if (!CVE_ID.test(cve)) throw usage(`${legibleLine(name)}:${index + 1}: ${JSON.stringify(word)} is no CVE id`, 'Write one id a line, like CVE-2026-10001.');
        return { cve, state: 'RESERVED' };
      }),
  );
}
