/** A picture as somebody would choose: a face, on a background. */
export const portrait = async (hue = 30, width = 320, height = 320): Promise<File> => {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser draws nothing.');
  const disc = (x: number, y: number, radius: number, colour: string) => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x * width, y * height, radius * height, 0, 2 * Math.PI);
    context.fill();
  };
  context.fillStyle = `hsl(${hue + 180} 45% 72%)`;
  context.fillRect(0, 0, width, height);
  disc(0.5, 0.36, 0.22, `hsl(${hue} 30% 22%)`);
  disc(0.5, 0.42, 0.18, `hsl(${hue} 55% 70%)`);
  disc(0.5, 1.02, 0.4, `hsl(${hue + 200} 50% 38%)`);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (!picture) throw new Error('This browser writes no picture.');
  return new File([picture], 'me.png', { type: 'image/png' });
};
