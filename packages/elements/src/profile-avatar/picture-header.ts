/** The type and size of a picture, read from its header before it is decoded. */
export interface PictureHeader {
  readonly type: string;
  /** In pixels, as stored: before a photo is rotated by its Exif orientation. */
  readonly width: number;
  readonly height: number;
}

/** A JPEG has some dozens of segments before its pixels. */
const mostSegments = 2000;
/** The box of HEIC and AVIF that holds the size. */
const longestMetadata = 262_144;

const view = async (file: Blob, at: number, length: number) =>
  new DataView(await file.slice(at, at + length).arrayBuffer());

const textAt = ({ buffer }: DataView, at: number): string =>
  String.fromCharCode(...new Uint8Array(buffer).subarray(at, at + 4));

/** The frame header follows Exif data, a preview and colour profiles. */
const jpegSize = async (file: Blob): Promise<[width: number, height: number] | undefined> => {
  let at = 2;
  for (let segments = 0; segments < mostSegments; segments += 1) {
    const segment = await view(file, at, 9);
    const marker = segment.getUint16(0);
    const isFrame = marker >= 0xffc0 && marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) return [segment.getUint16(7), segment.getUint16(5)];
    if (marker < 0xff00) return undefined;
    // Any number of fill bytes may precede a marker.
    at += marker === 0xffff ? 1 : 2 + segment.getUint16(2);
  }
  return undefined;
};

const webpSize = (start: DataView): [width: number, height: number] => {
  const kind = textAt(start, 12);
  if (kind === 'VP8X') {
    const canvas = (at: number) => start.getUint16(at, true) + start.getUint8(at + 2) * 65_536 + 1;
    return [canvas(24), canvas(27)];
  }
  const sizes = kind === 'VP8L' ? start.getUint32(21, true) : 0;
  return kind === 'VP8L'
    ? [(sizes & 0x3fff) + 1, ((sizes >> 14) & 0x3fff) + 1]
    : [start.getUint16(26, true) & 0x3fff, start.getUint16(28, true) & 0x3fff];
};

/** The largest of the images in the file: others are its tiles, or a preview. */
const heifSize = async (file: Blob): Promise<[width: number, height: number]> => {
  const metadata = await view(file, 0, longestMetadata);
  let largest: [number, number] = [0, 0];
  for (let at = 0; at + 16 <= metadata.byteLength; at += 1) {
    if (metadata.getUint32(at) !== 0x69737065 /* ispe */) continue;
    const size: [number, number] = [metadata.getUint32(at + 8), metadata.getUint32(at + 12)];
    if (size[0] * size[1] > largest[0] * largest[1]) largest = size;
  }
  return largest;
};

/** Reads the content of a file, not its name. `undefined` where it is no picture of a known type. */
export const readPictureHeader = async (file: Blob): Promise<PictureHeader | undefined> => {
  try {
    const start = await view(file, 0, 30);
    const of = (type: string, [width, height] = [0, 0]) =>
      width * height > 0 ? { type: `image/${type}`, width, height } : undefined;
    if (start.getUint16(0) === 0xffd8) return of('jpeg', await jpegSize(file));
    switch (textAt(start, 0)) {
      case '\x89PNG':
        return of('png', [start.getUint32(16), start.getUint32(20)]);
      case 'GIF8':
        return of('gif', [start.getUint16(6, true), start.getUint16(8, true)]);
      case 'RIFF':
        return textAt(start, 8) === 'WEBP' ? of('webp', webpSize(start)) : undefined;
    }
    if (textAt(start, 4) !== 'ftyp') return undefined;
    return of(textAt(start, 8).startsWith('avi') ? 'avif' : 'heic', await heifSize(file));
  } catch {
    // The file ends before its size, or cannot be read.
    return undefined;
  }
};
