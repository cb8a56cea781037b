// The pooler in front of PostgreSQL that the server is tested behind.
import { findProgram, installProgram } from './debian.mjs';

export const findPgBouncer = () => findProgram('pgbouncer', process.env.PGBOUNCER_PATH);

/** Installs it where that takes no questions; its path, or `undefined` where it is missing still. */
export const installPgBouncer = () => installProgram('pgbouncer', findPgBouncer);
