/** `PNG, JPEG, or WebP`, as a language lists them. */
export const typesText = (mediaTypes: readonly string[], locale: string): string => {
  const names: Readonly<Record<string, string>> = { 'image/webp': 'WebP' };
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(
    mediaTypes.map((type) => names[type] ?? type.replace(/^.*\//, '').toUpperCase()),
  );
};

/** A number of pixels in millions: `120`. */
export const megapixelsText = (pixels: number, locale: string): string =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(pixels / 1_000_000);

/** `2 MB`, or `500 kB`. */
export const sizeText = (bytes: number, locale: string): string => {
  const [unit, size] = bytes < 1_000_000 ? (['kilobyte', 1000] as const) : (['megabyte', 1_000_000] as const);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, maximumFractionDigits: 1 }).format(bytes / size);
};
