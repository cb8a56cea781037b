import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { serveStatic } from '@hono/node-server/serve-static';
import type { Context, Hono } from 'hono';
import { compress } from 'hono/compress';
import { html } from 'hono/html';
import type { DemoProduct } from './products.js';

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

/** The pages of a product without pages of its own, which know nothing of its policy. */
const anyHost = 'any-host';

/** The placeholders in a page that the server fills in: the product's name, and cards of products without pages. */
const placeholders = { product: '{{product}}', moreProducts: '<!-- more products -->' };

const cardOf = async ({ id, name }: DemoProduct) => html`<li>
          <a class="card" href="${id}/">
            <span class="card-title">${name}</span>
            <span>A policy of your own, in a page that knows nothing of it.</span>
          </a>
        </li>`;

/** The answer with the placeholders in its page filled in. */
const filled = async (answer: Response, product: DemoProduct | undefined, more: readonly DemoProduct[]) => {
  const page = await answer.text();
  const name = product ? await html`${product.name}` : placeholders.product;
  const cards = await Promise.all(more.map(cardOf));
  const headers = new Headers(answer.headers);
  headers.delete('Content-Length');
  return new Response(
    // By a function: a name may hold what a replacement text gives a meaning to.
    page.replaceAll(placeholders.product, () => name).replace(placeholders.moreProducts, () => cards.join('')),
    { status: answer.status, headers },
  );
};

/** The address of a folder without the slash at its end: plain names only, so that it leads nowhere else. */
const folderAddress = /^(?:\/[a-z0-9][a-z0-9-]*)+$/;

/**
 * The hosts' pages, from a folder laid out as their addresses are: `/{id}/` is that product's.
 *
 * @param publicPath What stands before these addresses for browsers, as `/tools/cockpit`; empty for nothing.
 */
export const addPages = (app: Hono, folder: string, products: readonly DemoProduct[], publicPath: string): void => {
  const root = resolve(folder);
  const withoutPages = new Map(
    products.filter(({ id }) => !existsSync(join(root, id))).map((product) => [product.id, product]),
  );
  const fileAddress = (address: string): string => {
    const [, id = '', ...rest] = address.split('/');
    return withoutPages.has(id) ? ['', anyHost, ...rest].join('/') : address;
  };

  const fillPage = async (context: Context): Promise<void> => {
    const [, first = ''] = context.req.path.split('/');
    const product = withoutPages.get(first);
    const isPage = context.res.headers.get('Content-Type')?.startsWith('text/html');
    if (!isPage || !(product || ['', 'index.html'].includes(first))) return;
    const page = await filled(context.res, product, [...withoutPages.values()]);
    // Else Hono would put the headers of the answer before into it, its length among them.
    context.res = undefined;
    context.res = page;
  };

  app.get('*', compress(), async (context, next) => {
    const { path } = context.req;
    // A page's links are relative to it.
    if (folderAddress.test(path) && existsSync(join(root, fileAddress(path), 'index.html')))
      return context.redirect(`${publicPath}${path}/`, 301);
    await next();
    await fillPage(context);
    if (context.res.ok) for (const [name, value] of Object.entries(pageHeaders)) context.header(name, value);
  });
  app.get('*', serveStatic({ root, rewriteRequestPath: fileAddress }));
};
