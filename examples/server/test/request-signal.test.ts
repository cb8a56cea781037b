import { environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import sharp from 'sharp';
import { expect, it, vi } from 'vitest';
import { sharpImages } from '../src/adapters/sharp-images.js';
import type { Images } from '../src/ports/images.js';
import { serveOwnApp } from './own-app.js';

const picture = async (): Promise<Blob> => {
  const bytes = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  return new Blob([new Uint8Array(bytes)], { type: 'image/png' });
};

it('setAvatar: a client that goes away aborts the signal of the work that is under way, and no failure is logged', async () => {
  const started = Promise.withResolvers<AbortSignal>();
  const images: Images = {
    redraw: (_sent, _limits, signal) => {
      started.resolve(signal);
      return new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason as Error));
      });
    },
  };
  const error = vi.fn();
  const info = vi.fn();
  const logger = { info, warn: () => {}, error };
  const server = await serveOwnApp('sqlite', { policy: environmentOperationsCenter, images, logger });
  const client = new AbortController();
  const headers = { Authorization: 'Bearer olga', 'If-Match': '*', 'Content-Type': 'image/png' };
  const answer = fetch(`${server.baseUrl}/profile/avatar`, {
    method: 'PUT',
    headers,
    body: await picture(),
    signal: client.signal,
  });
  const signal = await started.promise;
  expect(signal.aborted).toBe(false);

  client.abort();
  await expect(answer).rejects.toThrow('aborted');
  await vi.waitFor(() => expect(info).toHaveBeenCalled());
  expect(signal.aborted).toBe(true);
  expect(error).not.toHaveBeenCalled();
  expect(await server.store.avatars.find('olga')).toBeUndefined();
  await server.close();
});

it('sharpImages: a picture whose client has gone away before its turn is not redrawn', async () => {
  const gone = new Error('gone');
  const limits = { maxPixels: 100, maxSide: 8 };
  await expect(sharpImages.redraw(await picture(), limits, AbortSignal.abort(gone))).rejects.toBe(gone);
  expect(await sharpImages.redraw(await picture(), limits, new AbortController().signal)).toHaveProperty('picture');
});
