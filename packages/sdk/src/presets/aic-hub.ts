import type { HostPolicy } from '../contract/host-policy.js';

/** AIC Hub: tabs; everybody's own provider tokens, one row a provider; any number of keys of one's own, named. */
export const aicHub: HostPolicy = {
  productName: 'AIC Hub',
  accentColor: '#006f6a',
  layout: 'tabs',
  saving: 'section',
  sections: [
    { id: 'profile' },
    { id: 'api-keys' },
    { id: 'providers' },
    { id: 'documentation', href: 'documentation' },
  ],
  profile: {
    editing: 'explicit',
    fields: {
      loginName: { access: 'hidden' },
      firstName: { access: 'edit', required: true },
      lastName: { access: 'edit', required: true },
      email: { access: 'read', managedBy: 'identityProvider' },
      role: { access: 'hidden' },
      avatar: { access: 'hidden' },
    },
  },
  providerTokens: {
    owners: ['user'],
    presentation: 'perProvider',
    fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
    providers: ['jira', 'businessmap', 'azure-devops', 'servicenow'],
    rawLeases: true,
  },
  apiKeys: {
    noun: 'apiKey',
    verb: 'create',
    owner: 'user',
    presentation: 'list',
    limit: null,
    atLimit: 'reject',
    fields: { name: 'required', description: 'hidden' },
    uniqueNames: true,
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
    format: { prefix: 'aich' },
    mask: 'hidden',
    removal: 'delete',
    reveal: 'dialog',
    columns: ['name', 'createdAt', 'lastUsedAt'],
    warnDaysBeforeExpiry: null,
    header: 'X-API-KEY',
  },
  notifications: null,
  administration: null,
  messages: {
    en: {
      'section.providers': 'Provider tokens',
      'providerToken.advice':
        'Provider tokens are personal: they represent your identity on the external platform, and each user adds their own. Agents use them to access these platforms on your behalf. Keep them private: do not share them, and keep them out of source control. Once saved, a token is never shown again.',
    },
    'pt-BR': {
      'section.providers': 'Tokens de provedores',
      'providerToken.advice':
        'Os tokens de provedores são pessoais: eles representam a sua identidade na plataforma externa, e cada usuário adiciona os seus. Os agentes os usam para acessar essas plataformas em seu nome. Mantenha-os privados: não os compartilhe nem os guarde no controle de versão. Depois de salvo, um token nunca mais é mostrado.',
    },
    es: {
      'section.providers': 'Tokens de proveedores',
      'providerToken.advice':
        'Los tokens de proveedores son personales: representan su identidad en la plataforma externa y cada usuario añade los suyos. Los agentes los usan para acceder a esas plataformas en su nombre. Manténgalos en privado: no los comparta ni los guarde en el control de versiones. Una vez guardado, un token no se vuelve a mostrar.',
    },
    ja: {
      'section.providers': 'プロバイダートークン',
      'providerToken.advice':
        'プロバイダートークンは個人のものです。外部プラットフォームでのあなた自身を表すため、各ユーザーが自分のトークンを追加します。エージェントは、あなたに代わってプラットフォームにアクセスするために使用します。共有したり、ソース管理に含めたりせず、非公開にしてください。保存したトークンは二度と表示されません。',
    },
  },
};
