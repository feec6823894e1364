import { placeAt } from '../documents/source-text.ts';
import type { Rule } from './rule.ts';

// From the @ on, for it is rare; without the limit, one long line of a stranger's report would take minutes.
const ADDRESS = /(?<=([^\s@<>"'()[\],;:]{1,64}))@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)/g;

/** Addresses told in one case; a pasted list has thousands. */
const MOST = 50;

export const identityInClear: Rule = {
  id: 'identity-in-clear',
  severity: 'warning',
  summary: "Only addresses of the team, of vendors and of partners stand in a case's readable files.",
  why: 'A reporter may stay anonymous towards vendors and the public, and chooses each by itself (guideline IV.2). Who reported stands only in sealed/reporter.asc; an address in a log entry tells it to everyone with a clone, for good.',
  fix: 'If it could tell who reported, write "the reporter" instead and keep the address in sealed/.',
  *checkCase({ files, record }, { tree, repository, touched }) {
    const readable = files.filter(({ path, kind }) => kind !== 'symlink' && kind !== 'submodule' && path.endsWith('.md') && !path.startsWith(`${record.folder}/sealed/`) && touched(path));
    const found = readable.flatMap(({ path }) => {
      const text = new TextDecoder().decode(tree.read(path));
      return [...text.matchAll(ADDRESS)].map(({ index, 1: local = '', 2: domain = '' }) => ({ path, text, index: index - local.length, domain: domain.toLowerCase() }));
    });
    if (found.length === 0) return;
    const own = [repository.configuration.organisation.email, ...repository.configuration.team.map(({ email }) => email)].map(domainOf);
    const unknown = found.filter(({ domain }) => !own.includes(domain));
    if (unknown.length === 0) return;
    // Reading the whole registry is left for the case that there is an address to look up.
    const contacts = [...repository.vendors().values()].flatMap(({ vendor }) => vendor.contacts).concat([...repository.partners().values()].flatMap(({ partner }) => partner.contacts));
    const registered = new Set(contacts.map(({ email }) => domainOf(email)));
    const strangers = unknown.filter(({ domain }) => !registered.has(domain));
    for (const [place, { path, text, index }] of strangers.slice(0, MOST + 1).entries()) {
      const address = 'an e-mail address that belongs neither to the team nor to anybody in the registry';
      yield { file: path, ...placeAt(text, index), message: place < MOST ? address : `${address}, and ${strangers.length - MOST - 1} more in this case` };
    }
  },
};

const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1).toLowerCase();
