import { publicId } from '../domain/case.ts';
import type { CaseFile, Report } from '../generated/documents.ts';
import type { ForeignDocument } from './foreign-document.ts';
import { legibleLine } from './legible.ts';
import type { Paint } from './paint.ts';
import { sheet } from './sheet.ts';
import { bothLanguages } from './vendor-sheet.ts';

/** What a report becomes: the facts that everybody with the repository may read, and the names of what is sealed. */
export function intakeSheet(file: CaseFile, report: Report, width: number, colours: Paint): string {
  const { name, email, key, organisation, credit } = report.reporter ?? {};
  const known = (parts: Readonly<Record<string, unknown>>): string[] => Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [part]));
  const reporter = known({ name, address: email, key, organisation, credit });
  const sealed = [
    'what came in, whole',
    ...known({ 'what the document says besides': report.notes, impact: report.impact, discovery: report.discovery, 'proof of concept': report.poc }),
    ...(reporter.length === 0 ? [] : [`the reporter (${reporter.join(', ')})`]),
  ];
  const { weaknesses, cvss, references, source, timeLimits, wishes } = file;
  const further = { weaknesses, scores: cvss, references, source, 'time limits': timeLimits, wishes: Object.keys(wishes ?? {}).length === 0 ? undefined : wishes };
  return sheet(
    [
      ['Case', publicId(file)],
      ['Title', bothLanguages(file.title)],
      ...file.products.map((product) => ['Product', legibleLine(`${product.name} by ${product.vendor}: ${product.versions.join(', ')}`)] as const),
      ['Route', file.route === 'direct' ? 'direct: the reporter wrote to us' : 'partnership: it came through the receiving organisation'],
      ['In clear', ['all of the above', ...known(further)].join(', ')],
      ['Sealed', sealed.join('; ')],
    ],
    width,
    colours,
  );
}

const MOST_TOLD = 12;
const OPEN: ReadonlySet<string> = new Set(['TLP:WHITE', 'TLP:CLEAR']);

/** What a coordinator has to know of a document that became a case; above all what of it did not. */
export function documentLines({ name, terms, warnings, leftOut, report, credited }: ForeignDocument): string[] {
  const told = leftOut.slice(0, MOST_TOLD).map(({ what, count, where }) => legibleLine(count === 1 ? what : `${what} (${count}, the first at ${where})`));
  const rest = leftOut.slice(MOST_TOLD).reduce((sum, { count }) => sum + count, 0);
  return [
    ...warnings.map((warning) => legibleLine(`${name}: ${warning}`)),
    ...(terms === undefined || OPEN.has(terms) ? [] : [`the document came under ${terms}: that binds whoever reads it, so look whom you may tell`]),
    ...(report.reporter === undefined ? [] : ['who published the document found the flaw, so it counts as the reporter; another one: --reporter-name and --reporter-email']),
    ...(credited.length === 0 ? [] : [`whom the document thanks (${credited.length}) is sealed with the report: nobody of them was asked, and nobody counts as the reporter. Who reports: --reporter-name and --reporter-email`]),
    ...(told.length === 0 ? [] : [`of the document only the sealed original has: ${told.join('; ')}${rest > 0 ? `; and ${rest} more places (--json names all of them)` : ''}`]),
  ];
}
