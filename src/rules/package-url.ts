import { editFrontMatter, readFrontMatter } from '../documents/front-matter.ts';
import { canonicalPurl, fitsScheme, readPurl, schemesOf } from '../domain/package-url.ts';
import type { CaseFile } from '../generated/documents.ts';
import type { LintedFile, Rule } from './rule.ts';

export const packageUrl: Rule = {
  id: 'package-url',
  severity: 'error',
  summary: 'The purl of a product in case.md is a package URL in its canonical form, and its type fits the scheme of the ranges.',
  why: 'Scanners find the package of a CVE record, CSAF or OSV document by its package URL, letter by letter, and order its versions as its type does: with a wrong one nobody who uses the package is told.',
  fix: 'Write it as pkg:TYPE/NAME or pkg:TYPE/NAMESPACE/NAME, without a version (@ within a name is %40); or correct the scheme of the ranges.',
  mend: { does: 'writes the canonical form of a purl that names the same package', mended: withCanonicalPurls },
  *checkCase({ record }) {
    for (const [product, { purl, ranges }] of record.file.products.entries()) {
      if (purl === undefined) continue;
      const at = (...path: readonly (string | number)[]): { file: string; line: number; column: number } => ({ file: `${record.folder}/case.md`, ...record.where('products', product, ...path) });
      const named = readPurl(purl);
      if (typeof named === 'string') yield { ...at('purl'), message: named };
      else {
        for (const [index, { scheme }] of (ranges ?? []).entries()) {
          if (!fitsScheme(named, scheme)) yield { ...at('ranges', index, 'scheme'), message: `versions of ${purl} are not in the order of the scheme ${scheme}; ${schemesOf(named)} fits` };
        }
      }
    }
  },
};

function withCanonicalPurls(file: LintedFile): Uint8Array | undefined {
  const text = new TextDecoder().decode(file.bytes());
  const read = readFrontMatter(file.path, text);
  if (!read.ok) return undefined;
  // The rule has found something in it, so it has the shape of a case.
  const edits = (read.value as CaseFile).products.flatMap(({ purl }, index) => {
    const canonical = purl === undefined ? undefined : canonicalPurl(purl);
    return canonical === undefined || canonical === purl ? [] : [{ path: ['products', index, 'purl'], value: canonical }];
  });
  return new TextEncoder().encode(editFrontMatter(text, edits));
}
