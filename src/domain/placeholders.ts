import { usage } from './problem.ts';

/** The words that hints and helps put where the person's own go. */
const PLACEHOLDERS: ReadonlySet<string> = new Set(['TEXT', 'REASON', 'SLUG', 'WHEN', 'NAME', 'ADDRESS', 'FILE', 'CASE', 'NOTE', 'VENDOR', 'KIND', 'URL', 'DATE']);

/** Refuses a value that is only the placeholder of a hint, pasted as it stood: log entries and letters are for ever. */
export function refusePlaceholder(flag: string, value: unknown): void {
  for (const each of Array.isArray(value) ? (value as readonly unknown[]) : [value]) {
    if (typeof each === 'string' && PLACEHOLDERS.has(each.trim())) throw usage(`${flag}: ${each.trim()} stands for what you have to say yourself`, `Type your own in its place, in quotes where it has blanks: ${flag} "..."`);
  }
}
