import type { ProviderDefinition } from './definition.js';

export const jiraDataCenter: ProviderDefinition = {
  id: 'jira-data-center',
  name: 'Jira Data Center',
  color: '#0052cc',
  guideUrl: 'https://confluence.atlassian.com/enterprise/using-personal-access-tokens-1026032365.html',
  hint: 'A Jira server that you host, not an Atlassian Cloud site.',
  fields: [
    {
      id: 'baseUrl',
      label: 'Base URL',
      kind: 'url',
      placeholder: 'https://jira.example.com',
      path: true,
      pages: [
        'browse',
        'default.jsp',
        'issues',
        'login.jsp',
        'logout',
        'plugins',
        'projects',
        'rest',
        'secure',
        'servicedesk',
      ],
    },
    { id: 'token', label: 'Personal access token', kind: 'secret' },
  ],
  requests: [{ baseUrl: '{baseUrl}', headers: { Authorization: 'Bearer {token}' } }],
  messages: {
    'pt-BR': {
      hint: 'Um servidor Jira próprio, não um site do Atlassian Cloud.',
      'fields.baseUrl.label': 'URL base',
      'fields.baseUrl.placeholder': 'https://jira.example.com',
      'fields.token.label': 'Token de acesso pessoal',
    },
    es: {
      hint: 'Un servidor de Jira propio, no un sitio de Atlassian Cloud.',
      'fields.baseUrl.label': 'URL base',
      'fields.baseUrl.placeholder': 'https://jira.example.com',
      'fields.token.label': 'Token de acceso personal',
    },
    ja: {
      hint: 'Atlassian Cloud のサイトではなく、自社で運用する Jira サーバーです。',
      'fields.baseUrl.label': 'ベースURL',
      'fields.baseUrl.placeholder': 'https://jira.example.com',
      'fields.token.label': '個人用アクセストークン',
    },
  },
};
