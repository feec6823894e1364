import { addDays } from 'date-fns/addDays';
import { editYaml, readYaml } from '../documents/yaml-text.ts';
import { localDate, type Instant } from '../domain/instant.ts';
import { didYouMean } from '../domain/near-word.ts';
import type { Configuration } from '../generated/documents.ts';
import type { LintedFile, Rule } from './rule.ts';
import { mayBeSoftened } from './settings.ts';

/** Days. What is accepted for longer is a change of the rules, and is said in policy.yaml or to the makers of vcc. */
const LONGEST = 366;

export const lintSettings: Rule = {
  id: 'lint-settings',
  severity: 'error',
  judgesSettings: true,
  summary: 'lint in vcc.yaml names rules that exist and may be softened, and no suppression has ended or is about nothing.',
  why: 'A misspelt rule changes nothing and looks as if it did. Rules that keep secrets, prove the log or make files readable hold everywhere, and what is accepted for a while has to be looked at again.',
  fix: 'Correct or delete the line in vcc.yaml; vcc explain rule NAME says what a rule is for.',
  mend: { does: 'takes out the suppressions that have ended', mended: withoutEnded },
  *check({ tree, repository, rules, touched, everything, now }) {
    const { lint } = repository.configuration;
    if (lint === undefined || !(everything || touched('vcc.yaml'))) return;
    const read = readYaml('vcc.yaml', tree.read('vcc.yaml') ?? '');
    if (!read.ok) return;
    const today = localDate(now, repository.zone);
    const last = localDate(addDays(now, LONGEST).getTime(), repository.zone);
    const named = [
      ...Object.entries(lint.severities ?? {}).map(([rule, severity]) => ({ rule, softens: severity === 'warning', place: read.where('lint', 'severities', rule) })),
      ...(lint.suppressions ?? []).map(({ rule }, index) => ({ rule, softens: true, place: read.where('lint', 'suppressions', index, 'rule') })),
    ];
    for (const { rule: id, softens, place } of named) {
      const rule = rules.find((one) => one.id === id);
      if (!rule) yield { file: 'vcc.yaml', ...place, message: `there is no rule ${id}`, fix: `${didYouMean(id, rules.map((one) => one.id))}vcc explain rule lists them.` };
      else if (softens && !mayBeSoftened(rule)) yield { file: 'vcc.yaml', ...place, message: `${id} holds everywhere and cannot be softened` };
    }
    for (const [index, { until, path }] of (lint.suppressions ?? []).entries()) {
      if (tree.files(path.replace(/\/+$/, '')).length === 0) yield { file: 'vcc.yaml', ...read.where('lint', 'suppressions', index, 'path'), severity: 'warning', message: 'nothing lies at this path, so nothing is left out', fix: 'Correct the path, from the root of the repository, or take the suppression out.' };
      const place = { file: 'vcc.yaml', ...read.where('lint', 'suppressions', index, 'until') };
      if (until < today) yield { ...place, severity: 'warning', message: `this suppression ended on ${until} and counts no longer` };
      else if (until > last) yield { ...place, message: 'a suppression lasts a year at most' };
    }
  },
};

function withoutEnded(file: LintedFile, now: Instant): Uint8Array | undefined {
  const text = new TextDecoder().decode(file.bytes());
  const read = readYaml(file.path, text);
  if (!read.ok) return undefined;
  // The rule has found something in it, so it has the shape of a configuration.
  const { lint, timezone } = read.value as Configuration;
  const today = localDate(now, timezone);
  const ended = (lint?.suppressions ?? []).flatMap(({ until }, index) => (until < today ? [{ path: ['lint', 'suppressions', index], value: undefined }] : []));
  // From the last one on: what is taken out moves those behind it.
  return new TextEncoder().encode(editYaml(text, ended.reverse()));
}
