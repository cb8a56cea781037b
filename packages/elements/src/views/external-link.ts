import { html, nothing } from 'lit';
import { externalIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';

export interface ExternalLinkView {
  readonly href: string | null | undefined;
  readonly label: string;
  readonly localizer: Localizer;
  /** Where a path leads from; without it, only a whole address is followed. */
  readonly base?: string;
  /** By default, the page that it leads to does not even learn where from. */
  readonly rel?: string;
}

/** Only what cannot run: the host's own pages, and others over TLS. */
const safeUrl = (href: string | null | undefined, base: string | undefined): string | undefined => {
  const url = href && URL.canParse(href, base) ? new URL(href, base) : undefined;
  return url && (url.protocol === 'https:' || url.origin === location.origin) ? url.href : undefined;
};

/** A link to another page, in a new tab, and said so; nothing where it is not safe to follow. */
export const externalLinkView = ({ href, label, localizer, base, rel = 'noopener noreferrer' }: ExternalLinkView) => {
  const url = safeUrl(href, base);
  return url
    ? html`<a class="external" part="link" href=${url} target="_blank" rel=${rel}
        >${label}${externalIcon}<span class="visually-hidden"> (${localizer.text('opensInNewTab')})</span></a
      >`
    : nothing;
};
