/** Events as they are documented: the analyzer also takes every dispatched variable for one. */
const documentedEvents = () => ({
  name: 'documented-events',
  packageLinkPhase({ customElementsManifest }) {
    for (const { declarations = [] } of customElementsManifest.modules) {
      for (const declaration of declarations) {
        if (declaration.events) declaration.events = declaration.events.filter(({ description }) => description);
      }
    }
  },
});

export default {
  globs: ['src/*/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.styles.ts', 'src/{controllers,views,icons,locales,styles}/**'],
  litelement: true,
  outdir: '.',
  packagejson: false,
  plugins: [documentedEvents()],
};
