import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XMLParser } from 'fast-xml-parser';
import { validateXML } from 'xmllint-wasm';

/** xmllint and the schemas of MyJVN: judges of VULDEF and JVNRSS that we did not write. */

export const jvnFolder = fileURLToPath(new URL('../../../shared/formats/jvn/', import.meta.url));
const schemaFolder = `${jvnFolder}schemas/hnd/`;

/** Where they are not, whoever uses xmlErrors skips. */
export const hasJvn = existsSync(schemaFolder);

const WRAPPER = '_wrapper_all.xsd';

/** What the schemas have against each document, with the name of the document. */
export async function xmlErrors(documents: ReadonlyMap<string, string>): Promise<string[]> {
  const preload = readdirSync(schemaFolder)
    .filter((name) => name.endsWith('.xsd'))
    .map((fileName) => ({ fileName, contents: readFileSync(`${schemaFolder}${fileName}`, 'utf8') }));
  const { errors, valid, rawOutput } = await validateXML({
    xml: [...documents].map(([fileName, contents]) => ({ fileName, contents })),
    schema: preload.filter(({ fileName }) => fileName === WRAPPER),
    preload: preload.filter(({ fileName }) => fileName !== WRAPPER),
    initialMemoryPages: 1024,
    maxMemoryPages: 16384,
  });
  return valid ? [] : errors.length === 0 ? [rawOutput] : errors.map(({ rawMessage }) => rawMessage);
}

/** Every text and attribute of a document as path and value: Related/RelatedItem/Name. Lists make the same path again. */
export function leavesOf(xml: string): string[] {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '@', parseTagValue: false, parseAttributeValue: false, trimValues: false });
  const walk = (value: unknown, path: string): string[] => {
    if (Array.isArray(value)) return value.flatMap((one) => walk(one, path));
    if (typeof value !== 'object' || value === null) return [`${path}: ${String(value)}`];
    return Object.entries(value).flatMap(([name, child]) => (name === '#text' ? (String(child).trim() === '' ? [] : [`${path}: ${String(child)}`]) : walk(child, path === '' ? name : `${path}/${name}`)));
  };
  return walk(parser.parse(xml), '');
}
