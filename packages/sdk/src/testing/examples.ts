import { aiCockpitOne } from '../presets/index.js';

/** Answers of the contract, for the scripted servers. */

export const secretValue = 'aic_canary0000AAsecretsecretsecretsecret000000ABCDEF';

export const owner = { kind: 'user', id: 'u1', name: 'Ana' };

export const apiKey = {
  id: 'k1',
  name: 'CI',
  description: '',
  owner,
  module: null,
  maskedValue: 'aic_…CDEF',
  status: 'active',
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: 'Ana',
  expiresAt: null,
  expiresOn: null,
  lastUsedAt: null,
  revokedAt: null,
  revocationReason: null,
  rotatedFrom: null,
  rotatedTo: null,
  version: 3,
};

export const activity = {
  id: 'a1',
  at: '2026-01-01T00:00:00Z',
  action: 'api_key.revoked',
  outcome: 'done',
  actor: { kind: 'user', id: 'u1', name: 'Ana' },
  owner,
  subject: { id: 'k1', name: 'CI' },
  detail: { reason: null },
  source: '203.0.113.7',
};

export const minted = { apiKey, secret: secretValue };

export const providerToken = {
  id: 't1',
  provider: 'jira',
  name: 'Jira',
  code: 'jira',
  description: '',
  owner,
  values: { host: 'acme.atlassian.net' },
  status: 'untested',
  checkedAt: null,
  expiresAt: null,
  lastUsedAt: null,
  createdAt: '2026-01-01T00:00:00Z',
  updatedAt: '2026-01-01T00:00:00Z',
  version: 1,
};

export const profile = {
  id: 'u1',
  loginName: 'ana',
  firstName: 'Ana',
  lastName: 'Silva',
  email: 'ana@acme.example',
  role: 'administrator',
  avatarUrl: null,
  organizations: [{ id: 'acme', name: 'Acme', role: 'administrator' }],
  version: 7,
};

export const policy = {
  ...aiCockpitOne,
  contractVersion: 1,
  userId: 'u1',
  organization: { id: 'acme', name: 'Acme', role: 'administrator', access: 'manage' },
};

export const notificationSettings = {
  email: 'ana@acme.example',
  enabled: false,
  events: ['job.failed'],
  locale: 'en',
  timeZone: null,
  delivery: 'ready',
  queue: null,
  version: 4,
};

export const provider = { id: 'jira', name: 'Jira', guideUrl: null, hint: null, fields: [] };
