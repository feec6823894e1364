// Run inside a Git hook by index-tree.test.ts: prints what is staged as JSON.
import { stagedTree } from '../../src/io/index-tree.ts';

const [file = ''] = process.argv.slice(2);
const { tree, changed } = await stagedTree(process.cwd());
process.stdout.write(JSON.stringify({ changed, text: Buffer.from(tree.read(file) ?? []).toString('utf8') }));
