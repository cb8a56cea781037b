import '@ai-cockpit/elements';
import { createCockpit, type Profile, UnauthenticatedError } from '@ai-cockpit/sdk';
import { applyAppearance, nextAppearance } from './appearance.js';
import { askWho } from './sign-in.js';

/** `/ai-cockpit-one`: what this host's pages, its API and its cookie have in common. */
const base = `/${location.pathname.split('/')[1] ?? ''}`;
const cockpit = createCockpit({ baseUrl: `${base}/v1` });
const chosenOrganization = `${base} organization`;

const find = <T extends Element>(selector: string, type: new () => T): T => {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
};

const fullName = ({ firstName, lastName }: Profile) => `${firstName} ${lastName}`;

/** Who is signed in by the cookie that the browser has, if anybody. */
const signedIn = async (): Promise<Profile | undefined> => {
  try {
    return await cockpit.profile.get();
  } catch (error) {
    if (error instanceof UnauthenticatedError) return undefined;
    throw error;
  }
};

const showPage = (profile: Profile): void => {
  document.body.append(find('#signed-in', HTMLTemplateElement).content.cloneNode(true));
  const client = find('cockpit-client', HTMLElement);
  const person = find('#person', HTMLElement);
  const remembered = sessionStorage.getItem(chosenOrganization);
  const isMember = profile.organizations.some(({ id }) => id === remembered);
  const organizationId = isMember ? remembered : profile.organizations[0]?.id;

  Object.assign(client, { client: cockpit, organizationId });
  person.textContent = fullName(profile);

  client.addEventListener('organization-changed', ({ organizationId }) => {
    sessionStorage.setItem(chosenOrganization, organizationId);
    Object.assign(client, { organizationId });
  });
  client.addEventListener('profile-saved', (event) => {
    person.textContent = fullName(event.profile);
  });
  client.addEventListener('cockpit-session-expired', () => void signInAgain());
  applyAppearance();
  find('#appearance', HTMLButtonElement).addEventListener('click', nextAppearance);
  find('#sign-out', HTMLButtonElement).addEventListener('click', () => void signOut());
};

/** Over the page, so that what was typed is still there. */
const signInAgain = async (): Promise<void> => {
  await askWho(base, { again: true });
  await signedIn();
};

const signOut = async (): Promise<void> => {
  await fetch(`${base}/demo/session`, { method: 'DELETE' });
  sessionStorage.removeItem(chosenOrganization);
  location.reload();
};

// Here or in another tab: another person gets a page of their own, once the elements have dropped what was typed.
cockpit.changes.addEventListener('user', () => setTimeout(() => location.reload()));
applyAppearance();
let profile = await signedIn();
while (!profile) {
  await askWho(base, { again: false });
  profile = await signedIn();
}
showPage(profile);
