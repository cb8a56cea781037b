// Type-checks every project of the workspace, from sources and what `cem analyze` has made of the elements for frameworks.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

/** Their frameworks are installed by their test alone, which checks their types too. */
const installedElsewhere = ['examples/angular', 'examples/nextjs', 'examples/sveltekit'];

const projects = ['packages', 'examples']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('stories')
  .filter((folder) => existsSync(`${folder}/tsconfig.json`) && !installedElsewhere.includes(folder));

const passes = (cwd, ...command) =>
  spawnSync('pnpm', ['exec', ...command], { cwd, stdio: 'inherit', shell: process.platform === 'win32' }).status === 0;

/** React's types of the elements are a declaration file, which by default would not be checked itself. */
const checks = {
  'examples/vue': ['vue-tsc', '-p', '.'],
  'examples/react': ['tsc', '-p', '.', '--skipLibCheck', 'false'],
};

const results = projects.map((folder) => passes(folder, ...(checks[folder] ?? ['tsc', '-p', '.'])));
process.exit(results.every(Boolean) ? 0 : 1);
