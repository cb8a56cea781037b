import '@ai-cockpit/elements';
import {
  CockpitError,
  createCockpit,
  NetworkError,
  type Profile,
  RateLimitedError,
  ServerError,
  TimeoutError,
  UnauthenticatedError,
} from '@ai-cockpit/sdk';
import { applyAppearance, nextAppearance } from './appearance.js';
import { markCurrentPage, showJobs } from './jobs.js';
import { askWho } from './sign-in.js';

/** Where the demo stands, as `/` or `/tools/cockpit/`: this script is one folder below. */
const mount = new URL('..', import.meta.url).pathname;
/** `/ai-cockpit-one`: what this host's pages, its API and its cookie have in common. */
const base = mount + (location.pathname.slice(mount.length).split('/')[0] ?? '');
const cockpit = createCockpit({ baseUrl: `${base}/v1` });
const chosenOrganization = `${base} organization`;

const find = <T extends Element>(selector: string, type: new () => T): T => {
  const element = document.querySelector(selector);
  if (!(element instanceof type)) throw new Error(`The page has no ${selector}.`);
  return element;
};

/** The profile of the person the page was drawn for; none while nobody is signed in. */
let shownId: string | undefined;

const fullName = ({ firstName, lastName }: Profile) => `${firstName} ${lastName}`;

/** The profile of the signed-in person; `null` where the cookie belongs to no session. */
const signedIn = async (): Promise<Profile | undefined> => {
  try {
    return await cockpit.profile.get();
  } catch (error) {
    if (error instanceof UnauthenticatedError) return undefined;
    throw error;
  }
};

/** Parts of the page for some people only, by the policy of the active organization. */
const showWhatIsOffered = async (organizationId: string | undefined): Promise<void> => {
  const parts = document.querySelectorAll<HTMLElement>('[data-needs]');
  if (parts.length === 0) return;
  // Where the policy cannot be had, the elements say so; nothing more is shown than before.
  const policy = await cockpit.policy(organizationId).catch(() => null);
  const offers = new Map([['listsAllKeys', policy?.administration?.listsAllKeys === true]]);
  for (const part of parts) part.hidden = !offers.get(part.dataset.needs ?? '');
};

/** A page of one Save is done with once it is saved: the host leads on, and the next page says what has happened. */
const leaveAfterSave = ({ target }: Event): void => {
  const next = target instanceof HTMLElement && target.dataset.afterSave;
  if (next) location.assign(next);
};

const sayWhatHappened = (): void => {
  const note = document.querySelector<HTMLElement>('[data-saved]');
  if (!note || location.search !== '?saved') return;
  history.replaceState(null, '', location.pathname);
  // A moment later: what stands in a live region from its beginning is not read out.
  setTimeout(() => (note.textContent = note.dataset.saved ?? ''));
};

const showPage = (profile: Profile): void => {
  shownId = profile.id;
  document.body.append(find('#signed-in', HTMLTemplateElement).content.cloneNode(true));
  const client = find('cockpit-client', HTMLElement);
  const person = document.querySelector('#person');
  const remembered = sessionStorage.getItem(chosenOrganization);
  const isMember = profile.organizations.some(({ id }) => id === remembered);
  const organizationId = isMember ? remembered : profile.organizations[0]?.id;

  Object.assign(client, { client: cockpit, organizationId });
  if (person) person.textContent = fullName(profile);

  client.addEventListener('organization-changed', ({ organizationId }) => {
    sessionStorage.setItem(chosenOrganization, organizationId);
    Object.assign(client, { organizationId });
    void showWhatIsOffered(organizationId);
  });
  client.addEventListener('profile-page-saved', leaveAfterSave);
  client.addEventListener('profile-saved', (event) => {
    if (person) person.textContent = fullName(event.profile);
  });
  client.addEventListener('cockpit-session-expired', () => void signInAgain());
  void showWhatIsOffered(organizationId ?? undefined);
  sayWhatHappened();
  markCurrentPage();
  showJobs(base, organizationId ?? undefined);
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

/** Errors that may be over by the next attempt. Any other is of an answer, which the server gives again. */
const temporary = [NetworkError, TimeoutError, ServerError, RateLimitedError];

const showFailure = (error: unknown): void => {
  document.body.append(find('#unreachable', HTMLTemplateElement).content.cloneNode(true));
  const isUnderstood = !(error instanceof CockpitError) || temporary.some((type) => error instanceof type);
  find('#could-not-be-reached', HTMLElement).hidden = !isUnderstood;
  find('#not-understood', HTMLElement).hidden = isUnderstood;
  find('#try-again', HTMLButtonElement).addEventListener('click', () => location.reload());
};

/** On Back, the browser may show the page as it was left, to whoever is there by now: it is theirs, or is loaded anew. */
const verifyPerson = async (): Promise<void> => {
  const person = document.querySelector<HTMLElement>('#person');
  if (person) person.hidden = true;
  const profile = await signedIn().catch(() => undefined);
  if (profile?.id !== shownId) {
    // With all that was typed: nobody else is to be asked about that.
    document.querySelector('cockpit-client')?.remove();
    setTimeout(() => location.reload());
    return;
  }
  if (person) person.hidden = false;
  await showWhatIsOffered(document.querySelector('cockpit-client')?.organizationId);
};

window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) void verifyPerson();
});
// Here or in another tab: another person gets a page of their own, once the elements have dropped what was typed.
cockpit.changes.addEventListener('user', () => setTimeout(() => location.reload()));
applyAppearance();
try {
  let profile = await signedIn();
  while (!profile) {
    await askWho(base, { again: false });
    profile = await signedIn();
  }
  showPage(profile);
} catch (error) {
  showFailure(error);
  throw error;
}
