import { html, nothing, svg } from 'lit';

/** The members of a provider that its mark is drawn from. */
export interface Marked {
  readonly name: string;
  readonly color?: string | null | undefined;
  readonly monogram?: string | undefined;
  readonly icon?: string | null | undefined;
}

/** Whether dark ink is easier to read on a colour than white. */
const isLight = (color: string): boolean => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
  return 0.299 * red + 0.587 * green + 0.114 * blue > 150;
};

/**
 * A provider's letters or icon on its colour; decorative, as its name stands beside it. The colour is an attribute of
 * SVG: a strict Content Security Policy forbids inline styles.
 */
export const providerMarkView = ({ name, color, icon, monogram = [...name][0] ?? '' }: Marked) => {
  // A server may send anything.
  const fill = /^#[0-9a-f]{6}$/i.test(color ?? '') ? color : undefined;
  const ink = fill && isLight(fill) ? 'dark' : fill ? 'light' : '';
  return html`<span class="mark ${ink}" part="mark" aria-hidden="true" data-letters=${icon ? '' : [...monogram].slice(0, 3).join('')}
    ><svg viewBox="0 0 36 36" width="24" height="24">
      <rect width="36" height="36" rx="8" fill=${fill ?? nothing} />
      ${icon ? svg`<path transform="translate(6 6)" d=${icon} />` : nothing}
    </svg></span
  >`;
};
