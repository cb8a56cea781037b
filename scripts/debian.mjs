// Packages of Debian's that tests need.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Whether packages can be installed without a question to anybody: as root, on Debian. */
export const canInstallPackages = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

export const installPackages = (packages) => {
  const apt = (...words) =>
    spawnSync('apt-get', words, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', ...packages);
};

/** @param configured Where it is, if somebody has said so. */
export const findProgram = (name, configured) =>
  [
    configured,
    ...(process.env.PATH ?? '').split(delimiter).map((place) => join(place, name)),
    ...['/usr/sbin', '/usr/local/sbin', '/opt/homebrew/bin'].map((place) => join(place, name)),
  ].find((path) => path && existsSync(path));

/** Installs its package where that takes no questions; its path, or `undefined` where it is missing still. */
export const installProgram = (name, find) => {
  if (!find() && canInstallPackages()) {
    console.log(`Not here: ${name}. Installing Debian’s.`);
    installPackages([name]);
  }
  return find();
};
