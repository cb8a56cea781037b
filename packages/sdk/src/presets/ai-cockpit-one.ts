import type { HostPolicy } from '../contract/host-policy.js';

/** AI Cockpit One: tabs; provider tokens of a person or the organization; any number of keys, the organization's. */
export const aiCockpitOne: HostPolicy = {
  productName: 'AI Cockpit One',
  accentColor: '#285cc2',
  layout: 'tabs',
  saving: 'section',
  sections: [
    { id: 'profile' },
    { id: 'providers' },
    { id: 'api-keys' },
    { id: 'terms', href: 'terms' },
    { id: 'documentation', href: 'documentation' },
  ],
  profile: {
    editing: 'open',
    fields: {
      loginName: { access: 'hidden' },
      firstName: { access: 'edit', required: true },
      lastName: { access: 'edit', required: true },
      email: { access: 'read', managedBy: 'organization' },
      role: { access: 'read', managedBy: 'organization' },
      avatar: { access: 'hidden' },
    },
  },
  providerTokens: {
    owners: ['organization', 'user'],
    presentation: 'list',
    fields: { name: 'required', code: 'required', description: 'optional' },
    providers: ['jira', 'businessmap', 'azure-devops', 'servicenow', 'github-projects'],
    rawLeases: true,
  },
  apiKeys: {
    noun: 'apiKey',
    verb: 'create',
    owner: 'organization',
    presentation: 'list',
    limit: null,
    atLimit: 'reject',
    fields: { name: 'hidden', description: 'required' },
    uniqueNames: false,
    modules: [
      {
        id: 'agents',
        name: 'Agents',
        messages: { 'pt-BR': { name: 'Agentes' }, es: { name: 'Agentes' }, ja: { name: 'エージェント' } },
      },
      {
        id: 'projects',
        name: 'Projects',
        messages: { 'pt-BR': { name: 'Projetos' }, es: { name: 'Proyectos' }, ja: { name: 'プロジェクト' } },
      },
      {
        id: 'reports',
        name: 'Reports',
        messages: { 'pt-BR': { name: 'Relatórios' }, es: { name: 'Informes' }, ja: { name: 'レポート' } },
      },
    ],
    expiry: {
      mode: 'optional',
      input: 'date',
      choicesInDays: [],
      defaultInDays: null,
      maxInDays: null,
      custom: true,
    },
    rotation: null,
    format: { prefix: 'aico' },
    mask: 'prefixLast4',
    removal: 'delete',
    reveal: 'dialog',
    columns: ['description', 'maskedValue', 'module', 'createdAt', 'createdBy', 'lastUsedAt', 'expiresAt', 'status'],
    warnDaysBeforeExpiry: 14,
    header: 'X-API-KEY',
  },
  notifications: null,
  administration: null,
};
