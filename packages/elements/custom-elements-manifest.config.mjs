import { customElementJetBrainsPlugin } from 'custom-element-jet-brains-integration';
import { customElementVsCodePlugin } from 'custom-element-vs-code-integration';
import { angularDirectives } from './manifest/angular-directives.mjs';
import { distinctCssData } from './manifest/distinct-css-data.mjs';
import { documented } from './manifest/documented.mjs';
import { frameworkTypes } from './manifest/framework-types.mjs';
import { passedOn } from './manifest/passed-on.mjs';
import { reactComponents } from './manifest/react-components.mjs';
import { resolvedTypes } from './manifest/resolved-types.mjs';
import { themeTokens } from './manifest/theme-tokens.mjs';

const outdir = 'types';

export default {
  globs: ['src/*/*.ts'],
  exclude: [
    'src/**/*.test.ts',
    'src/**/*.styles.ts',
    'src/{api-keys,provider-tokens,controllers,views,icons,locales,react,styles}/**',
  ],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [
    documented(),
    passedOn({
      'cockpit-client': 'all',
      'profile-tabs': [
        'profile-form',
        'profile-avatar',
        'provider-token-list',
        'api-key-list',
        'api-key-single',
        'notification-settings',
      ],
    }),
    resolvedTypes(),
    themeTokens(),
    frameworkTypes({ outdir }),
    reactComponents({ outdir: 'dist/react' }),
    angularDirectives({ outdir: 'dist/angular', types: outdir }),
    customElementVsCodePlugin({ outdir, hideLogs: true }),
    distinctCssData(`${outdir}/vscode.css-custom-data.json`),
    customElementJetBrainsPlugin({ outdir, packageJson: false, hideLogs: true }),
  ],
};
