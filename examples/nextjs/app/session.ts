import { createCockpit, type Profile, UnauthenticatedError } from '@ai-cockpit/sdk';
import { cookies } from 'next/headers';

export const server = process.env.AI_COCKPIT_SERVER ?? 'http://127.0.0.1:4400';

export const sessionCookie = 'ai-cockpit-one-session';

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** The profile of the signed-in person; `null` where the request's cookie belongs to no session. */
export const signedIn = async (): Promise<Profile | null> => {
  const session = (await cookies()).get(sessionCookie)?.value;
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
export const demoPeople = async (): Promise<readonly Person[]> => {
  const answer = await fetch(`${server}/ai-cockpit-one/demo/people`);
  return ((await answer.json()) as { data: Person[] }).data;
};
