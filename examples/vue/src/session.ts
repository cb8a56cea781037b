import type { GetAccessToken } from '@ai-cockpit/sdk';
import { computed, readonly, ref } from 'vue';

export interface Person {
  readonly id: string;
  readonly name: string;
}

const user = ref<string>();
let token: string | null = null;
let verified: Promise<void> = Promise.resolve();

/** The signed-in person, if any. */
export const person = readonly(user);
export const signedIn = computed(() => user.value !== undefined);
/** The session has ended, and the page still holds what was typed. */
export const lapsed = ref(false);

/** Whom the demo server lets in without a password. Your own sign-in stands in this place. */
export const demoPeople = async (): Promise<readonly Person[]> => {
  const answer = await fetch('/ai-cockpit-one/demo/people');
  return ((await answer.json()) as { data: Person[] }).data;
};

export const signIn = async (id: string): Promise<void> => {
  const answer = await fetch('/ai-cockpit-one/demo/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: id }),
  });
  token = ((await answer.json()) as { accessToken: string }).accessToken;
  user.value = id;
  lapsed.value = false;
};

export const signOut = async (): Promise<void> => {
  await fetch('/ai-cockpit-one/demo/session', { method: 'DELETE' });
  token = null;
  user.value = undefined;
};

/** Whether it is still the same person, as the sign-in's own cookie says. */
const verify = async (): Promise<void> => {
  const answer = await fetch('/ai-cockpit-one/v1/profile').catch(() => undefined);
  const id = answer?.ok ? ((await answer.json()) as Person).id : undefined;
  if (id !== undefined && id === user.value) await signIn(id);
  else user.value = undefined;
};

// The browser may keep the page that is left, and show it as it was on Back, to whoever is there by then.
window.addEventListener('pagehide', () => {
  token = null;
});
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted && user.value !== undefined) verified = verify();
});

/** Asked before every request; with `refresh`, because the last token was refused. */
export const getAccessToken: GetAccessToken = async ({ refresh }) => {
  await verified;
  if (refresh && user.value) await signIn(user.value);
  return token;
};
