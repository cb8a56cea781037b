'use client';

import { ApiKeyCreate, CockpitClient, ProfileTabs } from '@ai-cockpit/elements/react';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { signOut } from './actions';
import type { Person } from './session';
import { SignIn } from './sign-in';

export const ProfilePage = ({ firstName, people }: { firstName: string; people: readonly Person[] }) => {
  const router = useRouter();
  const [isSessionExpired, setSessionExpired] = useState(false);
  const [newest, setNewest] = useState<string>();

  useEffect(() => {
    // On Back, some browsers show even a page that is not to be stored as it was left, to whoever is there by now.
    const handleShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      document.body.hidden = true;
      location.reload();
    };
    window.addEventListener('pageshow', handleShow);
    return () => window.removeEventListener('pageshow', handleShow);
  }, []);

  return (
    <CockpitClient baseUrl="/ai-cockpit-one/v1" onCockpitSessionExpired={() => setSessionExpired(true)}>
      {/* Above the page, which keeps what was typed. */}
      {isSessionExpired && <SignIn people={people} onSignedIn={() => setSessionExpired(false)} />}
      <header>
        <h1>{firstName}’s profile</h1>
        <ApiKeyCreate onApiKeyCreated={({ apiKey }) => setNewest(apiKey.maskedValue)} />
        <button type="button" onClick={() => void signOut()}>
          Sign out
        </button>
      </header>
      {newest && <p role="status">Next.js has seen the new key {newest}.</p>}
      <main>
        <ProfileTabs deepLink onProfileSaved={() => router.refresh()} />
      </main>
    </CockpitClient>
  );
};
