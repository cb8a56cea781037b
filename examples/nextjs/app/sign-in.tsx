'use client';

import { signIn } from './actions';
import type { Person } from './session';

export const SignIn = ({ people, onSignedIn }: { people: readonly Person[]; onSignedIn?: () => void }) => {
  const handleClick = async (user: string) => {
    await signIn(user);
    onSignedIn?.();
  };

  return (
    <section aria-labelledby="sign-in">
      <h1 id="sign-in">Sign in</h1>
      <ul>
        {people.map(({ id, name }) => (
          <li key={id}>
            <button type="button" onClick={() => void handleClick(id)}>
              {name}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};
