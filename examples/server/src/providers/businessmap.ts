import type { ProviderDefinition } from './definition.js';

export const businessmap: ProviderDefinition = {
  id: 'businessmap',
  name: 'Businessmap',
  color: '#2a5bd7',
  guideUrl: 'https://knowledgebase.businessmap.io/hc/en-us/articles/360012393692',
  hint: 'The key is in your Businessmap account settings, under API.',
  fields: [
    {
      id: 'subdomain',
      label: 'Subdomain',
      kind: 'text',
      hint: 'The part before .kanbanize.com in the address of your boards.',
      placeholder: 'your-company',
      addresses: [{ from: 'https://{}.kanbanize.com', except: ['www'] }],
    },
    { id: 'apiKey', label: 'API key', kind: 'secret' },
  ],
  requests: [{ baseUrl: 'https://{subdomain}.kanbanize.com', headers: { apikey: '{apiKey}' } }],
  messages: {
    'pt-BR': {
      hint: 'A chave está nas configurações da sua conta do Businessmap, em API.',
      'fields.subdomain.label': 'Subdomínio',
      'fields.subdomain.hint': 'A parte antes de .kanbanize.com no endereço dos seus quadros.',
      'fields.subdomain.placeholder': 'sua-empresa',
      'fields.apiKey.label': 'Chave de API',
    },
    es: {
      hint: 'La clave está en los ajustes de su cuenta de Businessmap, en API.',
      'fields.subdomain.label': 'Subdominio',
      'fields.subdomain.hint': 'La parte anterior a .kanbanize.com en la dirección de sus tableros.',
      'fields.subdomain.placeholder': 'mi-empresa',
      'fields.apiKey.label': 'Clave de API',
    },
    ja: {
      hint: 'キーは Businessmap のアカウント設定の「API」にあります。',
      'fields.subdomain.label': 'サブドメイン',
      'fields.subdomain.hint': 'ボードのアドレスで .kanbanize.com の前にある部分です。',
      'fields.subdomain.placeholder': 'your-company',
      'fields.apiKey.label': 'APIキー',
    },
  },
};
