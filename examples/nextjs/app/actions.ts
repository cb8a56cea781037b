'use server';

import { cookies } from 'next/headers';
import { sessionCookie, server } from './session';

/** The demo lets anybody in without a password. Your own sign-in stands in this place. */
export const signIn = async (user: string): Promise<void> => {
  const answer = await fetch(`${server}/ai-cockpit-one/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  const { accessToken } = (await answer.json()) as { accessToken: string };
  // For the pages and for the API below them, which reads this name.
  (await cookies()).set(sessionCookie, accessToken, { path: '/', httpOnly: true, sameSite: 'strict' });
};

export const signOut = async (): Promise<void> => {
  (await cookies()).delete(sessionCookie);
};
