import { CockpitClient, ProfileForm } from '@ai-cockpit/elements/react';
import { useState } from 'react';

const tokenOf = async (user: string): Promise<string> => {
  const response = await fetch('/ai-cockpit-one/demo/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  return ((await response.json()) as { accessToken: string }).accessToken;
};

/** A page whose session is a token: each render has functions of its own. */
export const TokenPage = () => {
  const [token, setToken] = useState<string>();
  const [count, setCount] = useState(0);
  return (
    <>
      <button onClick={() => void tokenOf('ana').then(setToken)}>Token of Ana</button>
      <button onClick={() => void tokenOf('bruno').then(setToken)}>Token of Bruno</button>
      <button onClick={() => setCount(count + 1)}>Render again</button>
      <p role="status">Rendered {count} times</p>
      {token && (
        <CockpitClient baseUrl="/ai-cockpit-one/v1" getAccessToken={() => token}>
          <ProfileForm />
        </CockpitClient>
      )}
    </>
  );
};
