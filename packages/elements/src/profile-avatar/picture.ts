import { type PictureHeader, readPictureHeader } from './picture-header.js';

/** The policy's limits for the picture that is sent. */
export interface PictureLimits {
  readonly maxBytes: number;
  readonly maxPixels: number;
  readonly mediaTypes: readonly string[];
}

/**
 * Limits for the chosen file, above those of phones and cameras. The bytes are those of the file. A pixel
 * takes four bytes of memory while it is decoded: 480 MB, for a moment.
 */
export const chosenLimits = { maxBytes: 100_000_000, maxPixels: 120_000_000 } as const;

/** Types that every browser decodes. Others that this browser decodes, such as HEIC or AVIF, are accepted too. */
export const readableTypes: readonly string[] = ['image/jpeg', 'image/png', 'image/webp', 'image/gif'];

export type RefusedPicture = 'type' | 'bytes' | 'pixels' | 'unreadable' | 'detail' | 'browser';

/** Pixels: as large as it is shown anywhere, on a screen of twice the density. */
const largestSide = 512;

/** Qualities for JPEG and WebP, from good to just recognizable. */
const qualities = [0.9, 0.75, 0.6, 0.45, 0.3] as const;

type Source = ImageBitmap | HTMLImageElement;

/** The size of a picture after its Exif rotation. */
const sizeOf = (source: Source) =>
  source instanceof HTMLImageElement
    ? { width: source.naturalWidth, height: source.naturalHeight }
    : { width: source.width, height: source.height };

/**
 * The smallest first, as long as it keeps what is transparent, which a JPEG never is. WebKit writes no WebP, and gives
 * a PNG where it is asked for one.
 */
const typesFor = ({ type }: PictureHeader) =>
  type === 'image/jpeg' ? ['image/webp', type, 'image/png'] : ['image/webp', 'image/png', 'image/jpeg'];

const encode = (canvas: HTMLCanvasElement, type: string, quality: number) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));

/** The square in the middle of a picture. */
const draw = (source: Source, side: number, isOpaque: boolean): HTMLCanvasElement => {
  const { width, height } = sizeOf(source);
  const cut = Math.min(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  if (isOpaque) {
    context.fillStyle = 'white';
    context.fillRect(0, 0, side, side);
  }
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, (width - cut) / 2, (height - cut) / 2, cut, cut, 0, 0, side, side);
  return canvas;
};

/** Encodes a picture within the policy's limits: first with less quality, then with fewer pixels. */
const redraw = async (
  source: Source,
  header: PictureHeader,
  { maxBytes, maxPixels, mediaTypes }: PictureLimits,
): Promise<Blob | RefusedPicture> => {
  const { width, height } = sizeOf(source);
  const types = typesFor(header).filter((type) => mediaTypes.includes(type));
  let refused: RefusedPicture = 'browser';
  let side = Math.min(largestSide, width, height, Math.floor(Math.sqrt(maxPixels)));
  for (; side >= 1; side = Math.floor(side / 2)) {
    for (const quality of qualities) {
      for (const type of types) {
        // PNG has no quality setting.
        if (type === 'image/png' && quality !== qualities[0]) continue;
        const picture = await encode(draw(source, side, type === 'image/jpeg'), type, quality);
        if (picture?.type !== type) continue;
        if (picture.size <= maxBytes) return picture;
        refused = 'detail';
      }
    }
  }
  return refused;
};

/** Decodes a picture no larger than needed; `<img>` gives its size after rotation. */
const shrink = async (file: Blob, image: HTMLImageElement): Promise<ImageBitmap | undefined> => {
  const { width, height } = sizeOf(image);
  const scale = Math.min(1, largestSide / Math.min(width, height));
  try {
    // The browser derives the height, which differs where it ignores the rotation.
    const bitmap = await createImageBitmap(file, {
      resizeWidth: Math.max(1, Math.round(width * scale)),
      resizeQuality: 'high',
    });
    if (Math.abs(bitmap.height - height * scale) < 2) return bitmap;
    bitmap.close();
  } catch {
    // The engine does not know these options, or decodes this type in `<img>` only.
  }
  return undefined;
};

const load = (image: HTMLImageElement, url: string) =>
  new Promise((resolve, reject) => {
    image.onload = resolve;
    image.onerror = reject;
    image.src = url;
  });

/** Decodes a file and encodes it again, upright and no larger than needed; or returns why that is impossible. */
export const readPicture = async (file: File, limits: PictureLimits): Promise<Blob | RefusedPicture> => {
  // Every browser has it. Where there is none, as in jsdom, images are not decoded, and do not load either.
  if (typeof createImageBitmap === 'undefined') return 'browser';
  if (file.size > chosenLimits.maxBytes) return 'bytes';
  const header = await readPictureHeader(file);
  if (!header) return limits.mediaTypes.includes(file.type) ? 'unreadable' : 'type';
  if (header.width * header.height > chosenLimits.maxPixels) return 'pixels';
  const image = new Image();
  const url = URL.createObjectURL(file);
  let bitmap: ImageBitmap | undefined;
  try {
    await load(image, url);
    bitmap = await shrink(file, image);
    // A damaged picture would be drawn in part.
    if (!bitmap) await image.decode();
    return await redraw(bitmap ?? image, header, limits);
  } catch {
    return readableTypes.includes(header.type) ? 'unreadable' : 'type';
  } finally {
    bitmap?.close();
    image.removeAttribute('src');
    URL.revokeObjectURL(url);
  }
};
