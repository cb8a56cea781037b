import { getPath } from 'hono/utils/url';

/** The path prefix that clients see before every path of this server: `/tools/cockpit`, or empty. No trailing slash. */
export const publicPathOf = (publicUrl: string): string => new URL(publicUrl).pathname.replace(/\/+$/, '');

/**
 * The path below the public one, whether or not the proxy in between has taken that off.
 *
 * @param publicPath As `/tools/cockpit`; empty for nothing.
 * @param basePaths Where the APIs stand. An address of theirs is taken as it is, should they begin as the public path does.
 */
export const pathBelow =
  (publicPath: string, basePaths: readonly string[]) =>
  (request: Request): string => {
    const path = getPath(request);
    // Hono gives paths decoded.
    const before = decodeURI(publicPath);
    if (before === '' || !path.startsWith(`${before}/`)) return path;
    const isAlike = basePaths.some((basePath) => `${basePath}/`.startsWith(`${before}/`));
    const below = path.slice(before.length);
    return isAlike && !basePaths.some((basePath) => below.startsWith(`${basePath}/`)) ? path : below;
  };
