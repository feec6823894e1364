import { fileURLToPath } from 'node:url';
import tseslint from 'typescript-eslint';

const root = fileURLToPath(new URL('..', import.meta.url));

export default tseslint.config(
  { basePath: root, ignores: ['dist/', 'src/generated/', 'node_modules/', 'cases.example/', '**/*.mjs', '**/*.js'] },
  ...tseslint.configs.strictTypeChecked,
  {
    basePath: root,
    files: ['src/**/*.ts', 'tests/**/*.ts', '.build/*.ts'],
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['.build/*.ts'] }, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // Text from strangers is searched for control characters on purpose.
      'no-control-regex': 'off',
      'no-empty': ['error', { allowEmptyCatch: false }],
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  {
    basePath: root,
    files: ['src/**/*.ts'],
    ignores: ['src/io/clock.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Only io/clock.ts reads the clock; --now must hold everywhere.' },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Only io/clock.ts reads the clock; --now must hold everywhere.' },
        { selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']", message: 'Only main.ts ends the process.' },
      ],
    },
  },
  { basePath: root, files: ['src/main.ts'], rules: { 'no-restricted-syntax': 'off' } },
);
