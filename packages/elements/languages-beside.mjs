/**
 * Leaves the languages out of a single file: they are files beside it, which it asks for when it needs one.
 *
 * @returns {import('esbuild').Plugin}
 */
export const languagesBeside = () => ({
  name: 'languages-beside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\// }, ({ kind, importer, path }) =>
      kind === 'dynamic-import' && /[\\/]locales[\\/]languages\.ts$/.test(importer)
        ? { path: path.replace('./', './locales/'), external: true }
        : undefined,
    );
  },
});
