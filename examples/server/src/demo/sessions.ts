import type { Context, Hono } from 'hono';
import { deleteCookie, setCookie } from 'hono/cookie';
import { SignJWT } from 'jose';
import * as z from 'zod/mini';
import { newId } from '../domain/ids.js';
import type { Clock } from '../ports/clock.js';
import { systemRandom } from '../ports/random.js';
import { fieldErrorsOf } from '../routes/field-errors.js';
import { problemResponse } from '../routes/problems.js';
import { readJson } from '../routes/body.js';
import { ProblemError, type FieldError } from '../domain/problem-error.js';
import type { SigningKey } from './keys.js';
import { demoOrganizations, type DemoPerson, demoPeople } from './people.js';

export const demoIssuer = 'urn:ai-cockpit:demo';
const lifetimeSeconds = 8 * 60 * 60;

export const sessionCookieOf = (product: string): string => `${product}-session`;

const SignIn = z.strictObject({ user: z.enum(demoPeople.map(({ id }) => id)) });

const describe = ({ id, firstName, lastName, roles }: DemoPerson) => ({
  id,
  name: `${firstName} ${lastName}`,
  organizations: demoOrganizations.flatMap((organization) => {
    const role = roles[organization.id];
    return role ? [{ ...organization, role }] : [];
  }),
});

export const signDemoSession = (key: SigningKey, clock: Clock, product: string, userId: string): Promise<string> => {
  const person = demoPeople.find(({ id }) => id === userId);
  const issuedAt = Math.floor(clock.now() / 1000);
  return new SignJWT({
    preferred_username: userId,
    ...(person && { given_name: person.firstName, family_name: person.lastName, email: person.email }),
  })
    .setProtectedHeader({ alg: 'ES256', kid: 'demo' })
    .setSubject(userId)
    .setIssuer(demoIssuer)
    .setAudience(product)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .sign(key.privateKey);
};

export interface DemoSessionsOptions {
  product: string;
  key: SigningKey;
  clock: Clock;
  /** Over https the cookie stays there. */
  secure: boolean;
  /** The path prefix that browsers see before the product's addresses, as `/tools/cockpit`; empty for none. */
  publicPath: string;
}

/** Signs anybody in as one of the demo's people: what a real host's identity provider does. */
export const addDemoSessions = (app: Hono, { product, key, clock, secure, publicPath }: DemoSessionsOptions): void => {
  const cookie = sessionCookieOf(product);
  const attributes = { path: `${publicPath}/${product}`, httpOnly: true, sameSite: 'Strict', secure } as const;
  const headers = () => ({ 'Cache-Control': 'no-store', 'X-Request-Id': newId(systemRandom) });
  const refuse = (code: ProblemError['code'], fieldErrors: readonly FieldError[] = []) =>
    problemResponse(code, newId(systemRandom), { fieldErrors });

  app.get(`/${product}/demo/people`, (context) => context.json({ data: demoPeople.map(describe) }, 200, headers()));

  app.post(`/${product}/demo/session`, async (context: Context) => {
    try {
      const json = await readJson(context.req.raw);
      const input = SignIn.safeParse(json);
      if (!input.success) return refuse('invalid', fieldErrorsOf(input.error.issues, json));
      const accessToken = await signDemoSession(key, clock, product, input.data.user);
      setCookie(context, cookie, accessToken, { ...attributes, maxAge: lifetimeSeconds });
      return context.json({ accessToken }, 200, headers());
    } catch (error) {
      if (error instanceof ProblemError) return refuse(error.code, error.fieldErrors);
      throw error;
    }
  });

  app.delete(`/${product}/demo/session`, (context) => {
    deleteCookie(context, cookie, attributes);
    return context.body(null, 204, headers());
  });
};
