import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono } from 'hono';
import { compress } from 'hono/compress';

/** The strict policy under which the elements work. */
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

const pageHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
};

/** Stands in for a system that has no pages of its own: whatever its policy is, its pages know nothing of it. */
const anyHost = 'any-host';

/** The address of a folder without the slash at its end: plain names only, so that it leads nowhere else. */
const folderAddress = /^(?:\/[a-z0-9][a-z0-9-]*)+$/;

/**
 * The hosts' pages, from a folder laid out as their addresses are: `/{system}/` is that system's.
 *
 * @param publicPath What stands before these addresses for browsers, as `/tools/cockpit`; empty for nothing.
 */
export const addPages = (app: Hono, folder: string, systems: readonly string[], publicPath: string): void => {
  const root = resolve(folder);
  const withoutPages = new Set(systems.filter((system) => !existsSync(join(root, system))));
  const fileAddress = (address: string): string => {
    const [, system = '', ...rest] = address.split('/');
    return withoutPages.has(system) ? ['', anyHost, ...rest].join('/') : address;
  };

  app.get('*', compress(), async (context, next) => {
    const { path } = context.req;
    // A page's links are relative to it.
    if (folderAddress.test(path) && existsSync(join(root, fileAddress(path), 'index.html')))
      return context.redirect(`${publicPath}${path}/`, 301);
    await next();
    if (context.res.ok) for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value);
  });
  app.get('*', serveStatic({ root, rewriteRequestPath: fileAddress }));
};
