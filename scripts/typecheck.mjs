// Type-checks every project of the workspace, from sources.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';

const projects = ['packages', 'examples']
  .flatMap((folder) => readdirSync(folder).map((name) => `${folder}/${name}`))
  .concat('stories')
  .filter((folder) => existsSync(`${folder}/tsconfig.json`));

const failed = projects.filter(
  (folder) =>
    spawnSync('pnpm', ['exec', 'tsc', '-p', folder], { stdio: 'inherit', shell: process.platform === 'win32' })
      .status !== 0,
);
process.exit(failed.length > 0 ? 1 : 0);
