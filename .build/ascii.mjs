// Node reads ASCII ten times as fast as UTF-8, and esbuild leaves other characters in regular expressions and tagged templates.
import ts from 'typescript';

/** A regular expression reads the escape as the character; a backslash before the character itself meant no more than the character. */
const inExpression = (text) => text.replaceAll(/\\([^])|[^\x00-\x7f]/g, (all, quoted = all) => (quoted > '\x7f' ? escaped(quoted) : all));
const inTemplate = (text) => text.replaceAll(/[^\x00-\x7f]/g, escaped);
const escaped = (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** The same program in ASCII. String.raw is taken for the source of a regular expression. Throws where another character is left. */
export function inAscii(code) {
  const file = ts.createSourceFile('vcc.js', code, ts.ScriptTarget.ESNext, false, ts.ScriptKind.JS);
  const parts = [];
  let from = 0;
  const replace = (node, change) => {
    const start = node.getStart(file);
    parts.push(code.slice(from, start), change(code.slice(start, node.end)));
    from = node.end;
  };
  const visit = (node) => {
    if (ts.isRegularExpressionLiteral(node)) replace(node, inExpression);
    else if (ts.isTaggedTemplateExpression(node)) {
      const change = node.tag.getText(file) === 'String.raw' ? inExpression : inTemplate;
      const { template } = node;
      if (ts.isNoSubstitutionTemplateLiteral(template)) replace(template, change);
      else {
        replace(template.head, change);
        for (const { expression, literal } of template.templateSpans) {
          visit(expression);
          replace(literal, change);
        }
      }
    } else ts.forEachChild(node, visit);
  };
  visit(file);
  const ascii = [...parts, code.slice(from)].join('');
  const left = /.{0,40}[^\x00-\x7f].{0,20}/.exec(ascii);
  if (left) throw new Error(`not ASCII, so bin/load.js would read it wrong: ${left[0]}`);
  return ascii;
}
