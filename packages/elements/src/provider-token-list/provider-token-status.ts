import { html } from 'lit';
import type { Localizer, MessageId } from '../locales/localizer.js';

/** Statuses that only a new token at the provider mends. */
const broken = ['invalid', 'expired', 'insufficient_scope'];

export const isBroken = (status: string): boolean => broken.includes(status);

const toneOf = (status: string) => {
  if (status === 'valid') return 'success';
  if (isBroken(status)) return 'danger';
  return status === 'untested' || status === 'unsupported' ? '' : 'warning';
};

/** What the last check said, in words; a status that this version does not know by its id. */
export const providerTokenStatusView = (status: string, localizer: Localizer) => {
  const id = `providerToken.status.${status}`;
  const text = localizer.text(id as MessageId & 'providerToken.status.valid');
  return html`<span class="badge ${toneOf(status)}" part="status">${text === id ? status : text}</span>`;
};
