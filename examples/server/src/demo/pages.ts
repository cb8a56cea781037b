import { readFile } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import type { Hono } from 'hono';
import { compress } from 'hono/compress';

/** What the elements promise to work under. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html',
].join('; ');

const mediaTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const read = async (path: string): Promise<Buffer | null> => {
  try {
    return await readFile(path);
  } catch {
    return null;
  }
};

const decoded = (path: string): string | null => {
  try {
    return decodeURIComponent(path);
  } catch {
    return null;
  }
};

/** The host's pages, from a folder laid out as their addresses are. */
export const addPages = (app: Hono, folder: string): void => {
  const root = resolve(folder);

  app.get('*', compress(), async (context) => {
    const address = decoded(context.req.path);
    if (address === null) return context.notFound();
    const isPage = extname(address) === '';
    // A page's links are relative to it.
    if (isPage && !address.endsWith('/')) {
      const exists = await read(join(root, address, 'index.html'));
      return exists ? context.redirect(`${context.req.path}/`, 301) : context.notFound();
    }
    const path = join(root, isPage ? join(address, 'index.html') : address);
    const mediaType = mediaTypes[extname(path)];
    const content = path.startsWith(root + sep) && mediaType ? await read(path) : null;
    if (!content || !mediaType) return context.notFound();
    return context.body(new Uint8Array(content), 200, {
      'Content-Type': mediaType,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cache-Control': 'no-cache',
    });
  });
};
