// The only import of fast-xml-builder (the builder of fast-xml-parser). It writes whatever characters it is given, among them those
// that no XML document may hold (XML 1.0, 2.2); here each text is made visible before, and such characters are replaced.
import XMLBuilder from 'fast-xml-builder';
import { visibleText } from './public-text.ts';

/**
 * An element: its text, or its attributes (names that begin with @), its text beside attributes (#text) and its children by name, in the
 * order of the document. What is undefined is left out; of a list each member is an element of the name.
 */
export type Element = string | ParentElement;
export interface ParentElement {
  readonly [name: string]: Element | readonly Element[] | undefined;
}

const NO_CHARACTER = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;
const xmlText = (text: string): string => visibleText(text).replace(NO_CHARACTER, '\ufffd');

const BUILDER = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true, indentBy: '  ', suppressEmptyNode: true, suppressBooleanAttributes: false });

function clean(element: Element): unknown {
  if (typeof element === 'string') return xmlText(element);
  const written = Object.entries(element).flatMap(([name, value]): [string, unknown][] => {
    if (value === undefined) return [];
    // Whoever reads an attribute gets its line ends as blanks anyway (XML 1.0, 3.3.3).
    if (name.startsWith('@')) return [[name, xmlText(value as string).replace(/\s+/g, ' ')]];
    return [[name, Array.isArray(value) ? (value as readonly Element[]).map(clean) : clean(value as Element)]];
  });
  return Object.fromEntries(written);
}

/** The document with this root element, in UTF-8; the same bytes for the same content. */
export const xmlDocument = (name: string, root: Element): string => BUILDER.build({ '?xml': { '@version': '1.0', '@encoding': 'UTF-8' }, [name]: clean(root) });
