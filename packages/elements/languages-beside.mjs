/**
 * Keeps each language a file of its own, in `locales/` beside whatever asks for it: the single file, or the chunk that
 * all entries share.
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
