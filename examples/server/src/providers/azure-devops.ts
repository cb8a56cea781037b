import type { ProviderDefinition } from './definition.js';

/** Of `dev.azure.com`: what clones by SSH, and the hosts of the APIs. */
const services = ['vssps', 'vsrm', 'vsaex', 'feeds', 'pkgs', 'analytics', 'almsearch', 'auditservice'];
/** Of `visualstudio.com`: pages that are no organization's. */
const pages = ['aex', 'app', 'code', 'docs', 'login', 'marketplace', 'my', 'vs-ssh', 'www'];

export const azureDevOps: ProviderDefinition = {
  id: 'azure-devops',
  name: 'Azure DevOps',
  color: '#0078d4',
  guideUrl:
    'https://learn.microsoft.com/azure/devops/organizations/accounts/use-personal-access-tokens-to-authenticate',
  hint: 'Create the token for one Azure DevOps organization. Tokens for all organizations stop working in December 2026.',
  fields: [
    {
      id: 'organization',
      label: 'Azure DevOps organization',
      kind: 'text',
      hint: 'The part after dev.azure.com/ in the address of your projects.',
      placeholder: 'your-organization',
      addresses: [
        { from: 'https://dev.azure.com/{}' },
        { from: 'https://ssh.dev.azure.com/v3/{}' },
        { from: 'https://vs-ssh.visualstudio.com/v3/{}' },
        { from: 'https://{}.visualstudio.com', except: pages },
        ...services.map((service) => ({ from: `https://${service}.dev.azure.com/{}` })),
        ...services.map((service) => ({ from: `https://{}.${service}.visualstudio.com`, except: pages })),
      ],
      pattern: '[a-z0-9](?:[a-z0-9-]{0,48}[a-z0-9])?',
    },
    { id: 'token', label: 'Personal access token', kind: 'secret' },
  ],
  requests: [
    {
      baseUrl: 'https://dev.azure.com/{organization}',
      headers: { Authorization: { basic: ['', '{token}'] }, 'X-TFS-FedAuthRedirect': 'Suppress' },
    },
  ],
  secretPattern: '\\b[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}\\b',
  messages: {
    'pt-BR': {
      hint: 'Crie o token para uma organização do Azure DevOps. Os tokens para todas as organizações deixam de funcionar em dezembro de 2026.',
      'fields.organization.label': 'Organização do Azure DevOps',
      'fields.organization.hint': 'A parte depois de dev.azure.com/ no endereço dos seus projetos.',
      'fields.organization.placeholder': 'sua-organizacao',
      'fields.token.label': 'Token de acesso pessoal',
    },
    es: {
      hint: 'Cree el token para una sola organización de Azure DevOps. Los tokens para todas las organizaciones dejan de funcionar en diciembre de 2026.',
      'fields.organization.label': 'Organización de Azure DevOps',
      'fields.organization.hint': 'La parte posterior a dev.azure.com/ en la dirección de sus proyectos.',
      'fields.organization.placeholder': 'mi-organizacion',
      'fields.token.label': 'Token de acceso personal',
    },
    ja: {
      hint: 'トークンは Azure DevOps の1つの組織を対象に作成してください。すべての組織を対象とするトークンは 2026年12月に使えなくなります。',
      'fields.organization.label': 'Azure DevOps の組織',
      'fields.organization.hint': 'プロジェクトのアドレスで dev.azure.com/ の後にある部分です。',
      'fields.organization.placeholder': 'your-organization',
      'fields.token.label': '個人用アクセストークン',
    },
  },
};
