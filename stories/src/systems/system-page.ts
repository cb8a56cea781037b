import { html, nothing } from 'lit';
import './system-page.css';

export interface SystemPage {
  /** The name of the product, as in its header. */
  readonly product: string;
  readonly heading: string;
  /** The purpose of the page, in a sentence. */
  readonly lead: string;
  /** In the header, at its end: mostly a `<profile-menu>`, where the product has one. */
  readonly menu?: unknown;
  /** As the host brands its page: the one colour that all states of a control follow. */
  readonly accent: string;
  /** The content below the heading, if it is more than the page of the policy. */
  readonly content?: unknown;
}

/** A product's own page, put together as its host does; the policy in `parameters.server` makes it that product's. */
export const systemPage =
  ({ product, heading, lead, menu = nothing, accent, content }: SystemPage) =>
  () =>
    html`
    <div class="system" .style=${`--cockpit-color-accent: ${accent}`}>
      <header><strong>${product}</strong>${menu}</header>
      <main>
        <h1>${heading}</h1>
        <p>${lead}</p>
        ${content ?? html`<profile-tabs></profile-tabs>`}
      </main>
    </div>
  `;
