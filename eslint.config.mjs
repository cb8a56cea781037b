import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';
import tseslint from 'typescript-eslint';

const elements = ['packages/elements/src/**/*.ts'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/types/**',
      '**/*.mjs',
      '**/*.js',
      '**/*.d.mts',
      '**/*.config.ts',
      '**/node_modules/**',
      '**/.cache/**',
      '**/.data/**',
      'examples/host/bench/pages/**',
    ],
  },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
    },
  },
  { files: elements, ...lit['flat/recommended'] },
  { files: elements, ...wc['flat/recommended'] },
  {
    files: elements,
    plugins: { 'lit-a11y': litA11y },
    rules: {
      ...litA11y.configs.recommended.rules,
      // They pass the Trusted Types policy unseen, or break a strict CSP.
      'no-restricted-imports': [
        'error',
        {
          paths: [
            'lit/directives/unsafe-html.js',
            'lit/directives/unsafe-svg.js',
            'lit/directives/style-map.js',
            'lit/directives/cache.js',
          ],
        },
      ],
      'no-console': 'error',
    },
  },
);
