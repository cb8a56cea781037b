import { readFileSync } from 'node:fs';
import { apiKeyStatusFilters } from '@ai-cockpit/sdk/contract';
import { expect, it } from 'vitest';

const locales = ['en/api-keys.ts', 'pt-BR.ts', 'es.ts', 'ja.ts'].map((file) =>
  readFileSync(new URL(`../../../packages/elements/src/locales/${file}`, import.meta.url), 'utf8'),
);

it('the words for a status that the server finds are those of the elements: `pnpm exec vitest run status-words -u`', async () => {
  const wordsFor = (status: string): string[] => {
    const text = new RegExp(`'apiKeys\\.(?:status|filter)\\.${status}(?:@\\w+)?': '([^']+)'`, 'g');
    return [...new Set(locales.flatMap((texts) => [...texts.matchAll(text)].map(([, word = '']) => word)))];
  };
  const words = apiKeyStatusFilters.map((status) => ({ status, found: wordsFor(status) }));
  expect(words.flatMap(({ found }) => found).length).toBeGreaterThan(20);
  // As the formatter writes it.
  const lines = words.map(({ status, found }) => `  "${status}": ${JSON.stringify(found).replaceAll('","', '", "')}`);
  const json = `{\n${lines.join(',\n')}\n}\n`;
  await expect(json).toMatchFileSnapshot('../src/domain/status-words.json');
});
