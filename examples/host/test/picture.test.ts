import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { startedDemo } from './started-demo.js';

const width = 4000;
const height = 3000;
/** Bytes of all pixels of the photo, decoded. */
const decoded = width * height * 4;

/** Photos of different content, as a phone makes them: noise compresses badly. */
const photoOf = async (mean: number) => ({
  name: `photo-${mean}.jpg`,
  mimeType: 'image/jpeg',
  buffer: await sharp({
    create: { width, height, channels: 3, background: 'white', noise: { type: 'gaussian', mean, sigma: 40 } },
  })
    .jpeg({ quality: 85 })
    .toBuffer(),
});

type Photo = Awaited<ReturnType<typeof photoOf>>;

/** Of a process; `ps` where there is no `/proc`, as on macOS. */
const residentBytesOf = (processId: number): number => {
  const status = `/proc/${processId}/status`;
  const kilobytes = existsSync(status)
    ? /^VmRSS:\s+(\d+)/m.exec(readFileSync(status, 'utf8'))?.[1]
    : execFileSync('ps', ['-o', 'rss=', '-p', String(processId)], { encoding: 'utf8' });
  return Number(kilobytes) * 1024;
};

describe('a photo of 12 megapixels and more than 4 MB', { timeout: 300_000 }, () => {
  const system = 'environment-operations-center';
  const demo = startedDemo({}, system);
  let photos: Photo[];
  beforeAll(async () => {
    photos = await Promise.all([100, 110, 120, 130, 140].map(photoOf));
    for (const { buffer } of photos) expect(buffer.length).toBeGreaterThan(4_000_000);
  }, 300_000);

  const open = async (): Promise<Page> => {
    const page = await demo.open();
    await demo.signIn(page, /Ana/);
    return page;
  };
  const picture = (page: Page) => page.locator('profile-avatar img');
  const shownIn = async (page: Page): Promise<string | null> =>
    (await picture(page).count()) > 0 ? picture(page).getAttribute('src') : null;
  const choose = async (page: Page, photo: Photo): Promise<void> => {
    const before = await shownIn(page);
    await page.locator('profile-avatar input[type=file]').setInputFiles(photo);
    await expect.poll(() => shownIn(page), { timeout: 60_000 }).not.toBe(before);
  };

  it('is stored and shown with at most 512 pixels a side', async () => {
    const page = await open();
    const [photo] = photos;
    if (!photo) throw new Error('There is no photo');
    await choose(page, photo);
    const put = page.waitForRequest((request) => request.method() === 'PUT');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    expect((await (await put).response())?.status()).toBe(200);
    const { avatarUrl } = (await (await demo.ask('ana', 'GET', '/profile')).json()) as { avatarUrl: string };
    const answer = await fetch(demo.server.origin + avatarUrl, {
      headers: { authorization: `Bearer ${await demo.accessToken('ana')}` },
    });
    const stored = await sharp(await answer.arrayBuffer()).metadata();
    expect([stored.width, stored.height]).toEqual([512, 512]);
    // Once saved, the product leads to another page.
    await page.waitForURL(`**/${system}/environments/`);
    await page.goBack();
    await picture(page).waitFor();
    await expect.poll(() => picture(page).evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(512);
    await expect.poll(async () => (await picture(page).boundingBox())?.width).toBeGreaterThan(16);
    await page.context().close();
  });

  it('chosen repeatedly: no decoded photo stays in the memory of the page', async () => {
    const page = await open();
    const browser = page.context().browser();
    if (!browser) throw new Error('The context has no browser');
    const ofBrowser = await browser.newBrowserCDPSession();
    const ofPage = await page.context().newCDPSession(page);
    /** Resident bytes of the largest page, after garbage collection. */
    const memory = async (): Promise<number> => {
      await ofPage.send('HeapProfiler.collectGarbage');
      const { processInfo } = await ofBrowser.send('SystemInfo.getProcessInfo');
      return Math.max(...processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentBytesOf(id)));
    };

    // The first two let the page take the memory that one decoding needs.
    const [first, second, ...others] = photos;
    for (const photo of [first, second]) await choose(page, photo as Photo);
    const before = await memory();
    for (const photo of others) await choose(page, photo);
    await expect.poll(memory, { timeout: 60_000 }).toBeLessThan(before + decoded);

    // The measurement would show them: a page that keeps two decoded photos grows by more than one.
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('input'), { type: 'file', id: 'kept' })),
    );
    await page.locator('#kept').setInputFiles(first as Photo);
    const empty = await memory();
    await page.evaluate(async () => {
      const file = document.querySelector<HTMLInputElement>('#kept')?.files?.[0] as File;
      const kept = [await createImageBitmap(file), await createImageBitmap(file)].map((bitmap) => {
        const canvas = document.createElement('canvas');
        canvas.width = bitmap.width;
        canvas.height = bitmap.height;
        canvas.getContext('2d', { willReadFrequently: true })?.drawImage(bitmap, 0, 0);
        return canvas;
      });
      Object.assign(globalThis, { kept });
    });
    expect(await memory()).toBeGreaterThan(empty + decoded);
    await page.context().close();
  });
});
