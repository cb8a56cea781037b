/** What a picture may be, as the policy says. */
export interface PictureLimits {
  readonly maxBytes: number;
  readonly maxPixels: number;
  readonly mediaTypes: readonly string[];
}

export type RefusedPicture = 'type' | 'bytes' | 'pixels' | 'unreadable';

/** Pixels: as large as it is shown anywhere, on a screen of twice the density. */
const largestSide = 512;

/**
 * The smallest first, as long as it keeps what is transparent, which a JPEG never is. WebKit writes no WebP, and gives
 * a PNG where it is asked for one.
 */
const typesFor = ({ type }: File) =>
  type === 'image/jpeg' ? ['image/webp', type, 'image/png'] : ['image/webp', 'image/png', 'image/jpeg'];

const encode = (canvas: HTMLCanvasElement, type: string) =>
  new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.9));

/** What is in the middle of it, square. */
const draw = (image: HTMLImageElement): HTMLCanvasElement => {
  const { naturalWidth: width, naturalHeight: height } = image;
  const side = Math.min(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = Math.min(side, largestSide);
  const context = canvas.getContext('2d');
  if (context) context.imageSmoothingQuality = 'high';
  context?.drawImage(image, (width - side) / 2, (height - side) / 2, side, side, 0, 0, canvas.width, canvas.height);
  return canvas;
};

/** Reads a file as a picture and draws it anew, upright and no larger than it is needed; or says why not. */
export const readPicture = async (
  file: File,
  { maxBytes, maxPixels, mediaTypes }: PictureLimits,
): Promise<Blob | RefusedPicture> => {
  if (!mediaTypes.includes(file.type)) return 'type';
  if (file.size > maxBytes) return 'bytes';
  const image = new Image();
  const url = URL.createObjectURL(file);
  try {
    // Its size is known once it is loaded, before anything of it is decoded.
    await new Promise((resolve, reject) => {
      image.onload = resolve;
      image.onerror = reject;
      image.src = url;
    });
    if (image.naturalWidth * image.naturalHeight > maxPixels) return 'pixels';
    await image.decode();
    const canvas = draw(image);
    for (const type of typesFor(file).filter((type) => mediaTypes.includes(type))) {
      const picture = await encode(canvas, type);
      if (picture?.type === type && picture.size <= maxBytes) return picture;
    }
    return 'bytes';
  } catch {
    return 'unreadable';
  } finally {
    URL.revokeObjectURL(url);
  }
};
