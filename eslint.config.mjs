// What oxlint has no rules for: the templates and classes of the elements. .oxlintrc.json has the rest.
import { existsSync, readdirSync } from 'node:fs';
import parser from '@typescript-eslint/parser';
import { defineConfig } from 'eslint/config';
import { configs as lit } from 'eslint-plugin-lit';
import litA11y from 'eslint-plugin-lit-a11y';
import { configs as wc } from 'eslint-plugin-wc';

const sources = 'packages/elements/src';
const tags = readdirSync(sources).filter((name) => existsSync(`${sources}/${name}/define.ts`));

export default defineConfig({
  files: ['packages/elements/src/**/*.ts'],
  extends: [lit['flat/recommended'], wc['flat/recommended']],
  languageOptions: { parser },
  linterOptions: { reportUnusedDisableDirectives: 'error' },
  plugins: { 'lit-a11y': litA11y },
  rules: {
    ...litA11y.configs.recommended.rules,
    // The paths pass the Trusted Types policy unseen, or break a strict CSP.
    'no-restricted-imports': [
      'error',
      {
        paths: [
          'lit/directives/unsafe-html.js',
          'lit/directives/unsafe-svg.js',
          'lit/directives/style-map.js',
          'lit/directives/cache.js',
        ],
        patterns: [
          {
            regex: `^\\.\\./(${tags.join('|')})/(?!define\\.js$|\\1\\.js$)`,
            message: 'A folder of an element is its own: code that several elements share has a folder with a name.',
          },
        ],
      },
    ],
    'no-console': 'error',
  },
});
