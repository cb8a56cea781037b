import { bearer, isVisibleAscii } from './credentials.js';
import { type ProviderDefinition, valueOf } from './definition.js';
import { field } from './field.js';
import { isHttpsUrl, withoutTrailingSlash } from './hosts.js';

export const githubProjects: ProviderDefinition = {
  description: {
    id: 'github-projects',
    name: 'GitHub Projects',
    guideUrl:
      'https://docs.github.com/authentication/keeping-your-account-and-data-secure/managing-your-personal-access-tokens',
    hint: 'A classic token needs the scope read:project; a fine-grained one, read access to projects.',
    fields: [
      field('token', 'Personal access token', 'secret'),
      field('owner', 'Owner', 'text', {
        required: false,
        hint: 'The user or organization whose projects to look at first.',
      }),
      field('server', 'Server', 'url', {
        required: false,
        hint: 'Only for your own GitHub Enterprise Server.',
        placeholder: 'https://github.example.com',
      }),
    ],
  },
  destinations: ['server'],
  accepts: {
    token: isVisibleAscii,
    owner: (value) => /^[a-z0-9](?:[a-z0-9-]{0,38})$/i.test(value),
    server: isHttpsUrl({ portAndPath: false }),
  },
  secretPattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,})/,
  baseUrl: ({ server }) => (server ? `${withoutTrailingSlash(server)}/api` : 'https://api.github.com'),
  headers: (values) => bearer(valueOf(values, 'token')),
};
