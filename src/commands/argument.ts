import { vendorName } from '../documents/vendor-sheet.ts';
import { isOpen } from '../domain/case-state.ts';
import { refusal } from '../domain/problem.ts';
import { viewAllCases } from '../case-views.ts';
import type { Environment } from '../environment.ts';
import { openSession } from '../session.ts';
import { answer, schemaField, usableKeyFile } from '../questions/answer.ts';

/** A needed argument that was left out, from the person at the terminal. */
export async function askArgument(env: Environment, kind: 'case' | 'vendor' | 'new-vendor' | 'key-file' | 'mail'): Promise<string> {
  const session = openSession(env);
  switch (kind) {
    case 'case': {
      const open = viewAllCases(session).views.filter(({ state }) => isOpen(state.status));
      if (open.length === 0) throw refusal('no-open-case', 'There is no open case to choose from', 'vcc list --all shows the ended ones; vcc intake makes a new one.');
      return env.ask.select({
        flag: 'CASE',
        message: 'Which case?',
        choices: open.map(({ record: { number, file }, state }) => ({ value: number, name: `${number}  ${file.title.en ?? file.title.ja ?? ''} (${state.status})` })),
      });
    }
    case 'vendor': {
      const vendors = [...session.repository.vendors().values()];
      if (vendors.length === 0) throw refusal('no-vendors', 'The registry has no vendor yet', 'vcc vendor add makes one');
      return env.ask.select({ flag: 'SLUG', message: 'Which vendor?', choices: vendors.map((vendor) => ({ value: vendor.slug, name: `${vendor.slug}  ${vendorName(vendor.vendor)}` })) });
    }
    case 'new-vendor':
      return answer(env, { flag: 'SLUG', message: 'Short name of the vendor, like acme-soft' }, schemaField('log-entry', ['vendor'], 'SLUG', { event: 'note' }));
    case 'key-file':
      return answer(env, { flag: 'FILE', message: 'File with the OpenPGP public key' }, usableKeyFile(env));
    case 'mail':
      return answer(env, { flag: 'MAIL', message: 'File of the mail, as .eml' }, (typed) => typed);
  }
}
