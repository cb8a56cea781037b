import type { ProviderDefinition } from './definition.js';

const withPassword = { field: 'method', value: 'password' };
const withApiKey = { field: 'method', value: 'apiKey' };

export const serviceNow: ProviderDefinition = {
  id: 'servicenow',
  name: 'ServiceNow',
  color: '#1f6f5c',
  guideUrl:
    'https://www.servicenow.com/docs/bundle/zurich-platform-security/page/integrate/authentication/task/configure-api-key.html',
  guideWhen: withApiKey,
  hint: 'API keys are created by an administrator of the instance.',
  fields: [
    { id: 'instance', label: 'Instance', kind: 'host', placeholder: 'your-company.service-now.com' },
    {
      id: 'method',
      label: 'Sign in with',
      kind: 'choice',
      options: [
        { id: 'password', label: 'User and password' },
        { id: 'apiKey', label: 'API key' },
      ],
    },
    { id: 'user', label: 'User', kind: 'text', when: withPassword },
    { id: 'password', label: 'Password', kind: 'password', when: withPassword },
    { id: 'apiKey', label: 'API key', kind: 'secret', when: withApiKey },
  ],
  hosts: ['.service-now.com', '.servicenowservices.com'],
  requests: [
    { baseUrl: 'https://{instance}', headers: { 'x-sn-apikey': '{apiKey}' } },
    { baseUrl: 'https://{instance}', headers: { Authorization: { basic: ['{user}', '{password}'] } } },
  ],
  messages: {
    'pt-BR': {
      hint: 'As chaves de API são criadas por um administrador da instância.',
      'fields.instance.label': 'Instância',
      'fields.instance.placeholder': 'sua-empresa.service-now.com',
      'fields.method.label': 'Entrar com',
      'fields.method.options.password': 'Usuário e senha',
      'fields.method.options.apiKey': 'Chave de API',
      'fields.user.label': 'Usuário',
      'fields.password.label': 'Senha',
      'fields.apiKey.label': 'Chave de API',
    },
    es: {
      hint: 'Un administrador de la instancia crea las claves de API.',
      'fields.instance.label': 'Instancia',
      'fields.instance.placeholder': 'mi-empresa.service-now.com',
      'fields.method.label': 'Iniciar sesión con',
      'fields.method.options.password': 'Usuario y contraseña',
      'fields.method.options.apiKey': 'Clave de API',
      'fields.user.label': 'Usuario',
      'fields.password.label': 'Contraseña',
      'fields.apiKey.label': 'Clave de API',
    },
    ja: {
      hint: 'APIキーはインスタンスの管理者が作成します。',
      'fields.instance.label': 'インスタンス',
      'fields.instance.placeholder': 'your-company.service-now.com',
      'fields.method.label': 'サインイン方法',
      'fields.method.options.password': 'ユーザーとパスワード',
      'fields.method.options.apiKey': 'APIキー',
      'fields.user.label': 'ユーザー',
      'fields.password.label': 'パスワード',
      'fields.apiKey.label': 'APIキー',
    },
  },
};
