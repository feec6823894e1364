import { parseArgs } from 'node:util';

/** What was typed behind npm run NAME --; ends with the usage where it was asked for, or where something is wrong with it. counts: options that take whole numbers, with commas between them. */
export function argumentsOf(usage, options, counts) {
  try {
    const { values } = parseArgs({ options: { ...options, help: { type: 'boolean', default: false } } });
    if (values.help) {
      console.log(usage);
      process.exit(0);
    }
    const wrong = counts.find((name) => !/^[1-9][0-9]{0,6}(?:,[1-9][0-9]{0,6})*$/.test(values[name]));
    if (wrong !== undefined) throw new Error(`--${wrong} takes a number, and ${JSON.stringify(values[wrong])} is none`);
    return { values };
  } catch (problem) {
    console.error(`${problem.message}\n${usage}`);
    process.exit(2);
  }
}
