import { oneEvent } from '@open-wc/testing';
import { appears, button, deep, deepAll, type, waitUntil } from '../page.js';

/* Actions of a person on the elements, found by visible labels. */

const input = (root: Element, name: string) => deep<HTMLInputElement>(root, `[name="${name}"]:not([type="radio"])`);

export const choose = (root: Element, name: string, value: string): void => {
  const select = deep<HTMLSelectElement>(root, `select[name="${name}"]`);
  select.value = value;
  select.dispatchEvent(new Event('input', { bubbles: true }));
};

export const createKey = async (create: Element, description: string): Promise<void> => {
  await appears(create, '[part="button"]');
  button(create, 'Create API key').click();
  const dialog = await appears(create, 'dialog[open]');
  type(deep<HTMLInputElement>(dialog, '[name="description"]'), description);
  const created = oneEvent(create, 'api-key-created');
  deep(create, 'dialog [part="submit"]').click();
  await created;
};

export const chooseAction = async (list: Element, row: string, action: string): Promise<HTMLElement> => {
  button(list, `Actions for ${row}`).click();
  button(list, action).click();
  return appears(list, 'dialog[open]');
};

/** Ends a row of a list by its menu. */
export const end = async (list: Element, row: string, action: 'Revoke' | 'Delete'): Promise<void> => {
  await chooseAction(list, row, action);
  deep(list, '[part="confirm"]').click();
  await waitUntil(() => deepAll(list, 'dialog').length === 0, 'the dialog stayed open');
};

export const fillInToken = async (form: Element, name: string): Promise<void> => {
  await appears(form, 'select[name="provider"]');
  choose(form, 'provider', 'jira');
  await appears(form, '[name="values.site"]');
  type(input(form, 'name'), name);
  type(input(form, 'values.site'), 'acme.atlassian.net');
  type(input(form, 'values.email'), 'bot@example.com');
  type(input(form, 'values.token'), 'CANARY-of-one-truth');
};

export const saveToken = async (form: Element): Promise<void> => {
  const saved = oneEvent(form, 'provider-token-saved');
  deep(form, '[part="save"]').click();
  await saved;
};

export const saveFirstName = async (form: Element, firstName: string): Promise<void> => {
  type(await appears<HTMLInputElement>(form, '[name="firstName"]'), firstName);
  const saved = oneEvent(form, 'profile-saved');
  deep(form, '[part="save"]').click();
  await saved;
};

export const chooseOrganization = async (select: Element, name: string): Promise<void> => {
  (await appears(select, '[role="combobox"]')).click();
  await appears(select, '[role="option"]');
  deepAll(select, '[role="option"]')
    .find(({ textContent }) => textContent?.includes(name))
    ?.click();
};
