import type { Provider, ProviderToken } from '@ai-cockpit/sdk';
import { html } from 'lit';
import type { Fact } from '../views/about.js';
import { neverView } from '../views/never.js';
import { pastTimeView } from '../views/timestamp.js';
import type { ProviderTokenListLocalizer } from './columns.js';
import { providerNameOf } from './rows.js';

/** Facts that identify a token before it is deleted. */
export const tokenFacts = (
  { name, code, provider, createdAt, lastUsedAt }: ProviderToken,
  providers: readonly Provider[],
  localizer: ProviderTokenListLocalizer,
): Fact[] => [
  ...(name ? [{ label: localizer.text('providerToken.name'), value: name }] : []),
  { label: localizer.text('providerToken.provider'), value: providerNameOf(provider, providers) },
  ...(code ? [{ label: localizer.text('providerToken.code'), value: html`<span class="mono">${code}</span>` }] : []),
  { label: localizer.text('providerToken.created'), value: pastTimeView(createdAt, localizer) },
  {
    label: localizer.text('providerToken.lastUsed'),
    value: lastUsedAt ? pastTimeView(lastUsedAt, localizer) : neverView('neverUsed', localizer),
  },
];
