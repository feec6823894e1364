import { describe, expect, it } from 'vitest';
import { readAdvisory, gapsIn } from '../../src/documents/advisory.ts';
import { readCanonical } from '../../src/documents/canonical-yaml.ts';
import { bareBody } from '../../src/documents/front-matter.ts';
import { htmlText } from '../../src/documents/html-text.ts';
import { legible, storable } from '../../src/documents/legible.ts';
import { withoutRawHtml } from '../../src/documents/markdown-html.ts';
import { readArmor } from '../../src/documents/openpgp-packets.ts';
import { escapeMarkdown, quoteMarkdown, withoutComments } from '../../src/documents/public-text.ts';
import { readForm } from '../../src/documents/report-form.ts';
import { attackDetails } from '../../src/domain/attack-detail.ts';
import { identityIn } from '../../src/domain/identity.ts';
import { openpgpBlocks, withoutOpenpgpBlocks } from '../../src/domain/openpgp-block.ts';
import { lintRepository } from '../../src/rules/lint-repository.ts';
import { smallRepository, treeOf } from '../support/case-tree.ts';
import { NOW } from '../rules/right-repository.ts';

const LENGTH = 200_000;
const REPORTER = { name: 'Yamada Hanako', email: 'yamada.h@finder.example', handle: 'h4nako', organisation: 'Quiet (Japan) Ltd.' };
const FOLDER = 'cases/2014/61247051';
const header = '---\ncase: "61247051"\nlanguage: en\ntitle: A title\n---\n\n';

/** What reads the text of strangers, whole. */
const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  readAdvisory(text) {
    const read = readAdvisory('a.md', header + text);
    if (!read.ok) throw new Error(JSON.stringify(read.findings));
    return gapsIn(read.advisory);
  },
  attackDetails,
  withoutComments,
  escapeMarkdown,
  quoteMarkdown,
  withoutRawHtml,
  identityIn: (text) => identityIn(text, REPORTER),
  openpgpBlocks,
  withoutOpenpgpBlocks,
  readForm,
  htmlText,
  legible,
  storable,
  bareBody,
  readArmor,
  readCanonical: (text) => readCanonical(`a: |-\n${text.split('\n').map((line) => (line.trim() === '' ? '' : `  ${line}`)).join('\n')}\n`),
  lint: (text) => lintRepository(treeOf({ ...smallRepository(), [`${FOLDER}/advisory.en.md`]: header + text }), { now: NOW }),
};

/** What each pattern of ours repeats: begun over and over, and never ended. */
const PUMPS = [
  ' ', '\t', '\n', ' \n', 'a', 'a ', '-', '- ', '#', '# ', ' #', '<', '>', '`', '~', '*', '&', '&#', '&#6', '%', '%2', '%20', '\\', '\\u', '=', '"', "' ", '.', '..', '../', '@', 'a@', 'a@a.', 'a@a.a ', 'a.', ';', '; ', ':', 'お', 'カ', '　',
  '## ', '## a ', '## #', '<!--', '<!-- ', '<!-- GAP:', '-->', '<!-', '<!-<!---->', '<script', '<script ', '<script>', '<svg on', 'on ', 'onx ', 'onon', 'onx=', '<svg onx', 'alert', '<img>alert ', 'javascript:', 'javascript:a', 'javascript: ', 'http://', 'http://a-poc', 'http://a/', '(http://',
  "' or 1", "' OR 11 ", 'union ', 'UNION ALL ', ';drop ', '\\x90', '%u9090', '%2e%2e', 'GET ', 'GET /a ', 'from pwn ', '#include ', '#!', '\n#!', '\n#include \n', 'curl -', 'steps to ', 're', 'yamada ', 'hanako yamada', 'y*', 'yamada', 'ya\u00adma', 'yamada.', 'h finder', 'yamada at ', 'quiet ',
  '-----', '-----BEGIN', '-----BEGIN PGP ', '-----BEGIN PGP A', '-----BEGIN PGP SIGNATURE-----', '-----BEGIN PGP SIGNED MESSAGE-----\n', '-----BEGIN PGP MESSAGE-----\n', '-----END PGP A-----', '-----BEGIN PGP A-----\n-----END PGP A-----\n', '\nHash: a', 'Impact: a\n', 'Impact:\n\n', '\nName: a\n\n', '\n\nThank you ', 'Product:', '[(「', 'a:', ']', '](', '](a', '[a](', '<a', '<a>', '</a>', '<head>', '<br>', '<p>', 'mailto:', '|', 'CVE-2014-', 'CWE-1', '"a" ',
];

/** Milliseconds of the processor: a busy machine counts for nothing. */
const timed = (work: () => unknown): number => {
  const begun = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(begun);
  return (user + system) / 1000;
};

describe('a long text of a stranger takes time by its length, not by its square', () => {
  it.each(Object.keys(READERS))('%s', { timeout: 300_000 }, (name) => {
    const reader = READERS[name] ?? (() => undefined);
    const slow = PUMPS.filter((pump) => {
      const text = (length: number): string => `x${pump.repeat(Math.ceil(length / pump.length))}\u0001`.replace('\u0001', name === 'readCanonical' ? 'x' : '');
      const short = text(LENGTH / 8);
      const long = text(LENGTH);
      // By eight times its length a line takes eight times as long, a square 64 times. What is fast anyway is not measured: noise would decide.
      const whole = timed(() => reader(long));
      if (whole < 500) return false;
      const part = Math.min(timed(() => reader(short)), timed(() => reader(short)));
      return Math.min(whole, timed(() => reader(long))) > 30 * part;
    });
    expect(slow).toEqual([]);
  });
});
