import { CockpitClient, ProfileForm } from '@ai-cockpit/elements/react';
import { useState } from 'react';

interface Session {
  user: string;
  token: string;
}

const signIn = async (user: string): Promise<Session> => {
  const response = await fetch('/ai-cockpit-one/demo/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  const { accessToken } = (await response.json()) as { accessToken: string };
  return { user, token: accessToken };
};

/** A page whose session is a token: each render has functions of its own. */
export const TokenPage = () => {
  const [session, setSession] = useState<Session>();
  const [count, setCount] = useState(0);
  return (
    <>
      <button onClick={() => void signIn('ana').then(setSession)}>Token of Ana</button>
      <button onClick={() => void signIn('bruno').then(setSession)}>Token of Bruno</button>
      <button onClick={() => setCount(count + 1)}>Render again</button>
      <p role="status">Rendered {count} times</p>
      <p>Signed in: {session?.user ?? 'nobody'}</p>
      {session && (
        <CockpitClient baseUrl="/ai-cockpit-one/v1" getAccessToken={() => session.token}>
          <ProfileForm />
        </CockpitClient>
      )}
    </>
  );
};
