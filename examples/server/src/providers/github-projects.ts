import type { ProviderDefinition } from './definition.js';

export const githubProjects: ProviderDefinition = {
  id: 'github-projects',
  name: 'GitHub Projects',
  guideUrl:
    'https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
  hint: 'A classic token needs the scope read:project; a fine-grained one, read access to projects.',
  fields: [
    { id: 'token', label: 'Personal access token', kind: 'secret' },
    {
      id: 'owner',
      label: 'Owner',
      kind: 'text',
      required: false,
      hint: 'The user or organization whose projects to look at first.',
      pattern: '[a-z0-9][a-z0-9-]{0,38}',
    },
    {
      id: 'server',
      label: 'Server',
      kind: 'url',
      required: false,
      hint: 'Only for your own GitHub Enterprise Server.',
      placeholder: 'https://github.example.com',
    },
  ],
  requests: [
    { baseUrl: '{server}/api', headers: { Authorization: 'Bearer {token}' } },
    { baseUrl: 'https://api.github.com', headers: { Authorization: 'Bearer {token}' } },
  ],
  secretPattern: '\\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})',
  messages: {
    'pt-BR': {
      hint: 'Um token clássico precisa do escopo read:project; um token refinado, de acesso de leitura a projetos.',
      'fields.token.label': 'Token de acesso pessoal',
      'fields.owner.label': 'Proprietário',
      'fields.owner.hint': 'O usuário ou a organização cujos projetos são consultados primeiro.',
      'fields.server.label': 'Servidor',
      'fields.server.hint': 'Somente para o seu próprio GitHub Enterprise Server.',
      'fields.server.placeholder': 'https://github.example.com',
    },
    es: {
      hint: 'Un token clásico necesita el ámbito read:project; uno específico, acceso de lectura a los proyectos.',
      'fields.token.label': 'Token de acceso personal',
      'fields.owner.label': 'Propietario',
      'fields.owner.hint': 'El usuario o la organización cuyos proyectos se consultan primero.',
      'fields.server.label': 'Servidor',
      'fields.server.hint': 'Solo para un GitHub Enterprise Server propio.',
      'fields.server.placeholder': 'https://github.example.com',
    },
    ja: {
      hint: 'クラシックトークンには read:project スコープが、きめ細かなトークンにはプロジェクトの読み取り権限が必要です。',
      'fields.token.label': '個人用アクセストークン',
      'fields.owner.label': '所有者',
      'fields.owner.hint': '最初に参照するプロジェクトの所有者（ユーザーまたは組織）です。',
      'fields.server.label': 'サーバー',
      'fields.server.hint': '自社で運用する GitHub Enterprise Server の場合のみ。',
      'fields.server.placeholder': 'https://github.example.com',
    },
  },
};
