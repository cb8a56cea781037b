import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { crc32, deflateSync } from 'node:zlib';
import type { HostPolicy, Profile } from '@ai-cockpit/sdk/contract';
import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from '../harness.js';
import { send } from './exchange.js';

/** One chunk of a PNG. */
const chunk = (type: string, data: Buffer): Buffer<ArrayBuffer> => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
};

const uint32 = (...values: number[]): Buffer<ArrayBuffer> => {
  const bytes = Buffer.alloc(4 * values.length);
  values.forEach((value, index) => bytes.writeUInt32BE(value, 4 * index));
  return bytes;
};

/** A PNG of one bit a pixel, all black: as small as one of so many pixels can be. */
const blackPng = (width: number, height: number): Buffer<ArrayBuffer> => {
  const lines = Buffer.alloc((Math.ceil(width / 8) + 1) * height);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', Buffer.concat([uint32(width, height), Buffer.from([1, 0, 0, 0, 0])])),
    chunk('IDAT', deflateSync(lines, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
};

const solid = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: { r: 200, g: 60, b: 20 } } });

/** Something that is different everywhere, so that what is cut off of it is missed. */
const noise = (width: number, height: number) =>
  sharp({
    create: { width, height, channels: 3, background: 'black', noise: { type: 'gaussian', mean: 128, sigma: 60 } },
  });

const svg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="alert(1)"><rect width="9" height="9"/></svg>';
const html = '<!doctype html><script>alert(1)</script>';

/** In decimal degrees nowhere: what a telephone writes into a picture. */
const gps = {
  IFD0: { Copyright: 'CANARY-COPYRIGHT', ImageDescription: 'CANARY-DESCRIPTION' },
  IFD3: {
    GPSLatitudeRef: 'S',
    GPSLatitude: '23/1 32/1 5170/100',
    GPSLongitudeRef: 'W',
    GPSLongitude: '46/1 38/1 10/1',
  },
};

const withAvatar = (terms: Partial<HostPolicy['profile']['fields']['avatar']>): HostPolicy => {
  const { profile } = environmentOperationsCenter;
  const avatar = { ...profile.fields.avatar, ...terms };
  return { ...environmentOperationsCenter, profile: { ...profile, fields: { ...profile.fields, avatar } } };
};

it('50 many at once stay within a fixed memory', () => {
  // In a process of its own, as what a decoder takes is given back late.
  const program = `
    import sharp from 'sharp';
    const { sharpImages } = await import(${JSON.stringify(new URL('../../src/adapters/sharp-images.ts', import.meta.url).href)});
    const largest = await sharp({ create: { width: 4000, height: 4000, channels: 4, background: 'red' } }).png({ progressive: true }).toBuffer();
    const draw = () => sharpImages.redraw(new Blob([largest], { type: 'image/png' }), { maxPixels: 16e6, maxSide: 512 }, new AbortController().signal);
    await draw();
    const before = process.memoryUsage().rss;
    let most = before;
    const timer = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 5);
    const answers = await Promise.all(Array.from({ length: 16 }, draw));
    clearInterval(timer);
    if (!answers.every((answer) => 'picture' in answer)) throw new Error('refused');
    console.log(Math.round((most - before) / 2 ** 20));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
    cwd: new URL('../..', import.meta.url),
    encoding: 'utf8',
  });
  expect(stderr).toBe('');
  expect(Number(stdout)).toBeLessThan(250);
});

it('50 more uploads at once by one person than allowed → 429; another person’s upload, and a whole one, is accepted', async () => {
  const server = await startServer({ database: 'sqlite', policy: environmentOperationsCenter });
  const picture = blackPng(400, 400);
  const headers = { 'Content-Type': 'image/png', 'If-Match': '*' };
  const put = (as: string) => send(server, '/profile/avatar', { as, method: 'PUT', raw: picture, headers });

  const { hostname, port } = new URL(server.origin);
  const token = await server.session('ana');
  const unfinished = Array.from({ length: 12 }, () =>
    request({
      hostname,
      port,
      path: '/test/v1/profile/avatar',
      method: 'PUT',
      headers: { ...headers, Authorization: `Bearer ${token}`, 'Content-Length': picture.length },
    }),
  );
  const statuses = unfinished.map(async (sent) => {
    sent.write(picture.subarray(0, -1));
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.resume();
    return `${response.statusCode} ${response.headers['retry-after']}`;
  });
  // Two are received and two wait, until they are whole; the others are refused.
  const refused = new Set<ClientRequest>();
  await new Promise<void>((resolve) => {
    for (const [at, sent] of unfinished.entries())
      void statuses[at]?.then((status) => {
        if (status === '429 1') refused.add(sent);
        if (refused.size === unfinished.length - 4) resolve();
      });
  });
  expect((await put('bruno')).outcome).toBe('200');
  for (const sent of unfinished) if (!refused.has(sent)) sent.end(picture.subarray(-1));
  // Of several at once, one may find the version changed.
  for (const status of await Promise.all(statuses)) expect(status).toMatch(/^(?:429 1|200 undefined|412 undefined)$/);
  expect((await put('ana')).outcome).toBe('200');
  for (const sent of refused) sent.destroy();
  await server.close();
});

describe.each(databases)('avatars on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer({ database, policy: environmentOperationsCenter });
  });
  afterAll(() => server.close());

  const profile = async (as = 'ana') => (await send<Profile>(server, '/profile', { as })).json;
  const headersFor = async (type: string, as = 'ana') => ({
    'Content-Type': type,
    'If-Match': `"${(await profile(as)).version}"`,
  });
  const put = async (raw: BodyInit, type: string, as = 'ana') =>
    send<Profile>(server, '/profile/avatar', { as, method: 'PUT', raw, headers: await headersFor(type, as) });
  const get = async (as = 'ana') => {
    const response = await fetch(`${server.baseUrl}/profile/avatar`, {
      headers: { Authorization: `Bearer ${await server.session(as)}` },
    });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  /** It was refused like this, and what was there before is there still. */
  const refuses = async (outcome: string, raw: Uint8Array<ArrayBuffer> | string, type: string) => {
    const [before, picture] = [await profile(), await get()];
    expect((await put(raw, type)).outcome, type).toBe(outcome);
    expect(await profile()).toEqual(before);
    expect((await get()).bytes.equals(picture.bytes)).toBe(true);
  };
  const notThat = '415 media_type_unsupported';

  it('49 SVG, HTML or any other file named PNG → 415', async () => {
    expect((await put(await solid(40, 40).png().toBuffer(), 'image/png')).outcome).toBe('200');
    const png = await noise(300, 300).png().toBuffer();
    for (const type of ['image/png', 'image/jpeg', 'image/webp']) {
      await refuses(notThat, svg, type);
      await refuses(notThat, `<?xml version="1.0"?>${svg}`, type);
      await refuses(notThat, html, type);
      await refuses(notThat, '', type);
      await refuses(notThat, await solid(9, 9).gif().toBuffer(), type);
      await refuses(notThat, await solid(9, 9).tiff().toBuffer(), type);
      await refuses(notThat, await solid(9, 9).avif().toBuffer(), type);
      await refuses(notThat, Buffer.concat([Buffer.from(svg), png]), type);
    }
    // It begins as one, and goes on as none.
    await refuses(notThat, Buffer.concat([png.subarray(0, 8), Buffer.from(svg)]), 'image/png');
    await refuses(notThat, Buffer.concat([Buffer.from('\xff\xd8\xff\xe0', 'latin1'), Buffer.from(html)]), 'image/jpeg');
    await refuses(notThat, Buffer.from(`RIFF\x10\x00\x00\x00WEBP${html}`, 'latin1'), 'image/webp');
    // Cut short, or damaged.
    await refuses(notThat, png.subarray(0, png.length / 2), 'image/png');
    await refuses(notThat, png.subarray(0, 40), 'image/png');
    const jpeg = await noise(300, 300).jpeg().toBuffer();
    await refuses(notThat, jpeg.subarray(0, jpeg.length / 2), 'image/jpeg');
    const webp = await noise(300, 300).webp().toBuffer();
    await refuses(notThat, webp.subarray(0, webp.length / 2), 'image/webp');
    // One of the three, and not the one that it is said to be.
    await refuses(notThat, png, 'image/jpeg');
    await refuses(notThat, jpeg, 'image/webp');
    await refuses(notThat, webp, 'image/png');
    // A true picture by a type that is not taken.
    for (const type of [
      'image/svg+xml',
      'image/gif',
      'application/octet-stream',
      'text/html',
      'image/png; x=1',
      'image/*',
    ])
      await refuses(notThat, png, type);
    await refuses(notThat, JSON.stringify({ avatar: 'x' }), 'application/json');
  });

  it('49 a picture with another file format in it → stored as a picture only', async () => {
    for (const [type, bytes] of [
      ['image/jpeg', await solid(40, 40).jpeg().toBuffer()],
      ['image/png', await solid(40, 40).png().toBuffer()],
    ] as const) {
      expect((await put(Buffer.concat([bytes, Buffer.from(html)]), type)).outcome).toBe('200');
      const { bytes: kept } = await get();
      expect(kept.toString('latin1')).not.toContain('script');
      expect((await sharp(kept).metadata()).format).toBe('webp');
    }
  });

  it('50 30,000 × 30,000 pixels in 20 KB, or in a true picture of 110 KB → 413, memory flat', async () => {
    // Compressed once more: black on black, of a thousand times its size.
    const bomb = blackPng(30_000, 30_000);
    expect(bomb.length).toBeLessThan(200_000);
    await put(await solid(40, 40).png().toBuffer(), 'image/png');
    const { rss } = process.memoryUsage();
    const before = process.cpuUsage();
    await refuses('413 too_large', bomb, 'image/png');
    for (let at = 0; at < 10; at += 1) expect((await put(bomb, 'image/png')).outcome).toBe('413 too_large');
    // This process's own work, to which nothing else on the machine adds.
    const { user, system } = process.cpuUsage(before);
    expect(user + system).toBeLessThan(5e6);
    // Decoded, each would have 900 MB.
    expect(process.memoryUsage().rss - rss).toBeLessThan(60 << 20);
    // A header that promises as much, and 20 KB behind it.
    const promised = Buffer.concat([
      Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      chunk('IHDR', Buffer.concat([uint32(30_000, 30_000), Buffer.from([8, 6, 0, 0, 0])])),
      chunk('IDAT', deflateSync(Buffer.alloc(20_000))),
    ]);
    await refuses('413 too_large', promised, 'image/png');
    // More than the policy takes, by one line; and just as much.
    await refuses('413 too_large', blackPng(4000, 4001), 'image/png');
    expect((await put(blackPng(4000, 4000), 'image/png')).outcome).toBe('200');
  });

  it('51 GPS and all other metadata of a camera → removed', async () => {
    const sent = await solid(80, 60)
      .withExif(gps)
      .withXmp('<x:xmpmeta xmlns:x="adobe:ns:meta/">CANARY-XMP</x:xmpmeta>')
      .jpeg()
      .toBuffer();
    expect((await sharp(sent).metadata()).exif).toBeDefined();
    expect(sent.toString('latin1')).toContain('CANARY-XMP');
    for (const [type, bytes] of [
      ['image/jpeg', sent],
      ['image/png', await sharp(sent).keepMetadata().png().toBuffer()],
      ['image/webp', await sharp(sent).keepMetadata().webp().toBuffer()],
    ] as const) {
      expect(bytes.toString('latin1'), type).toContain('CANARY');
      expect((await put(bytes, type)).outcome, type).toBe('200');
      const { bytes: kept } = await get();
      const { exif, xmp, iptc, icc, comments } = await sharp(kept).metadata();
      expect({ exif, xmp, iptc, icc, comments }, type).toEqual({});
      expect(kept.toString('latin1'), type).not.toMatch(/CANARY|Exif|EXIF|XMP/);
    }
    // Nor does the server keep it.
    expect(await server.dump()).not.toMatch(/CANARY-(COPYRIGHT|DESCRIPTION|XMP)/);
  });

  it('51 the orientation in the metadata → applied to the picture', async () => {
    // Taken with the camera on its side: 60 × 80 as people see it.
    await put(
      await solid(80, 60)
        .withExif({ IFD0: { Orientation: '6' } })
        .withMetadata({ orientation: 6 })
        .jpeg()
        .toBuffer(),
      'image/jpeg',
    );
    const { width, height, orientation } = await sharp((await get()).bytes).metadata();
    expect({ width, height, orientation }).toEqual({ width: 60, height: 80, orientation: undefined });
  });

  it('52 fetched with `nosniff`, right type, sandboxed', async () => {
    const { version } = (await put(await solid(40, 40).png().toBuffer(), 'image/png')).json;
    const { response, bytes } = await get();
    expect(response.status).toBe(200);
    expect((await sharp(bytes).metadata()).format).toBe('webp');
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/webp',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'content-disposition': 'inline; filename="image.webp"',
      'cache-control': 'no-store',
      etag: `"${version}"`,
    });
  });

  it('a picture is reduced to 512 × 512 pixels, never enlarged', async () => {
    const sizeOf = async (bytes: Buffer<ArrayBuffer>, type: string) => {
      expect((await put(bytes, type)).outcome).toBe('200');
      const { width, height } = await sharp((await get()).bytes).metadata();
      return [width, height];
    };
    expect(await sizeOf(await noise(1600, 800).jpeg().toBuffer(), 'image/jpeg')).toEqual([512, 256]);
    expect(await sizeOf(await solid(9, 7).webp().toBuffer(), 'image/webp')).toEqual([9, 7]);
  });

  it('each variant of the accepted formats → accepted', async () => {
    for (const [name, bytes, type] of [
      ['CMYK', await solid(20, 20).toColourspace('cmyk').jpeg().toBuffer(), 'image/jpeg'],
      ['progressive', await noise(200, 200).jpeg({ progressive: true }).toBuffer(), 'image/jpeg'],
      ['grey', await solid(20, 20).greyscale().png().toBuffer(), 'image/png'],
      ['16 bits', await solid(20, 20).toColourspace('rgb16').png().toBuffer(), 'image/png'],
      ['palette', await noise(20, 20).png({ palette: true }).toBuffer(), 'image/png'],
      ['lossless', await noise(20, 20).webp({ lossless: true }).toBuffer(), 'image/webp'],
    ] as const) {
      expect((await put(bytes, type)).outcome, name).toBe('200');
      const { format, space } = await sharp((await get()).bytes).metadata();
      expect({ format, space }, name).toEqual({ format: 'webp', space: 'srgb' });
    }
  });

  it('an animation → its first frame; transparency is kept', async () => {
    const frames = await sharp([await solid(20, 20).png().toBuffer(), await noise(20, 20).png().toBuffer()], {
      join: { animated: true },
    })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer();
    expect((await sharp(frames).metadata()).pages).toBe(2);
    expect((await put(frames, 'image/webp')).outcome).toBe('200');
    expect((await sharp((await get()).bytes).metadata()).pages ?? 1).toBe(1);
    const clear = await sharp({
      create: { width: 20, height: 20, channels: 4, background: { r: 9, g: 9, b: 9, alpha: 0 } },
    })
      .png()
      .toBuffer();
    await put(clear, 'image/png');
    expect((await sharp((await get()).bytes).stats()).isOpaque).toBe(false);
  });

  it('more bytes than the policy allows, announced or not → 413', async () => {
    await put(await solid(40, 40).png().toBuffer(), 'image/png');
    const large = new Uint8Array(2_000_001);
    await refuses('413 too_large', large, 'image/png');
    let poured = 0;
    const endless = new ReadableStream({
      pull(controller) {
        poured += 65_536;
        if (poured > 100 << 20) controller.close();
        else controller.enqueue(new Uint8Array(65_536));
      },
    });
    expect((await put(endless, 'image/png')).outcome).toBe('413 too_large');
    expect(poured).toBeLessThan(20 << 20);
  });

  it('a change needs the profile’s version, and is recorded in the activity', async () => {
    const as = 'bruno';
    const [first, second] = [await solid(20, 20).png().toBuffer(), await noise(20, 20).png().toBuffer()];
    const before = await profile(as);
    expect(before.avatarUrl).toBe(null);
    expect((await send(server, '/profile/avatar', { as })).outcome).toBe('404 not_found');
    const nothing = { as, method: 'DELETE', headers: { 'If-Match': `"${before.version}"` } };
    expect((await send(server, '/profile/avatar', nothing)).outcome).toBe('404 not_found');

    const set = (raw: Buffer<ArrayBuffer>, headers: Record<string, string>) =>
      send<Profile>(server, '/profile/avatar', {
        as,
        method: 'PUT',
        raw,
        headers: { 'Content-Type': 'image/png', ...headers },
      });
    expect((await set(first, {})).outcome).toBe('428 version_required');
    expect((await set(first, { 'If-Match': '"99"' })).outcome).toBe('412 version_stale');
    const answer = await set(first, { 'If-Match': `"${before.version}"` });
    expect(answer.headers.get('ETag')).toBe(`"${before.version + 1}"`);
    expect(answer.json).toEqual({ ...before, version: before.version + 1, avatarUrl: expect.any(String) as string });
    expect(await profile(as)).toEqual(answer.json);
    expect((await set(second, { 'If-Match': `"${before.version}"` })).outcome).toBe('412 version_stale');

    // Its address is good for an `<img>`, and another one for another picture, but not after a change of name.
    const cookie = `${server.sessionCookie}=${await server.session(as)}`;
    const address = new URL(answer.json.avatarUrl ?? '', server.baseUrl).href;
    expect((await fetch(address, { headers: { Cookie: cookie } })).status).toBe(200);
    const renamed = await send<Profile>(server, '/profile', {
      as,
      method: 'PATCH',
      json: { firstName: 'B' },
      headers: { 'If-Match': `"${answer.json.version}"` },
    });
    expect(renamed.json.avatarUrl).toBe(answer.json.avatarUrl);
    const next = await set(second, { 'If-Match': `"${renamed.json.version}"` });
    expect(next.json.avatarUrl).not.toBe(answer.json.avatarUrl);

    const headers = { 'If-Match': `"${next.json.version}"` };
    const removed = await send<Profile>(server, '/profile/avatar', { as, method: 'DELETE', headers });
    expect(removed.json).toMatchObject({ avatarUrl: null, version: next.json.version + 1 });
    expect((await send(server, '/profile/avatar', { as })).outcome).toBe('404 not_found');

    const rows = await server.store.db
      .selectFrom('activity')
      .select('action')
      .where('actorId', '=', as)
      .orderBy('at')
      .execute();
    expect(rows.map(({ action }) => action).filter((action) => action.includes('avatar'))).toEqual([
      'profile.avatar_set',
      'profile.avatar_set',
      'profile.avatar_removed',
    ]);
  });

  it('a person without a picture → 404; no session → 401; an unknown parameter → 400', async () => {
    await put(await solid(20, 20).png().toBuffer(), 'image/png', 'ana');
    expect((await send(server, '/profile/avatar', { as: 'carla' })).outcome).toBe('404 not_found');
    expect((await send(server, '/profile/avatar', {})).outcome).toBe('401 unauthenticated');
    expect((await send(server, '/profile/avatar?version=x', { as: 'ana' })).outcome).toBe('400 malformed');
    expect((await send(server, '/profile/avatar?user=bruno', { as: 'ana' })).outcome).toBe('400 malformed');
  });

  it('two changes at once → one is applied, the other gets 412', async () => {
    const headers = await headersFor('image/png', 'dora');
    const raw = await noise(100, 100).png().toBuffer();
    const both = await Promise.all(
      [1, 2].map(() => send(server, '/profile/avatar', { as: 'dora', method: 'PUT', raw, headers })),
    );
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['200', '412 version_stale']);
  });
});

describe.each(databases)('what the policy says of avatars, on %s', (database) => {
  const trial = async (terms: Parameters<typeof withAvatar>[0]) => {
    const server = await startServer({ database, policy: withAvatar(terms) });
    const { json } = await send<Profile>(server, '/profile', { as: 'ana' });
    const headers = { 'If-Match': `"${json.version}"` };
    const put = async (raw: Buffer<ArrayBuffer>, type: string) =>
      send<Profile>(server, '/profile/avatar', {
        as: 'ana',
        method: 'PUT',
        raw,
        headers: { ...headers, 'Content-Type': type },
      });
    return { server, headers, put };
  };

  it('access “read” → it cannot be set or removed', async () => {
    const { server, headers, put } = await trial({ access: 'read', managedBy: 'identityProvider' });
    const set = await put(await solid(9, 9).png().toBuffer(), 'image/png');
    expect([set.outcome, ...set.faults]).toEqual(['403 field_not_editable', 'avatar:not_editable']);
    // Before anything is said of what was sent.
    expect((await put(Buffer.from(html), 'text/html')).outcome).toBe('403 field_not_editable');
    expect((await send(server, '/profile/avatar', { as: 'ana', method: 'DELETE', headers })).outcome).toBe(
      '403 field_not_editable',
    );
    expect((await send(server, '/profile/avatar', { as: 'ana' })).outcome).toBe('404 not_found');
    await server.close();
  });

  it('access “hidden” → 403, even for a picture set before', async () => {
    const { server, put } = await trial({});
    expect((await put(await solid(9, 9).png().toBuffer(), 'image/png')).json.avatarUrl).not.toBe(null);
    const hiding = await startServer({ database, policy: withAvatar({ access: 'hidden' }), beside: server });
    for (const method of ['GET', 'PUT', 'DELETE'])
      expect((await send(hiding, '/profile/avatar', { as: 'ana', method })).outcome).toBe('403 not_offered');
    expect((await send<Profile>(hiding, '/profile', { as: 'ana' })).json.avatarUrl).toBe(null);
    await hiding.close();
    await server.close();
  });

  it('its types, bytes and pixels → enforced', async () => {
    const { server, put } = await trial({ mediaTypes: ['image/png'], maxBytes: 1000, maxPixels: 400 });
    expect((await put(await solid(9, 9).jpeg().toBuffer(), 'image/jpeg')).outcome).toBe('415 media_type_unsupported');
    expect((await put(Buffer.alloc(1001), 'image/png')).outcome).toBe('413 too_large');
    expect((await put(await solid(20, 21).png().toBuffer(), 'image/png')).outcome).toBe('413 too_large');
    expect((await put(await solid(20, 20).png().toBuffer(), 'image/png')).outcome).toBe('200');
    await server.close();
  });
});
