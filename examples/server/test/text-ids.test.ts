import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const locales = new URL('../../../packages/elements/src/locales/en/', import.meta.url);

it('the server’s text ids equal those of the elements: `pnpm exec vitest run text-ids -u`', async () => {
  const ids = readdirSync(locales).flatMap((file) =>
    [...readFileSync(new URL(file, locales), 'utf8').matchAll(/^ {2}(?:'([^']+)'|(\w+)):/gm)].map(
      ([, quoted, plain]) => quoted ?? plain,
    ),
  );
  expect(ids.length).toBeGreaterThan(200);
  await expect(`${JSON.stringify(ids.toSorted(), null, 2)}\n`).toMatchFileSnapshot('../src/settings/text-ids.json');
});
