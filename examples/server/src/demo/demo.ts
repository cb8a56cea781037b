import type { Hono } from 'hono';
import { createLocalJWKSet } from 'jose';
import type { Config } from '../config.js';
import { jwtSessions } from '../jwt-sessions.js';
import { openSystem, type System, type SystemSurroundings } from '../systems.js';
import { demoSigningKey } from './keys.js';
import { addPages } from './pages.js';
import { fillDirectory } from './people.js';
import { addDemoSessions, demoIssuer, sessionCookieOf } from './sessions.js';

/** Each policy at `/{name}/v1`, with a store of its own, and with the demo's people, who need no password. */
export const openDemo = async (
  { systems: policies, dataDir, hostPages }: Config,
  surroundings: SystemSurroundings,
): Promise<{ systems: System[]; addTo: (root: Hono) => void }> => {
  const { clock, publicUrl } = surroundings;
  const key = await demoSigningKey(dataDir);
  const keys = createLocalJWKSet({ keys: [key.publicJwk] });

  const systems = await Promise.all(
    policies.map(async ({ name, policy }) => {
      const sessions = jwtSessions({ keys, issuer: demoIssuer, audience: name, clock });
      const sessionCookie = sessionCookieOf(name);
      const basePath = `/${name}/v1`;
      const system = await openSystem({ ...surroundings, name, policy, basePath, sessions, sessionCookie });
      await fillDirectory(system.store);
      return system;
    }),
  );

  const addTo = (root: Hono): void => {
    const secure = publicUrl.startsWith('https:');
    const names = systems.map(({ name }) => name);
    for (const system of names) addDemoSessions(root, { system, key, clock, secure });
    if (hostPages) addPages(root, hostPages, names);
  };
  return { systems, addTo };
};
