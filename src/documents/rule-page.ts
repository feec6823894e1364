/** What a page tells of a rule. */
export interface DescribedRule {
  readonly id: string;
  readonly severity: 'error' | 'warning';
  readonly summary: string;
  readonly why: string;
  readonly fix: string;
  /** Whether vcc.yaml may lower or suppress it. */
  readonly soft: boolean;
}

const STOPS = { error: 'error: stops a commit', warning: 'warning, at most' } as const;
const cell = (text: string): string => text.replaceAll('|', '\\|');

/** docs/rules/<id>.md */
export const rulePage = ({ id, severity, summary, why, fix, soft }: DescribedRule): string => {
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

${summary}

- Severity: ${STOPS[severity]}
- Why: ${why}
- Mend it: ${fix}

${softer}
`;
};

/** docs/rules/README.md */
export const rulesIndex = (rules: readonly DescribedRule[]): string => `# Rules of vcc lint

Each line is a rule; \`vcc explain rule NAME\` tells the same in a terminal. What is marked \`always\` cannot be softened in \`vcc.yaml\`.
\`npm run generate:docs\` writes these pages from \`src/rules/\`.

| rule | severity | | what holds |
|---|---|---|---|
${rules.map(({ id, severity, summary, soft }) => `| [${id}](${id}.md) | ${severity} | ${soft ? '' : 'always'} | ${cell(summary)} |`).join('\n')}
`;
