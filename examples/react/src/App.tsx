import { ApiKeyCreate, CockpitClient, ProfileTabs } from '@ai-cockpit/elements/react';
import type { ApiKey, Profile } from '@ai-cockpit/sdk';
import { useEffect, useState } from 'react';
import { cockpit, signedIn, signOut } from './session.js';
import { SignIn } from './SignIn.js';

export const App = () => {
  const [profile, setProfile] = useState<Profile | null>();
  const [lapsed, setLapsed] = useState(false);
  const [newest, setNewest] = useState<ApiKey>();
  const [verified, setVerified] = useState(true);

  useEffect(() => {
    // Here or in another tab: another person gets a page of their own, once the elements have dropped what was typed.
    const handleUser = () => void setTimeout(() => location.reload());
    // On Back, the browser may show the page as it was left, to whoever is there by now.
    const handleShow = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return;
      setVerified(false);
      void signedIn().then(
        (profile) => {
          setProfile(profile);
          setVerified(true);
        },
        () => location.reload(),
      );
    };
    cockpit.changes.addEventListener('user', handleUser);
    window.addEventListener('pageshow', handleShow);
    void signedIn().then(setProfile);
    return () => {
      cockpit.changes.removeEventListener('user', handleUser);
      window.removeEventListener('pageshow', handleShow);
    };
  }, []);

  const handleSignedIn = async () => {
    setProfile(await signedIn());
    setLapsed(false);
  };

  const handleSignOut = async () => {
    await signOut();
    setProfile(null);
    setNewest(undefined);
  };

  if (profile === undefined) return null;
  if (profile === null) return <SignIn onSignedIn={handleSignedIn} />;
  return (
    <CockpitClient client={cockpit} onCockpitSessionExpired={() => setLapsed(true)}>
      {/* Above the page, which keeps what was typed. */}
      {lapsed && <SignIn onSignedIn={handleSignedIn} />}
      <header>
        <h1>{verified ? `${profile.firstName}’s` : 'Your'} profile</h1>
        <ApiKeyCreate onApiKeyCreated={(event) => setNewest(event.apiKey)} />
        <button type="button" onClick={() => void handleSignOut()}>
          Sign out
        </button>
      </header>
      {newest && verified && <p role="status">React has seen the new key {newest.maskedValue}.</p>}
      <main>
        <ProfileTabs deepLink onProfileSaved={(event) => setProfile(event.profile)} />
      </main>
    </CockpitClient>
  );
};
