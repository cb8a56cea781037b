import { Suspense } from 'react';
import { ProfilePage } from './profile-page';
import { demoPeople, signedIn } from './session';
import { SignIn } from './sign-in';

/** Drawn on the server, which knows by the cookie who is signed in. */
const Content = async () => {
  const [profile, people] = await Promise.all([signedIn(), demoPeople()]);
  if (!profile) return <SignIn people={people} />;
  // Another person gets elements and a state of their own.
  return <ProfilePage key={profile.id} firstName={profile.firstName} people={people} />;
};

/** With `cacheComponents`, Next.js asks for a boundary around what it can only draw for each request. */
const Page = () => (
  <Suspense>
    <Content />
  </Suspense>
);

export default Page;
