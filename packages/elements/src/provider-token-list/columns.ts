import type { Policy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { alertIcon } from '../icons/icons.js';
import type { ListId, Localizer, ProviderTokenId } from '../locales/localizer.js';
import { guideOf } from '../provider-tokens/provider-fields.js';
import { externalLinkView } from '../views/external-link.js';
import { neverView } from '../views/never.js';
import { providerMarkView } from '../views/provider-mark.js';
import type { Column } from '../views/table.js';
import { pastTimeView } from '../views/timestamp.js';
import { type ProviderTokenRow, rowTitle } from './rows.js';

export type ProviderTokenListLocalizer = Localizer<ListId | ProviderTokenId>;

/** Statuses that only a new token from the provider can fix. */
const broken = ['invalid', 'expired', 'insufficient_scope'];

const statusTone = (status: string) => {
  if (status === 'valid') return 'success';
  if (broken.includes(status)) return 'danger';
  return status === 'untested' || status === 'unsupported' ? '' : 'warning';
};

/** The URL of the provider's instructions; for a token, of those for its way of signing in. */
const guideUrlOf = ({ provider, token }: ProviderTokenRow): string | null => {
  if (!provider || !token) return provider?.guideUrl ?? null;
  return guideOf(provider, (path) => token.values[path.slice('values.'.length)]).guideUrl ?? null;
};

const titleView = (row: ProviderTokenRow, localizer: ProviderTokenListLocalizer) => {
  const { providerName, token } = row;
  const isBroken = token && broken.includes(token.status);
  return html`<div class="title">
    ${providerMarkView({ ...row.provider, name: providerName })}
    <bdi>${rowTitle(row)}</bdi>
    ${token?.name ? html`<bdi class="muted provider">${providerName}</bdi>` : nothing}
    ${token?.description ? html`<bdi class="muted description" part="description">${token.description}</bdi>` : nothing}
    ${
      isBroken
        ? html`<p class="broken" part="advice">
            ${alertIcon}${localizer.text('providerToken.broken', { provider: providerName })}
          </p>`
        : nothing
    }
    ${
      !token || isBroken
        ? externalLinkView({
            href: guideUrlOf(row),
            label: localizer.text('providerToken.guide', { provider: providerName }),
            localizer,
          })
        : nothing
    }
  </div>`;
};

/** The columns that the policy shows. */
export const providerTokenColumns = (
  { providerTokens }: Policy,
  localizer: ProviderTokenListLocalizer,
): readonly Column<ProviderTokenRow>[] => {
  const { name = 'hidden', code = 'hidden' } = providerTokens?.fields ?? {};
  return [
    {
      title: localizer.text(name === 'hidden' ? 'providerToken.provider' : 'providerToken.name'),
      cell: (row) => titleView(row, localizer),
    },
    ...(code === 'hidden'
      ? []
      : [
          {
            title: localizer.text('providerToken.code'),
            cell: ({ token }: ProviderTokenRow) => token && html`<span class="mono">${token.code ?? '–'}</span>`,
          },
        ]),
    {
      title: localizer.text('providerToken.status'),
      cell: ({ token }) =>
        token
          ? html`<span class="badge ${statusTone(token.status)}" part="status"
              >${localizer.term('providerToken.status', token.status)}</span
            >`
          : html`<span class="muted">${localizer.text('providerToken.missing')}</span>`,
    },
    {
      title: localizer.text('providerToken.lastUsed'),
      cell: ({ token }) =>
        token && (token.lastUsedAt ? pastTimeView(token.lastUsedAt, localizer) : neverView('neverUsed', localizer)),
    },
    {
      title: localizer.text('providerToken.updated'),
      cell: ({ token }) => token && pastTimeView(token.updatedAt, localizer),
    },
  ];
};
