import type { ProviderDefinition } from './definition.js';

/** First parts of addresses that are GitHub's own pages, and no owner's. */
const pages = [
  ...['about', 'account', 'apps', 'codespaces', 'collections', 'contact', 'customer-stories', 'dashboard', 'events'],
  ...['enterprise', 'enterprises', 'explore', 'features', 'issues', 'join', 'login', 'marketplace', 'new', 'nonprofit'],
  ...['notifications', 'organizations', 'orgs', 'pricing', 'projects', 'pulls', 'repos', 'search', 'security'],
  ...['sessions', 'settings', 'signup', 'site', 'sponsors', 'stars', 'team', 'topics', 'trending', 'users', 'watching'],
];

const headers = { Authorization: 'Bearer {token}' };

const cloud = {
  baseUrl: 'https://api.github.com',
  headers,
  endpoints: { rest: 'https://api.github.com', graphql: 'https://api.github.com/graphql' },
};

export const githubProjects: ProviderDefinition = {
  id: 'github-projects',
  name: 'GitHub Projects',
  color: '#24292f',
  guideUrl:
    'https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
  hint: 'A classic token needs the scope read:project; a fine-grained one, read access to projects.',
  fields: [
    { id: 'token', label: 'Personal access token', kind: 'secret' },
    {
      id: 'owner',
      label: 'GitHub user or organization',
      kind: 'text',
      required: false,
      hint: 'The user or organization whose projects agents look at first.',
      placeholder: 'your-organization',
      addresses: [
        { from: 'https://github.com/orgs/{}' },
        { from: 'https://github.com/users/{}' },
        { from: 'https://github.com/organizations/{}' },
        { from: 'https://github.com/sponsors/{}' },
        { from: 'https://github.com/{}', except: pages },
        { from: 'https://www.github.com/{}', except: pages },
        { from: 'https://ssh.github.com/{}' },
        { from: 'https://gist.github.com/{}', except: ['discover', 'starred'] },
        { from: 'https://raw.githubusercontent.com/{}' },
        { from: 'https://api.github.com/orgs/{}' },
        { from: 'https://api.github.com/users/{}' },
        { from: 'https://api.github.com/repos/{}' },
      ],
      pattern: '[a-z0-9][a-z0-9-]{0,38}',
    },
    {
      id: 'server',
      label: 'Server',
      kind: 'url',
      required: false,
      hint: 'Only for GitHub Enterprise: your own server or your ghe.com address.',
      placeholder: 'https://github.example.com',
      // Settings of other programs show the address of the API, which people copy from there.
      addresses: [
        { from: 'https://{}.github.com', to: 'https://github.com' },
        { from: 'https://{}.githubusercontent.com', to: 'https://github.com' },
        { from: 'https://api.{}.ghe.com', to: 'https://{}.ghe.com' },
      ],
    },
  ],
  requests: [
    { ...cloud, when: { field: 'server', hosts: ['github.com'] } },
    {
      when: { field: 'server', hosts: ['.ghe.com'] },
      baseUrl: 'https://api.{server.host}',
      headers,
      endpoints: { rest: 'https://api.{server.host}', graphql: 'https://api.{server.host}/graphql' },
    },
    { baseUrl: '{server}/api', headers, endpoints: { rest: '{server}/api/v3', graphql: '{server}/api/graphql' } },
    cloud,
  ],
  secretPattern: '\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})',
  messages: {
    'pt-BR': {
      hint: 'Um token clássico precisa do escopo read:project; um token refinado, de acesso de leitura a projetos.',
      'fields.token.label': 'Token de acesso pessoal',
      'fields.owner.label': 'Usuário ou organização do GitHub',
      'fields.owner.hint': 'De quem são os projetos que os agentes consultam primeiro.',
      'fields.owner.placeholder': 'sua-organizacao',
      'fields.server.label': 'Servidor',
      'fields.server.hint': 'Somente para o GitHub Enterprise: o seu próprio servidor ou o seu endereço em ghe.com.',
      'fields.server.placeholder': 'https://github.example.com',
    },
    es: {
      hint: 'Un token clásico necesita el ámbito read:project; uno específico, acceso de lectura a los proyectos.',
      'fields.token.label': 'Token de acceso personal',
      'fields.owner.label': 'Usuario u organización de GitHub',
      'fields.owner.hint': 'De quién son los proyectos que los agentes consultan primero.',
      'fields.owner.placeholder': 'mi-organizacion',
      'fields.server.label': 'Servidor',
      'fields.server.hint': 'Solo para GitHub Enterprise: su propio servidor o su dirección en ghe.com.',
      'fields.server.placeholder': 'https://github.example.com',
    },
    ja: {
      hint: 'クラシックトークンには read:project スコープが、きめ細かなトークンにはプロジェクトの読み取り権限が必要です。',
      'fields.token.label': '個人用アクセストークン',
      'fields.owner.label': 'GitHub のユーザーまたは組織',
      'fields.owner.hint': 'エージェントが最初に参照するプロジェクトの所有者です。',
      'fields.owner.placeholder': 'your-organization',
      'fields.server.label': 'サーバー',
      'fields.server.hint':
        'GitHub Enterprise の場合のみ。自社で運用するサーバー、または ghe.com のアドレスを入力します。',
      'fields.server.placeholder': 'https://github.example.com',
    },
  },
};
