import type { HostPolicy } from '../contract/host-policy.js';

/** AIP Console: one key of 41 characters, generated anew at will; mail on what happens to jobs and applications. */
export const aipConsole: HostPolicy = {
  productName: 'AIP Console',
  accentColor: '#256b35',
  layout: 'sections',
  saving: 'section',
  sections: [{ id: 'profile' }, { id: 'api-keys' }, { id: 'notifications' }],
  profile: {
    editing: 'open',
    fields: {
      loginName: { access: 'read', managedBy: 'identityProvider' },
      firstName: { access: 'read', managedBy: 'identityProvider' },
      lastName: { access: 'read', managedBy: 'identityProvider' },
      email: { access: 'hidden' },
      role: { access: 'hidden' },
      avatar: { access: 'hidden' },
    },
  },
  providerTokens: null,
  apiKeys: {
    noun: 'apiKey',
    verb: 'generate',
    owner: 'user',
    presentation: 'single',
    limit: 1,
    atLimit: 'replace',
    fields: { name: 'hidden', description: 'hidden' },
    uniqueNames: false,
    modules: [],
    expiry: {
      mode: 'none',
      input: 'date',
      choicesInDays: [],
      defaultInDays: null,
      maxInDays: null,
      custom: false,
    },
    rotation: null,
    format: { style: '8.32' },
    mask: 'hidden',
    removal: 'delete',
    reveal: 'inline',
    columns: ['createdAt', 'lastUsedAt', 'status'],
    warnDaysBeforeExpiry: null,
    header: 'X-API-KEY',
  },
  notifications: {
    events: ['job.completed', 'job.failed', 'job.stopped', 'application.created', 'version.created'],
  },
  administration: null,
  messages: {
    en: {
      'mail.open': 'Go to {product}',
      'apiKeySingle.empty.generate': 'No API key found. Generate one to create it.',
    },
    'pt-BR': {
      'mail.open': 'Acessar {product}',
      'apiKeySingle.empty.generate': 'Nenhuma chave de API encontrada. Gere uma para começar.',
    },
    es: {
      'mail.open': 'Ir a {product}',
      'apiKeySingle.empty.generate': 'No se ha encontrado ninguna clave de API. Genere una para empezar.',
    },
    ja: {
      'mail.open': '{product} を開く',
      'apiKeySingle.empty.generate': 'APIキーが見つかりません。生成してください。',
    },
  },
};
