import sharp from 'sharp';
import type { Images } from '../ports/images.js';

// No loader but these is ever reached, whatever a file turns out to be.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({
  operation: ['VipsForeignLoadPngBuffer', 'VipsForeignLoadJpegBuffer', 'VipsForeignLoadWebpBuffer'],
});
// No cache: the same picture is seldom sent twice. One thread: other requests need the processors.
sharp.cache(false);
sharp.concurrency(1);

/** Seconds: an avatar within the limits takes a fraction of one. */
const patience = 10;

let last: Promise<unknown> = Promise.resolve();

/** One after the other: the largest picture that is taken needs 100 MB for a moment, several would need several times that. */
const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
  const turn = last.then(work);
  last = turn.catch(() => undefined);
  return turn;
};

/** By libvips, which reads a picture line by line where its format allows. */
export const sharpImages: Images = {
  redraw: async (sent, { maxPixels, maxSide }, signal) => {
    const bytes = Buffer.from(await sent.arrayBuffer());
    try {
      // Reads the header only and decodes nothing; of an animation, only the first frame.
      const { width, height, format } = await sharp(bytes, { limitInputPixels: false }).metadata();
      if (width * height > maxPixels) return { refused: 'too_many_pixels' };
      if (`image/${format}` !== sent.type) return { refused: 'not_an_image' };
      const redrawn = await inTurn(() => {
        // Its turn may have taken longer than its client waited.
        signal.throwIfAborted();
        return sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error', sequentialRead: true })
          .timeout({ seconds: patience })
          .autoOrient()
          .resize(maxSide, maxSide, { fit: 'inside', withoutEnlargement: true })
          .webp({ quality: 86 })
          .toBuffer();
      });
      return { picture: new Blob([new Uint8Array(redrawn)], { type: 'image/webp' }) };
    } catch {
      signal.throwIfAborted();
      // Cut short, damaged, or no picture after all; libvips's own words are for its developers.
      return { refused: 'not_an_image' };
    }
  },
};
