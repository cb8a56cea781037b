// The reverse proxy that the production example is tested behind.
import { findProgram, installProgram } from './debian.mjs';

export const findNginx = () => findProgram('nginx', process.env.NGINX_PATH);

/** Installs it where that takes no questions; its path, or `undefined` where it is missing still. */
export const installNginx = () => installProgram('nginx-light', findNginx);
