import type { Hono } from 'hono';
import { createLocalJWKSet } from 'jose';
import type { Config } from '../config.js';
import { jwtSessions } from '../adapters/jwt-sessions.js';
import { openProduct, type Product, type ProductSurroundings } from '../products.js';
import { publicPathOf } from '../routes/public-path.js';
import { addDemoEvents, createDemoApplication } from './events.js';
import { demoSigningKey } from './keys.js';
import { addPages } from './pages.js';
import { demoProductOf } from './products.js';
import { DemoClock, makePast } from './past.js';
import { fillDirectory } from './people.js';
import { addDemoSessions, demoIssuer, sessionCookieOf, signDemoSession } from './sessions.js';

/** A product of the demo, and where people open it; without pages, where its API is. */
export interface ProductPage {
  name: string;
  address: string;
}

/** Each policy at `/{name}/v1`, with a store of its own, and with the demo's people, who need no password. */
export const openDemo = async (
  { products: policies, dataDir, hostPages, profileUrl }: Config,
  surroundings: ProductSurroundings,
): Promise<{ products: Product[]; productPages: ProductPage[]; addTo: (root: Hono) => void }> => {
  const { clock, publicUrl, background } = surroundings;
  const key = await demoSigningKey(dataDir);
  const keys = createLocalJWKSet({ keys: [key.publicJwk] });

  const application = await createDemoApplication();
  const services = [...surroundings.services, application.service];
  const profileUrlOf = (name: string) => profileUrl ?? `${publicUrl}/${name}/`;

  const products = await Promise.all(
    policies.map(async ({ name, policy }) => {
      const clock = new DemoClock(surroundings.clock);
      const sessions = jwtSessions({ ...surroundings, keys, issuer: demoIssuer, audience: name, clock });
      const sessionCookie = sessionCookieOf(name);
      const basePath = `/${name}/v1`;
      const product = await openProduct({
        ...surroundings,
        clock,
        services,
        name,
        policy,
        basePath,
        profileUrl: profileUrlOf(name),
        sessions,
        sessionCookie,
      });
      if (await fillDirectory(product.store))
        await makePast({ product, clock, background, signIn: (user) => signDemoSession(key, clock, name, user) });
      return product;
    }),
  );

  const addTo = (root: Hono): void => {
    const secure = publicUrl.startsWith('https:');
    for (const product of products)
      addDemoEvents(root, { product, application, profileUrl: profileUrlOf(product.name), clock });
    const names = products.map(({ name }) => name);
    const publicPath = publicPathOf(publicUrl);
    for (const product of names) addDemoSessions(root, { product, key, clock, secure, publicPath });
    if (hostPages) addPages(root, hostPages, policies.map(demoProductOf), publicPath);
  };
  const productPages = policies.map(demoProductOf).map(({ id, name }) => ({
    name,
    address: `${publicUrl}/${id}/${hostPages ? '' : 'v1'}`,
  }));
  return { products, productPages, addTo };
};
