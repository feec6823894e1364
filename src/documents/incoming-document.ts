import type { Incoming } from './incoming-report.ts';
import { readForeign, type ForeignFormat, type ReadingContext } from './foreign-document.ts';
import { factsOfCsaf } from './from-csaf.ts';
import { factsOfCve } from './from-cve.ts';
import { factsOfOsv } from './from-osv.ts';

const READERS: Readonly<Record<ForeignFormat, ReadingContext['reader']>> = { csaf: factsOfCsaf, osv: factsOfOsv, cve: factsOfCve };

/** A document of others as it came in, with as much of a report as it says. now and zone tell which of its days are still to come. */
export function readDocument(input: { readonly name: string; readonly bytes: Uint8Array }, format: ForeignFormat, { now, zone }: Pick<ReadingContext, 'now' | 'zone'>): Incoming {
  const { name, bytes } = input;
  const document = readForeign(name, bytes, { format, now, zone, reader: READERS[format] });
  const [first] = document.products;
  return { name, bytes, channel: 'import', report: document.report, document, ...(first === undefined ? {} : { product: first }) };
}
