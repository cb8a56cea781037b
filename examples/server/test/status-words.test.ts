import { readFileSync } from 'node:fs';
import { apiKeyStatusFilters, providerTokenStatuses } from '@ai-cockpit/sdk/contract';
import { expect, it } from 'vitest';

const locales = ['en/api-keys.ts', 'en/provider-tokens.ts', 'pt-BR.ts', 'es.ts', 'ja.ts'].map((file) =>
  readFileSync(new URL(`../../../packages/elements/src/locales/${file}`, import.meta.url), 'utf8'),
);

/** As the formatter writes it. */
const linesFor = (statuses: readonly string[], ids: string): string =>
  statuses
    .map((status) => {
      const text = new RegExp(`'(?:${ids})\\.${status}(?:@\\w+)?': '([^']+)'`, 'g');
      const words = new Set(locales.flatMap((texts) => [...texts.matchAll(text)].map(([, word = '']) => word)));
      expect(words.size, status).toBeGreaterThan(1);
      return `    "${status}": ${JSON.stringify([...words]).replaceAll('","', '", "')}`;
    })
    .join(',\n');

it('the server’s words for statuses equal those of the elements: `pnpm exec vitest run status-words -u`', async () => {
  const groups = [
    `  "apiKeys": {\n${linesFor(apiKeyStatusFilters, 'apiKeys\\.(?:status|filter)')}\n  }`,
    `  "providerTokens": {\n${linesFor(providerTokenStatuses, 'providerToken\\.status')}\n  }`,
  ];
  await expect(`{\n${groups.join(',\n')}\n}\n`).toMatchFileSnapshot('../src/domain/status-words.json');
});
