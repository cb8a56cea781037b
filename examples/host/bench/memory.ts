import type { Browser, CDPSession, Page } from 'playwright-core';

const checkpoints = [10, 25, 50, 75, 100];

const measure = async (debuggee: CDPSession) => {
  for (let round = 0; round < 3; round += 1) await debuggee.send('HeapProfiler.collectGarbage');
  const { usedSize } = await debuggee.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await debuggee.send('Memory.getDOMCounters');
  return { 'heap kB': Math.round(usedSize / 1000), 'DOM nodes': nodes, listeners: jsEventListeners };
};

/** Puts the element into the page, waits until it is filled in, and takes it out. */
const comeAndGo = (page: Page) =>
  page.evaluate(async () => {
    const element = document.createElement('profile-tabs');
    element.setAttribute('base-url', '/ai-cockpit-one/v1');
    document.querySelector('main')?.replaceChildren(element);
    const isFilled = () =>
      element.shadowRoot
        ?.querySelector('profile-form')
        ?.shadowRoot?.querySelector<HTMLInputElement>('input[name="firstName"]')?.value;
    while (!isFilled()) await new Promise((resolve) => requestAnimationFrame(resolve));
    element.remove();
  });

/** The memory of the page after each number of rounds, which should stay the same. */
export const memoryAfterRounds = async (browser: Browser, origin: string) => {
  const context = await browser.newContext();
  await context.request.post(`${origin}/ai-cockpit-one/demo/session`, { data: { user: 'ana' } });
  const page = await context.newPage();
  await page.goto(`${origin}/elements/`);
  const debuggee = await context.newCDPSession(page);
  const rows: object[] = [];
  for (let round = 1; round <= 100; round += 1) {
    await comeAndGo(page);
    if (checkpoints.includes(round)) rows.push({ rounds: round, ...(await measure(debuggee)) });
  }
  await context.close();
  return rows;
};
