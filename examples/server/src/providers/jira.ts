import type { ProviderDefinition } from './definition.js';

export const jira: ProviderDefinition = {
  id: 'jira',
  name: 'Jira',
  color: '#0052cc',
  guideUrl: 'https://support.atlassian.com/atlassian-account/docs/manage-api-tokens-for-your-atlassian-account/',
  hint: 'Tokens expire within a year. Create a new one in Atlassian and replace it here.',
  fields: [
    { id: 'site', label: 'Site', kind: 'host', placeholder: 'your-company.atlassian.net' },
    {
      id: 'email',
      label: 'E-mail',
      kind: 'email',
      hint: 'The e-mail address of the Atlassian account that created the token.',
    },
    { id: 'token', label: 'API token', kind: 'secret' },
  ],
  hosts: ['.atlassian.net'],
  requests: [{ baseUrl: 'https://{site}', headers: { Authorization: { basic: ['{email}', '{token}'] } } }],
  secretPattern: 'ATATT3[A-Za-z0-9_=-]{20,}',
  messages: {
    'pt-BR': {
      hint: 'Os tokens expiram em no máximo um ano. Crie um novo na Atlassian e substitua-o aqui.',
      'fields.site.label': 'Site',
      'fields.site.placeholder': 'sua-empresa.atlassian.net',
      'fields.email.label': 'E-mail',
      'fields.email.hint': 'O endereço da conta da Atlassian que criou o token.',
      'fields.token.label': 'Token de API',
    },
    es: {
      hint: 'Los tokens caducan como máximo en un año. Cree uno nuevo en Atlassian y sustitúyalo aquí.',
      'fields.site.label': 'Sitio',
      'fields.site.placeholder': 'mi-empresa.atlassian.net',
      'fields.email.label': 'Correo electrónico',
      'fields.email.hint': 'La dirección de la cuenta de Atlassian que creó el token.',
      'fields.token.label': 'Token de API',
    },
    ja: {
      hint: 'トークンの有効期間は最長1年です。Atlassian で新しいトークンを作成し、ここで置き換えてください。',
      'fields.site.label': 'サイト',
      'fields.site.placeholder': 'your-company.atlassian.net',
      'fields.email.label': 'メールアドレス',
      'fields.email.hint': 'トークンを作成した Atlassian アカウントのメールアドレス。',
      'fields.token.label': 'APIトークン',
    },
  },
};
