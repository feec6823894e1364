/** What a page tells of a rule. */
export interface DescribedRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  /** What vcc lint --fix does about it. */
  readonly mend?: { readonly does: string };
  /** Whether vcc.yaml may lower or suppress it. */
  readonly soft: boolean;
  readonly byClock?: true;
}

/** What it stops, as it comes and where vcc.yaml makes it an error. */
export const stoppedBy = ({ severity, byClock }: Pick<DescribedRule, 'severity' | 'byClock'>): string =>
  severity === 'error' ? 'error: stops a commit' : `warning, at most: it stops nothing. Set to error in vcc.yaml, it ${byClock === true ? 'fails vcc lint, and still stops no command, commit or push' : 'stops a commit'}.`;
/** A placeholder such as <id> would be taken for HTML, and nobody would see it. */
const prose = (text: string): string => text.replaceAll('<', '\\<');
const cell = (text: string): string => prose(text).replaceAll('|', '\\|');

/** What a person types to have it mended; nothing where that takes a person. */
export const mendedBy = ({ mend }: Pick<DescribedRule, 'mend'>): string | undefined => mend && `vcc lint --fix ${mend.does}`;

/** docs/rules/<id>.md */
export const rulePage = (rule: DescribedRule): string => {
  const { id, severity, summary, why, fix, soft } = rule;
  const mended = mendedBy(rule);
  const softer = soft
    ? `It can be set to another severity, or left out for a while, in \`vcc.yaml\`:

\`\`\`yaml
lint:
  severities:
    ${id}: ${severity === 'error' ? 'warning' : 'error'}
  suppressions:
    - rule: ${id}
      path: cases/2026/12345678
      reason: Why it is accepted, and by whom.
      until: "2026-12-31"
\`\`\``
    : 'It holds everywhere: `vcc.yaml` can neither lower nor suppress it.';
  return `# ${id}

${prose(summary)}

- Severity: ${stoppedBy(rule)}
- Why: ${prose(why)}
- Mend it: ${prose(fix)}${mended === undefined ? '' : `
- By itself: \`${mended.replace('--fix ', '--fix\` ')}.`}

${softer}
`;
};

/** docs/rules/README.md */
export const rulesIndex = (rules: readonly DescribedRule[]): string => `# Rules of vcc lint

Each line is a rule; \`vcc explain rule NAME\` tells the same in a terminal. What is marked \`always\` cannot be softened in \`vcc.yaml\`,
and \`vcc lint --fix\` mends what is marked \`fix\`.
\`npm run generate:docs\` writes these pages from \`src/rules/\`, and the examples from the fixtures of their tests.

| rule | severity | | | what holds |
|---|---|---|---|---|
${rules.map(({ id, severity, summary, soft, mend }) => `| [${id}](${id}.md) | ${severity} | ${soft ? '' : 'always'} | ${mend === undefined ? '' : 'fix'} | ${cell(summary)} |`).join('\n')}
`;
