import { html, nothing } from 'lit';
import { externalIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';

export interface ExternalLinkView {
  readonly href: string | null;
  readonly label: string;
  readonly localizer: Localizer;
}

/** A link to somebody else's page, in a new tab, and said so; nothing unless it goes there over TLS. */
export const externalLinkView = ({ href, label, localizer }: ExternalLinkView) =>
  href && URL.canParse(href) && new URL(href).protocol === 'https:'
    ? html`<a class="external" part="link" href=${href} target="_blank" rel="noopener noreferrer"
        >${label}${externalIcon}<span class="visually-hidden"> (${localizer.text('opensInNewTab')})</span></a
      >`
    : nothing;
