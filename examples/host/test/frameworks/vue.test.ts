import { describe, expect, it } from 'vitest';
import { itForgets, itWorks, typeInExpiredSession } from './use-it.js';
import { viteApp } from './vite-app.js';

describe('Vue', async () => {
  const app = await viteApp({
    name: 'vue',
    title: 'Vue (Vite)',
    framework: 'vue',
    copy: { vue: '.' },
    versions: { typescript: '6.0.3' },
    entry: 'src/main.ts',
    types: {
      fixture: 'vue.vue',
      file: 'src/wrong-names.vue',
      check: ['npx', 'vue-tsc'],
      label: 'props, events',
    },
  });
  itWorks(app);
  itForgets(app.open);

  it('session expired: continues with another access token', async () => {
    const page = await app.open();
    await typeInExpiredSession(page, 'Not yet saved');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();
    expect(await page.getByLabel('Last name').inputValue()).toBe('Not yet saved');
  });
});
