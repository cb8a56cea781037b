import { deep } from './page.js';

/** A picture of these colours, from left to right. */
const paint = (width: number, height: number, colours: readonly string[]): HTMLCanvasElement => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  colours.forEach((colour, at) => {
    if (!context) return;
    context.fillStyle = colour;
    context.fillRect((at * width) / colours.length, 0, width / colours.length, height);
  });
  return canvas;
};

/** A file with a picture in it. */
export const pictureFile = async (
  colours: readonly string[] = ['rebeccapurple'],
  { width = 60, height = 40, type = 'image/png' } = {},
): Promise<File> => {
  const canvas = paint(width, height, colours);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type));
  if (picture?.type !== type) throw new Error(`This browser writes no ${type}`);
  return new File([picture], 'me', { type });
};

/** A photo as cameras take them, of so many pixels and somewhat more than so many bytes. */
export const photo = async (width: number, height: number, bytes = 0): Promise<File> => {
  const picture = await pictureFile(['red', 'lime', 'blue'], { width, height, type: 'image/jpeg' });
  return new File([picture, new Uint8Array(bytes)], 'photo.jpg', { type: 'image/jpeg' });
};

/** A photo whose quarters are red, lime, blue and white, from the left above to the right below, as the sensor saw it. */
export const quarteredPhoto = async (width: number, height: number): Promise<File> => {
  const canvas = paint(width, height, ['red', 'lime']);
  canvas.getContext('2d')?.drawImage(paint(width, height / 2, ['blue', 'white']), 0, height / 2);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg'));
  if (!picture) throw new Error('This browser writes no JPEG');
  return new File([picture], 'photo.jpg', { type: 'image/jpeg' });
};

/** The colours of a picture near its corners, row by row. */
export const cornersOf = async (picture: Blob): Promise<number[][]> => {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const context = new OffscreenCanvas(width, height).getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const near = [0.2, 0.8];
  return near.flatMap((y) =>
    near.map((x) => [...(context?.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data ?? [])]),
  );
};

/** The same JPEG, saying how the camera was held: as Exif counts, 1 to 8. */
export const turned = (jpeg: Blob, orientation: number): File => {
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1];
  const segment = [0xff, 0xe1, 0, 34, ...exif, 0, orientation, 0, 0, 0, 0, 0, 0];
  // Behind the two bytes with which every JPEG begins.
  return new File([jpeg.slice(0, 2), new Uint8Array(segment), jpeg.slice(2)], 'me.jpg', { type: 'image/jpeg' });
};

const bigEndian = (...numbers: number[]): Uint8Array<ArrayBuffer> => {
  const view = new DataView(new ArrayBuffer(numbers.length * 4));
  numbers.forEach((number, at) => view.setUint32(at * 4, number));
  return new Uint8Array(view.buffer);
};

/** Some bytes that say they are a picture of so many pixels, and hold none of them. */
export const promised = (width: number, height: number): File =>
  new File(
    [bigEndian(0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height), new Uint8Array([1, 0, 0, 0, 0])],
    'me.png',
    { type: 'image/png' },
  );

/** Chooses a file, as a person does in the browser's own dialog. */
export const chooseFile = (element: Element, file: File): void => {
  const input = deep<HTMLInputElement>(element, 'input[type="file"]');
  const chosen = new DataTransfer();
  chosen.items.add(file);
  input.files = chosen.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
};

/** The colours of a picture at its left, in its middle and at its right: whole numbers of red, green, blue, alpha. */
export const coloursOf = async (picture: Blob) => {
  const bitmap = await createImageBitmap(picture);
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context?.drawImage(bitmap, 0, 0);
  const at = (x: number) => [...(context?.getImageData(x, height / 2, 1, 1).data ?? [])];
  return { width, height, left: at(1), middle: at(Math.floor(width / 2)), right: at(width - 2) };
};
