interface DemoPerson {
  id: string;
  name: string;
  organizations: { name: string; role: string }[];
}

const describe = ({ organizations }: DemoPerson) =>
  organizations.map(({ name, role }) => `${role} of ${name}`).join(' · ') || 'in no organization';

const personButton = (person: DemoPerson): HTMLLIElement => {
  const name = Object.assign(document.createElement('strong'), { textContent: person.name });
  const memberships = Object.assign(document.createElement('span'), { textContent: describe(person) });
  const button = Object.assign(document.createElement('button'), { type: 'button', value: person.id });
  button.append(name, memberships);
  const item = document.createElement('li');
  item.append(button);
  return item;
};

/** Shows the demo's people until one of them is signed in. A real host has its own sign-in in this place. */
export const askWho = async (base: string, { again }: { again: boolean }): Promise<void> => {
  const dialog = document.querySelector<HTMLDialogElement>('#sign-in');
  const list = dialog?.querySelector('#people');
  const reason = dialog?.querySelector('#sign-in-reason');
  const problem = dialog?.querySelector('#sign-in-problem');
  if (!dialog || !list || !reason || !problem) throw new Error('The page has no sign-in.');
  if (dialog.open) return;

  const answer = await fetch(`${base}/demo/people`);
  const people = (await answer.json()) as { data: DemoPerson[] };
  list.replaceChildren(...people.data.map(personButton));
  dialog.classList.toggle('over-page', again);
  if (again) reason.textContent = 'Your session has expired. Sign in again: what you typed is still there.';
  dialog.showModal();

  await new Promise<void>((resolve) => {
    const handleClick = async (event: Event): Promise<void> => {
      const button = (event.target as Element).closest('button');
      if (!button) return;
      const { ok } = await fetch(`${base}/demo/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ user: button.value }),
      });
      problem.textContent = ok ? '' : 'That did not work. Try again.';
      if (!ok) return;
      list.removeEventListener('click', listener);
      dialog.close();
      resolve();
    };
    const listener = (event: Event) => void handleClick(event);
    list.addEventListener('click', listener);
    dialog.addEventListener('cancel', (event) => event.preventDefault());
    dialog.addEventListener('keydown', (event) => event.key === 'Escape' && event.preventDefault());
  });
};
