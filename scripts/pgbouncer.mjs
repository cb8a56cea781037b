// The pooler in front of PostgreSQL that the server is tested behind.
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { canInstallPackages, installPackages } from './debian.mjs';

export const findPgBouncer = () =>
  [
    process.env.PGBOUNCER_PATH,
    ...(process.env.PATH ?? '').split(delimiter).map((place) => join(place, 'pgbouncer')),
    '/usr/sbin/pgbouncer',
    '/usr/local/sbin/pgbouncer',
    '/opt/homebrew/bin/pgbouncer',
  ].find((path) => path && existsSync(path));

/** Installs it where that takes no questions; its path, or `undefined` where it is missing still. */
export const installPgBouncer = () => {
  if (!findPgBouncer() && canInstallPackages()) {
    console.log('Not here: PgBouncer. Installing Debian’s.');
    installPackages(['pgbouncer']);
  }
  return findPgBouncer();
};
