import type { Policy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { ProviderTokenListLocalizer } from './columns.js';

export interface OwnerGroup {
  /** The heading; absent where all tokens have the same owner. */
  readonly title: unknown;
  readonly isReadOnly: boolean;
  readonly content: unknown;
}

/** The tokens of one owner, below the owner's name. */
export const ownerGroupView = (
  { title, isReadOnly, content }: OwnerGroup,
  { organization }: Policy,
  localizer: ProviderTokenListLocalizer,
) => html`<section part="group">
  ${title ? html`<h2 part="title">${title}</h2>` : nothing}
  ${
    isReadOnly && organization
      ? html`<p class="note" part="read-only">${localizer.text('providerToken.readOnly', { organization: organization.name })}</p>`
      : nothing
  }
  ${content}
</section>`;

/** Why the organization's tokens cannot be seen; everybody may see their own. */
export const tokensDeniedView = ({ organization }: Policy, localizer: ProviderTokenListLocalizer) =>
  html`<p class="none" part="denied">
    ${
      organization
        ? localizer.text('providerToken.denied', {
            organization: organization.name,
            role: localizer.term('role', organization.role),
          })
        : localizer.text('sections.denied.no_organization')
    }
  </p>`;
