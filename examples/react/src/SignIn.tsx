import { useEffect, useState } from 'react';
import { demoPeople, type Person, signIn } from './session.js';

export const SignIn = ({ onSignedIn }: { onSignedIn: () => Promise<void> }) => {
  const [people, setPeople] = useState<readonly Person[]>([]);

  useEffect(() => void demoPeople().then(setPeople), []);

  const handleClick = async (id: string) => {
    await signIn(id);
    await onSignedIn();
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
