import { describe, expect, it } from 'vitest';
import { LongList } from './long-list.js';
import { addManyKeys } from './many-keys.js';
import { startedDemo } from './started-demo.js';

describe('a list of 10,000 keys in a browser', () => {
  const demo = startedDemo();

  const open = async () => {
    const page = await demo.open();
    const list = new LongList(page);
    await list.watchTasks();
    await demo.signIn(page, /Ana/);
    const token = await demo.accessToken('ana');
    const api = `${demo.api}/organizations/acme/api-keys`;
    const present = await fetch(`${api}?limit=100`, { headers: { Authorization: `Bearer ${token}` } });
    if (((await present.json()) as { data: unknown[] }).data.length < 100) {
      await fetch(api, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
        },
        body: JSON.stringify({ description: 'The first of many' }),
      });
      addManyKeys(demo.dataDir, 9_999);
    }
    await page.getByRole('tab', { name: 'API keys' }).click();
    await page.getByRole('row').nth(25).waitFor();
    return { page, list };
  };

  it('search, sorting and paging by the server: one request each, one page in the document', async () => {
    const { page, list } = await open();
    expect(await list.rows()).toHaveLength(25);
    list.requests.length = 0;
    await list.next();
    await list.search('eploymen');
    expect(await list.rows()).toHaveLength(25);
    expect((await list.rows()).every((row) => row.includes('deployment'))).toBe(true);
    await list.next();
    await list.sort(0);
    expect((await list.rows()).every((row) => row.includes('deployment'))).toBe(true);
    await list.search('number 9999');
    expect(await list.rows()).toHaveLength(1);
    await list.search('');
    await list.show(100);
    expect(await list.rows()).toHaveLength(100);
    const asked = list.requests.map(({ searchParams }) => {
      const { cursor, ...rest } = Object.fromEntries(searchParams);
      return { ...rest, cursor: cursor !== undefined };
    });
    const sort = list.requests[3]?.searchParams.get('sort');
    expect(sort).not.toBe('-createdAt');
    expect(asked).toEqual([
      { limit: '25', sort: '-createdAt', cursor: true },
      { limit: '25', sort: '-createdAt', q: 'eploymen', cursor: false },
      { limit: '25', sort: '-createdAt', q: 'eploymen', cursor: true },
      { limit: '25', sort, q: 'eploymen', cursor: false },
      { limit: '25', sort, q: 'number 9999', cursor: false },
      { limit: '25', sort, cursor: false },
      { limit: '100', sort, cursor: false },
    ]);
    await page.context().close();
  });

  it('a hundred pages forwards and backwards: no memory is kept', async () => {
    const { page, list } = await open();
    // Memory that is allocated once: templates, caches, compiled code.
    for (let turn = 0; turn < 5; turn += 1) await list.next();
    for (let turn = 0; turn < 5; turn += 1) await list.previous();
    const first = await list.rows();
    const before = await list.held();
    for (let turn = 0; turn < 99; turn += 1) await list.next();
    expect(await list.rows()).toHaveLength(25);
    // Polled: the browser frees what a page of rows held in tasks of its own.
    const holdsNoMore = async () => {
      const { nodes, listeners } = await list.held();
      return nodes <= before.nodes && listeners <= before.listeners;
    };
    await expect.poll(holdsNoMore).toBe(true);
    const there = await list.held();
    for (let turn = 0; turn < 99; turn += 1) await list.previous();
    expect(await list.rows()).toEqual(first);
    await expect.poll(holdsNoMore).toBe(true);
    // As much after going back as after going there: a page's worth is 15 kB, 99 of them would be a third.
    await expect.poll(async () => (await list.held()).heapKilobytes).toBeLessThan(there.heapKilobytes * 1.1);
    await page.context().close();
    // 208 requests, one after the other.
  }, 600_000);
});
