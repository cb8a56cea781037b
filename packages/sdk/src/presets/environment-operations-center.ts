import type { HostPolicy } from '../contract/host-policy.js';

/** Environment Operations Center: one page with one Save; a picture; one token at a time, for a chosen period. */
export const environmentOperationsCenter: HostPolicy = {
  layout: 'page',
  saving: 'page',
  sections: [{ id: 'profile' }, { id: 'api-keys' }],
  profile: {
    editing: 'open',
    fields: {
      loginName: { access: 'hidden' },
      firstName: { access: 'edit', required: true },
      lastName: { access: 'edit', required: true },
      email: { access: 'edit', required: true },
      role: { access: 'hidden' },
      avatar: {
        access: 'edit',
        maxBytes: 2_000_000,
        maxPixels: 16_000_000,
        mediaTypes: ['image/png', 'image/jpeg', 'image/webp'],
      },
    },
  },
  providerTokens: null,
  apiKeys: {
    noun: 'apiToken',
    verb: 'generate',
    owner: 'user',
    presentation: 'single',
    limit: 1,
    atLimit: 'reject',
    fields: { name: 'hidden', description: 'hidden' },
    uniqueNames: false,
    modules: [],
    expiry: {
      mode: 'required',
      input: 'choices',
      choicesInDays: [30, 60, 90, 180, 365],
      defaultInDays: 30,
      maxInDays: 365,
      custom: true,
    },
    rotation: null,
    format: { prefix: 'eoc' },
    mask: 'prefixLast4',
    removal: 'delete',
    reveal: 'inline',
    columns: ['maskedValue', 'createdAt', 'expiresAt', 'status'],
    warnDaysBeforeExpiry: 14,
    header: 'Authorization',
  },
  notifications: null,
  administration: null,
};
