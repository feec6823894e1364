import type { GitFacts } from '../environment.ts';
import { gitOutput } from './git-process.ts';

/** The tag objects from this one on: Git lets a tag point to a tag, and a push brings all of them. See GitFacts.tags. */
export async function tagsAt(root: string, id: string): Promise<Awaited<ReturnType<GitFacts['tags']>>> {
  const [type] = (await gitOutput(root, ['cat-file', '-t', '--end-of-options', id])).split('\n');
  if (type !== 'tag') return [];
  const content = await gitOutput(root, ['cat-file', 'tag', '--end-of-options', id]);
  const end = content.indexOf('\n\n');
  const header = new Map(content.slice(0, end).split('\n').map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const));
  const tagger = header.get('tagger')?.replace(/ \d+ [+-]\d{4}$/, '');
  return [{ tag: id, name: header.get('tag') ?? '', people: tagger === undefined ? [] : [tagger], message: content.slice(end + 2) }, ...(await tagsAt(root, header.get('object') ?? ''))];
}
