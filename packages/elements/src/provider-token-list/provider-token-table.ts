import type { Provider, ProviderToken, ProviderTokensPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { alertIcon } from '../icons/icons.js';
import type { Localizer } from '../locales/localizer.js';
import { externalLinkView } from '../views/external-link.js';
import { rowMenuView } from '../views/row-menu.js';
import { timestampView } from '../views/timestamp.js';
import { isBroken, providerTokenStatusView } from './provider-token-status.js';

/** A token, or in a list of one row a provider, a provider that has none yet. */
export interface ProviderTokenRow {
  readonly providerId: string;
  readonly provider: Provider | undefined;
  readonly token: ProviderToken | undefined;
}

export interface ProviderTokenTableView {
  readonly label: string;
  readonly rows: readonly ProviderTokenRow[];
  readonly fields: ProviderTokensPolicy['fields'];
  /** The token just saved. */
  readonly freshId: string | undefined;
  readonly isBusy: boolean;
  readonly localizer: Localizer;
  /** Absent where the person may only look. */
  readonly actions?:
    | {
        readonly add: (provider: string) => void;
        readonly edit: (token: ProviderToken) => void;
        readonly remove: (token: ProviderToken) => void;
      }
    | undefined;
}

/** What a token is called: its name, or its provider's where tokens have none. */
export const tokenTitle = (token: ProviderToken, provider: Provider | undefined): string =>
  token.name || (provider?.name ?? token.provider);

const brokenView = (provider: string, localizer: Localizer) =>
  html`<p class="broken" part="advice">${alertIcon}${localizer.text('providerToken.broken', { provider })}</p>`;

const headerView = ({ providerId, provider, token }: ProviderTokenRow, localizer: Localizer) => {
  const providerName = provider?.name ?? providerId;
  return html`<th scope="row">
    <div class="title">
      <span>${token ? tokenTitle(token, provider) : providerName}</span>
      ${token?.name ? html`<span class="muted provider">${providerName}</span>` : nothing}
      ${token && isBroken(token.status) ? brokenView(providerName, localizer) : nothing}
      ${
        token && !isBroken(token.status)
          ? nothing
          : externalLinkView({
              href: provider?.guideUrl ?? null,
              label: localizer.text('providerToken.guide', { provider: providerName }),
              localizer,
            })
      }
    </div>
  </th>`;
};

const actionsView = ({ providerId, provider, token }: ProviderTokenRow, view: ProviderTokenTableView) => {
  const { localizer, actions } = view;
  if (!actions) return nothing;
  const providerName = provider?.name ?? providerId;
  return html`<td class="row-actions">
    ${
      token
        ? rowMenuView({
            id: `menu-${token.id}`,
            label: localizer.text('actions', { name: tokenTitle(token, provider) }),
            actions: [
              { label: localizer.text('edit'), run: () => actions.edit(token) },
              { label: localizer.text('delete'), run: () => actions.remove(token), destructive: true },
            ],
          })
        : html`<button
            type="button"
            part="add"
            aria-label=${localizer.text('providerToken.addFor', { provider: providerName })}
            @click=${() => actions.add(providerId)}
          >
            ${localizer.text('providerToken.add')}
          </button>`
    }
  </td>`;
};

const cellsView = ({ token }: ProviderTokenRow, { fields, localizer }: ProviderTokenTableView) => {
  const hasCode = fields.code !== 'hidden';
  if (!token) {
    return html`<td class="muted" colspan=${hasCode ? 4 : 3}>${localizer.text('providerToken.missing')}</td>`;
  }
  return html`
    ${
      hasCode
        ? html`<td data-label=${localizer.text('providerToken.code')}><span class="mono">${token.code ?? '–'}</span></td>`
        : nothing
    }
    <td data-label=${localizer.text('providerToken.status')}>${providerTokenStatusView(token.status, localizer)}</td>
    <td data-label=${localizer.text('providerToken.lastUsed')}>
      ${token.lastUsedAt ? timestampView(token.lastUsedAt, localizer) : html`<span class="muted">${localizer.text('never')}</span>`}
    </td>
    <td data-label=${localizer.text('providerToken.updated')}>${timestampView(token.updatedAt, localizer)}</td>
  `;
};

/** One owner's tokens. */
export const providerTokenTableView = (view: ProviderTokenTableView) => {
  const { label, rows, fields, freshId, localizer, actions } = view;
  const first = fields.name === 'hidden' ? 'providerToken.provider' : 'providerToken.name';
  return html`<div class="frame" part="frame" aria-busy=${view.isBusy}>
    <table part="table" class=${rows.every(({ token }) => token) ? '' : 'adds'} aria-label=${label}>
      <thead>
        <tr>
          <th scope="col">${localizer.text(first)}</th>
          ${fields.code === 'hidden' ? nothing : html`<th scope="col">${localizer.text('providerToken.code')}</th>`}
          <th scope="col">${localizer.text('providerToken.status')}</th>
          <th scope="col">${localizer.text('providerToken.lastUsed')}</th>
          <th scope="col">${localizer.text('providerToken.updated')}</th>
          ${
            actions
              ? html`<th scope="col"><span class="visually-hidden">${localizer.text('providerToken.actions')}</span></th>`
              : nothing
          }
        </tr>
      </thead>
      <tbody>
        ${repeat(
          rows,
          ({ providerId, token }) => token?.id ?? providerId,
          (row) => html`<tr part="row" class=${row.token && row.token.id === freshId ? 'fresh' : ''}>
            ${headerView(row, localizer)} ${cellsView(row, view)} ${actionsView(row, view)}
          </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
};
