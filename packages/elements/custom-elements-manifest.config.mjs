export default {
  globs: ['src/*/*.ts'],
  exclude: ['src/**/*.test.ts', 'src/**/*.styles.ts', 'src/{controllers,views,icons,locales,styles}/**'],
  litelement: true,
  outdir: '.',
  packagejson: false,
};
