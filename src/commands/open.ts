import { legible } from '../documents/legible.ts';
import { partText } from '../documents/part-text.ts';
import { didYouMean } from '../domain/near-word.ts';
import { refusal } from '../domain/problem.ts';
import type { Environment } from '../environment.ts';
import { openSealed } from '../letters/correspondence.ts';
import { openSession, viewCase } from '../session.ts';

export interface OpenOptions {
  readonly case: string;
  readonly name?: string | undefined;
  readonly output?: string;
}

/** vcc open: the plaintext of a sealed part, for the coordinator whose key it was sealed to. A mail is shown as it is read; what a stranger wrote, without its control characters. */
export async function open(env: Environment, options: OpenOptions): Promise<number> {
  const { out } = env;
  const session = openSession(env);
  const { record } = viewCase(session, options.case);
  const { number, sealed } = record;
  if (options.name === undefined) {
    if (out.json) out.envelope('sealed-list', { case: number, sealed });
    else if (sealed.length === 0) out.say(`Nothing is sealed in ${number}.`);
    else out.print(sealed.join('\n'));
    return 0;
  }
  const name = options.name.replace(/^.*\//, '').replace(/\.asc$/, '');
  const content = await openSealed(env, session, record, name);
  if (content === undefined) throw refusal('no-such-part', `${number} has no sealed part ${JSON.stringify(name)}`, sealed.length === 0 ? 'Nothing is sealed in it.' : `${didYouMean(name, sealed)}There are: ${sealed.join(', ')}`);
  if (options.output !== undefined) {
    env.output(options.output, content);
    out.say(`${name} of ${number} is in ${options.output}, in clear: remove it when you are done.`);
    return 0;
  }
  const text = await partText(name, content);
  const clear = name === 'original' ? 'decrypted' : `${name}-decrypted`;
  if (out.json) out.envelope('sealed-part', { case: number, name, octets: content.length, text: text ?? null });
  else out.print(text === undefined ? `binary, ${content.length} octets: vcc open ${number} ${name} --output FILE` : legible(text).trimEnd());
  if (sealed.includes(clear)) out.say(`What was encrypted in it: vcc open ${number} ${clear}`);
  return 0;
}
