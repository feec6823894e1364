import type { CaseChange } from '../domain/case-difference.ts';
import { isError } from '../domain/finding.ts';
import { formatInstant } from '../domain/instant.ts';
import { dueAsData } from './due-text.ts';
import { entryFact } from './entry-text.ts';
import type { Review, ReviewedCase } from './review-outline.ts';

/** A change with its moments and entries as an envelope has them. */
function changeAsData(change: CaseChange, zone: string): object {
  const moment = (name: 'from' | 'to'): object => {
    const value: unknown = name in change ? change[name as keyof CaseChange] : undefined;
    return typeof value === 'number' ? { [name]: formatInstant(value, zone) } : {};
  };
  return {
    ...change,
    ...moment('from'),
    ...moment('to'),
    ...('due' in change ? { due: dueAsData(change.due, zone) } : {}),
    ...('by' in change ? { by: change.by.name } : {}),
    ...('approvals' in change ? { approvals: change.approvals.map(({ name, entry }) => ({ entry: name, by: entry.by })) } : {}),
  };
}

function caseAsData({ publicId, difference, added, readable }: ReviewedCase, zone: string): object {
  const { number, folder, status, rewritten, deleted, changes } = difference;
  return {
    case: number,
    publicId,
    path: folder,
    readable,
    ...status,
    entries: added.map(({ logged, commit, doubt }) => ({
      name: logged.name,
      at: formatInstant(logged.at, zone),
      by: logged.entry.by,
      event: logged.entry.event,
      // Without what a person wrote: it may give what is sealed.
      sentence: entryFact(logged.entry, zone),
      ...(commit === undefined ? {} : { commit: commit.commit }),
      ...(doubt === undefined ? {} : { doubt }),
    })),
    rewritten: rewritten.map(({ name }) => name),
    deleted: deleted.map(({ name }) => name),
    changes: changes.map((change) => changeAsData(change, zone)),
  };
}

/** A review in a JSON envelope; nothing is left out but what people wrote. */
export function reviewAsData({ range: { base, head }, commits, files, cases, findings, notes, zone }: Review): object {
  const errors = findings.filter(isError).length;
  return {
    base,
    head,
    commits: commits.map(({ commit, author, email, committer, committerEmail, at, signature }) => ({ commit, author: `${author} <${email}>`, committer: `${committer} <${committerEmail}>`, at: formatInstant(at, zone), signature: signature.state })),
    files,
    cases: cases.map((reviewed) => caseAsData(reviewed, zone)),
    findings,
    errors,
    warnings: findings.length - errors,
    notes,
  };
}
