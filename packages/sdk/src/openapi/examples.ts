import type { ProblemCode } from '../contract/endpoints/problem-codes.js';
import { problemStatus } from '../contract/endpoints/problem-codes.js';
import { aiCockpitOne } from '../presets/ai-cockpit-one.js';

const owner = { kind: 'organization', id: 'acme', name: 'Acme' };
const acme = { id: 'acme', name: 'Acme', role: 'administrator' };

const apiKey = {
  id: '0Kx3bVt9QzLw',
  name: '',
  description: 'Nightly report',
  owner,
  module: null,
  maskedValue: 'aic_…CDEF',
  status: 'active',
  createdAt: '2026-01-01T09:30:00.000Z',
  createdBy: 'Ana Silva',
  expiresAt: '2026-03-31T23:59:59.000Z',
  expiresOn: '2026-03-31',
  lastUsedAt: '2026-01-05T07:00:00.000Z',
  lastUsedFrom: { address: '203.0.113.7', product: 'curl' },
  revokedAt: null,
  revocationReason: null,
  rotatedFrom: null,
  rotatedTo: null,
  version: 1,
};

const revokedApiKey = {
  ...apiKey,
  status: 'revoked',
  revokedAt: '2026-01-02T08:00:00.000Z',
  revocationReason: 'Found in a log',
  version: 2,
};

const profile = {
  id: 'ana',
  loginName: 'ana',
  firstName: 'Ana',
  lastName: 'Silva',
  email: 'ana@acme.example',
  role: 'administrator',
  avatarUrl: '/v1/profile/avatar?version=3',
  organizations: [acme, { id: 'globex', name: 'Globex', role: 'member' }],
  version: 3,
};

const providerToken = {
  id: 'c0nZ8vYq3pLk2mWt7RxA',
  provider: 'jira',
  name: 'Jira of the support team',
  code: 'support',
  description: '',
  owner,
  values: { site: 'acme.atlassian.net', email: 'ana@acme.example' },
  status: 'untested',
  checkedAt: null,
  expiresAt: null,
  lastUsedAt: '2026-01-02T08:00:00.000Z',
  createdAt: '2026-01-01T09:30:00.000Z',
  updatedAt: '2026-01-01T09:30:00.000Z',
  version: 1,
};

const provider = {
  id: 'jira',
  name: 'Jira',
  guideUrl: 'https://id.atlassian.com/manage-profile/security/api-tokens',
  hint: null,
  fields: [
    {
      id: 'site',
      label: 'Site',
      kind: 'host',
      required: true,
      hint: null,
      placeholder: 'acme.atlassian.net',
      when: null,
    },
    { id: 'email', label: 'E-mail', kind: 'email', required: true, hint: null, placeholder: null, when: null },
    { id: 'token', label: 'API token', kind: 'secret', required: true, hint: null, placeholder: null, when: null },
  ],
};

const notificationSettings = {
  email: 'ana@acme.example',
  enabled: true,
  events: ['job.failed', 'job.stopped'],
  locale: 'en',
  timeZone: 'Europe/Berlin',
  delivery: 'ready',
  queue: { waiting: 0, oldestAt: null },
  version: 2,
};

const activity = {
  id: 'p4Wq8sTn2hYc6vBm0ZrE',
  at: '2026-01-02T08:00:00.000Z',
  count: 1,
  lastAt: null,
  action: 'api_key.revoked',
  outcome: 'done',
  actor: { kind: 'user', id: 'ana', name: 'Ana Silva' },
  owner,
  subject: { id: apiKey.id, name: 'Nightly report' },
  detail: { reason: 'Found in a log' },
  source: '203.0.113.7',
};

/** A successful answer of each operation that answers with JSON, by operationId. */
export const answerExamples: Readonly<Record<string, unknown>> = {
  getPolicy: {
    ...aiCockpitOne,
    contractVersion: 1,
    userId: 'ana',
    organization: { ...acme, access: 'manage' },
  },
  getProfile: profile,
  updateProfile: { ...profile, firstName: 'Anabel', version: 4 },
  setAvatar: { ...profile, avatarUrl: '/v1/profile/avatar?version=4', version: 4 },
  removeAvatar: { ...profile, avatarUrl: null, version: 4 },
  listProviders: { data: [provider] },
  listProviderTokens: { data: [providerToken], nextCursor: null, total: 1 },
  createProviderToken: { ...providerToken, lastUsedAt: null },
  getProviderToken: providerToken,
  updateProviderToken: { ...providerToken, description: 'For the nightly report', version: 2 },
  listApiKeys: { data: [apiKey], nextCursor: null, total: 1, remaining: 4 },
  createApiKey: { apiKey, secret: 'aic_0Kx3bVt9QzLw7nYc2RmHs5Pd8GfJ4tWq1ZkXuB6vNaEeCDEF' },
  getApiKey: apiKey,
  revokeApiKey: revokedApiKey,
  listAllApiKeys: { data: [revokedApiKey], nextCursor: null, total: 1 },
  revokeAnyApiKey: revokedApiKey,
  listActivity: { data: [activity], nextCursor: 'WzE3Njc.k3Jd', total: 121 },
  getNotificationSettings: notificationSettings,
  updateNotificationSettings: { ...notificationSettings, events: ['job.failed'], version: 3 },
  publishEvent: { id: 'job-4711-failed', recipients: 3, reason: null },
  whoAmI: { apiKeyId: apiKey.id, owner, module: null, expiresAt: apiKey.expiresAt },
  leaseCredential: {
    headers: { Authorization: 'Basic YW5hQGFjbWUuZXhhbXBsZTp0b2tlbg==' },
    baseUrl: 'https://acme.atlassian.net',
    expiresAt: '2026-01-02T08:05:00.000Z',
    leaseId: 'h7Jd3kQx9vLs1bNz5TgC',
  },
};

/** A request of each operation that takes JSON, by operationId. */
export const requestExamples: Readonly<Record<string, unknown>> = {
  updateProfile: { firstName: 'Anabel' },
  createProviderToken: {
    provider: 'jira',
    name: 'Jira of the support team',
    code: 'support',
    values: { site: 'acme.atlassian.net', email: 'ana@acme.example', token: 'the token' },
  },
  updateProviderToken: { description: 'For the nightly report' },
  createApiKey: { description: 'Nightly report', expiresAt: '2026-03-31' },
  revokeApiKey: { reason: 'Found in a log' },
  revokeAnyApiKey: { reason: 'Found in a log' },
  updateNotificationSettings: { events: ['job.failed'] },
  publishEvent: {
    id: 'job-4711-failed',
    type: 'job.failed',
    subject: 'organization:acme',
    title: 'Nightly report',
    occurredAt: '2026-01-02T08:00:00Z',
    link: 'https://host.example/jobs/4711',
  },
  leaseCredential: { provider: 'jira', purpose: 'Read open issues' },
};

/** The codes of problems that list errors of fields. */
const fieldErrors: Partial<Record<ProblemCode, { path: string; code: string; message: string }>> = {
  malformed: { path: 'limit', code: 'beyond_maximum', message: 'exceeds the maximum' },
  field_not_editable: { path: 'email', code: 'not_editable', message: 'may not be edited by this person' },
  invalid: { path: 'name', code: 'required', message: 'is required' },
};

const inWords = (code: string): string => `${code.charAt(0).toUpperCase()}${code.slice(1).replaceAll('_', ' ')}`;

export const problemExample = (code: ProblemCode) => {
  const fieldError = fieldErrors[code];
  return {
    type: `urn:ai-cockpit:problem:${code}`,
    title: inWords(code),
    status: problemStatus[code],
    code,
    requestId: 'c0nZ8vYq3pLk2mWt7RxA',
    ...(fieldError && { errors: [fieldError] }),
  };
};
