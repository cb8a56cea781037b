import { readFileSync } from 'node:fs';
import { apiKeyStatusFilters } from '@ai-cockpit/sdk/contract';
import { expect, it } from 'vitest';

const locales = ['en/api-keys.ts', 'pt-BR.ts', 'es.ts', 'ja.ts'].map((file) =>
  readFileSync(new URL(`../../../packages/elements/src/locales/${file}`, import.meta.url), 'utf8'),
);

it('the words for a status that the server finds are those of the elements: `pnpm exec vitest run status-words -u`', async () => {
  const words = apiKeyStatusFilters.map((status) => [
    status,
    [
      ...new Set(
        locales.flatMap((texts) =>
          [...texts.matchAll(new RegExp(`'apiKeys\\.(?:status|filter)\\.${status}(?:@\\w+)?': '([^']+)'`, 'g'))].map(
            ([, word]) => word,
          ),
        ),
      ),
    ],
  ]);
  expect(words.flatMap(([, found]) => found).length).toBeGreaterThan(20);
  const json = `${JSON.stringify(Object.fromEntries(words), null, 2)}\n`;
  await expect(json).toMatchFileSnapshot('../src/domain/status-words.json');
});
