import type { Images } from '../ports/images.js';

/** By the browser's own decoders. */
export const canvasImages: Images = {
  async redraw(sent, { maxPixels, maxSide }) {
    let bitmap: ImageBitmap;
    try {
      bitmap = await createImageBitmap(sent);
    } catch {
      return { refused: 'not_an_image' };
    }
    const { width, height } = bitmap;
    if (width * height > maxPixels) return { refused: 'too_many_pixels' };
    const scale = Math.min(1, maxSide / Math.max(width, height));
    const canvas = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
    canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    // WebKit, which writes no WebP, makes it a PNG.
    return { picture: await canvas.convertToBlob({ type: 'image/webp', quality: 0.86 }) };
  },
};
