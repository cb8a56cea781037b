import type { Decorator } from '@storybook/web-components-vite';
import { html } from 'lit';
import './appearance.css';

export const widths = {
  w320: { name: '320 px', styles: { width: '320px', height: '640px' }, type: 'mobile' },
  w360: { name: '360 px', styles: { width: '360px', height: '740px' }, type: 'mobile' },
  w768: { name: '768 px', styles: { width: '768px', height: '1024px' }, type: 'tablet' },
} as const;

/** The page around a story: its colour scheme, writing direction, language and width. */
export const withAppearance: Decorator = (story, { globals, viewMode }) => {
  const { theme, direction, locale } = globals as Record<'theme' | 'direction' | 'locale', string>;
  const { value: width } = (globals.viewport ?? {}) as { value?: string };
  // On a page of documentation, a narrow story stands in a wide window, and beside others.
  const size = viewMode === 'docs' ? (width ?? '') : 'alone';
  return html`<div class="page ${theme} ${size}" dir=${direction} lang=${locale}>${story()}</div>`;
};
