import js from '@eslint/js';
import prettier from 'eslint-config-prettier/flat';
import vue from 'eslint-plugin-vue';
import tseslint from 'typescript-eslint';

/** Guards of the pure core: no clock, no chance, no waiting, no talking. Time and ids come in with the command. */
const pureCore = {
  'no-restricted-globals': [
    'error',
    'performance',
    'console',
    'process',
    'crypto',
    'fetch',
    'setTimeout',
    'setInterval',
    'setImmediate',
    'queueMicrotask',
    'globalThis',
  ],
  'no-restricted-properties': [
    'error',
    { object: 'Date', property: 'now', message: 'Time comes in with the command context.' },
    { object: 'Math', property: 'random', message: 'Chance comes in with the command context.' },
  ],
};

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Named exports only: one name for one thing, everywhere.',
};

const pureSyntax = [
  { selector: ':function[async=true]', message: 'The core never waits.' },
  { selector: 'AwaitExpression', message: 'The core never waits.' },
  { selector: ':matches(NewExpression, CallExpression)[callee.name="Date"]', message: 'Time comes in as a number.' },
];

export default tseslint.config(
  { ignores: ['dist/', 'data/', 'coverage/', 'test-results/', 'playwright-report/'] },
  // A rule is changed here, for everyone, or kept; it is never switched off in a file.
  { linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'] },
    },
    rules: {
      // The compiler knows every name, and unused ones are errors there already.
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': 'off',
      'max-lines': ['error', 400],
      eqeqeq: 'error',
      'no-restricted-syntax': ['error', noDefaultExport],
      '@typescript-eslint/ban-ts-comment': ['error', { 'ts-expect-error': true, minimumDescriptionLength: 3 }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-exports': 'error',
      // `ServiceId | '*'` says more to a reader than `string`.
      '@typescript-eslint/no-redundant-type-constituents': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
    },
  },
  {
    files: ['domain/**/*.ts'],
    rules: {
      ...pureCore,
      'no-restricted-syntax': ['error', noDefaultExport, ...pureSyntax],
      // A new event or command shows every place that has to know it.
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'vue/block-lang': ['error', { script: { lang: 'ts' } }],
      'vue/component-api-style': ['error', ['script-setup']],
      // Every word that people read is in three languages.
      'vue/no-bare-strings-in-template': 'error',
      'vue/no-v-html': 'error',
      'vue/html-button-has-type': 'error',
      'vue/no-unused-refs': 'error',
      // The folder says the rest of the name, and the type of a prop says what its absence means.
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
    },
  },
  // Only vue-tsc knows the type of a component; to the linter the one that a page mounts is unknown.
  { files: ['*/main.ts', 'phone/render.ts'], rules: { '@typescript-eslint/no-unsafe-argument': 'off' } },
  // A test asks an object for its methods to watch them, not to call them.
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/unbound-method': 'off' } },
  // Playwright reads which fixtures a function wants from its first parameter, also when it wants none.
  { files: ['tests/e2e/**'], rules: { 'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }] } },
  { files: ['**/*.config.{js,ts}', '**/*.cjs', 'tests/support/jest-*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs', globals: { module: 'writable' } },
  },
  prettier,
);
