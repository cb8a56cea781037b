import { createCockpit, type Profile, UnauthenticatedError } from '@ai-cockpit/sdk';

/** One client for the elements and for what the page asks itself; it sends the session's cookie. */
export const cockpit = createCockpit({ baseUrl: '/ai-cockpit-one/v1' });

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** The profile of the signed-in person; `null` where the cookie belongs to no session. */
export const signedIn = async (): Promise<Profile | null> => {
  try {
    return await cockpit.profile.get();
  } catch (error) {
    if (error instanceof UnauthenticatedError) return null;
    throw error;
  }
};

/** Whom the demo server lets in without a password. Your own sign-in stands in this place. */
export const demoPeople = async (): Promise<readonly Person[]> => {
  const answer = await fetch('/ai-cockpit-one/demo/people');
  return ((await answer.json()) as { data: Person[] }).data;
};

export const signIn = async (user: string): Promise<void> => {
  await fetch('/ai-cockpit-one/demo/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
};

export const signOut = async (): Promise<void> => {
  await fetch('/ai-cockpit-one/demo/session', { method: 'DELETE' });
};
