import { existsSync } from 'node:fs';
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

/** Stands in for a system that has no pages of its own: whatever its policy is, its pages know nothing of it. */
const anyHost = 'any-host';

/** The hosts' pages, from a folder laid out as their addresses are: `/{system}/` is that system's. */
export const addPages = (app: Hono, folder: string, systems: readonly string[]): void => {
  const root = resolve(folder);
  const withoutPages = new Set(systems.filter((system) => !existsSync(join(root, system))));
  const fileOf = (address: string): string => {
    const [, system = '', ...rest] = address.split('/');
    return withoutPages.has(system) ? join(root, anyHost, ...rest) : join(root, address);
  };

  app.get('*', compress(), async (context) => {
    const address = decoded(context.req.path);
    if (address === null) return context.notFound();
    const isPage = extname(address) === '';
    // A page's links are relative to it.
    if (isPage && !address.endsWith('/')) {
      const exists = await read(join(fileOf(`${address}/`), 'index.html'));
      return exists ? context.redirect(`${context.req.path}/`, 301) : context.notFound();
    }
    const path = isPage ? join(fileOf(address), 'index.html') : fileOf(address);
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
