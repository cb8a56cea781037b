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
