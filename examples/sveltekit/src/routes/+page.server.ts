import { createCockpit, type Profile, UnauthenticatedError } from '@ai-cockpit/sdk';
import { server } from '../cockpit.server';
import type { Actions, PageServerLoad } from './$types';

const sessionCookie = 'ai-cockpit-one-session';

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** The profile of the signed-in person; `null` where the request's cookie belongs to no session. */
const signedIn = async (session: string | undefined): Promise<Profile | null> => {
  if (!session) return null;
  const cockpit = createCockpit({ baseUrl: `${server}/ai-cockpit-one/v1`, getAccessToken: async () => session });
  try {
    return await cockpit.profile.get();
  } catch (error) {
    if (error instanceof UnauthenticatedError) return null;
    throw error;
  } finally {
    cockpit.close();
  }
};

/** Whom the demo server lets in without a password. */
const demoPeople = async (): Promise<readonly Person[]> => {
  const answer = await fetch(`${server}/ai-cockpit-one/demo/people`);
  return ((await answer.json()) as { data: Person[] }).data;
};

export const load: PageServerLoad = async ({ cookies, setHeaders }) => {
  // No cache keeps a page drawn for one person: Back would show it to the next one.
  setHeaders({ 'cache-control': 'private, no-store' });
  const [profile, people] = await Promise.all([signedIn(cookies.get(sessionCookie)), demoPeople()]);
  return { profile: profile && { id: profile.id, firstName: profile.firstName }, people };
};

export const actions: Actions = {
  /** The demo lets anybody in without a password. Your own sign-in stands in this place. */
  signIn: async ({ request, cookies }) => {
    const answer = await fetch(`${server}/ai-cockpit-one/demo/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: (await request.formData()).get('user') }),
    });
    const { accessToken } = (await answer.json()) as { accessToken: string };
    // For the pages and for the API below them, which reads this name.
    const secure = new URL(request.url).protocol === 'https:';
    cookies.set(sessionCookie, accessToken, { path: '/', httpOnly: true, sameSite: 'strict', secure });
  },
  signOut: ({ cookies }) => cookies.delete(sessionCookie, { path: '/' }),
};
