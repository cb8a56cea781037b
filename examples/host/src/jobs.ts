/** The last event, from the answer of the demo server. */
const told = (answer: Response): string =>
  answer.ok ? 'Done. Subscribers will get an e-mail.' : `This did not work: ${answer.status}.`;

const longestTitle = 100;

/** Says how long a title is that is too long: an input with a `maxlength` would cut it without a word. */
const checkTitle = ({ target }: Event): void => {
  if (!(target instanceof HTMLInputElement)) return;
  const { length } = target.value.trim();
  target.setCustomValidity(
    length > longestTitle ? `This is too long: ${length} of at most ${longestTitle} characters.` : '',
  );
};

/** The page of a host where something can be made to happen, which the host's service then publishes. */
export const showJobs = (base: string, organizationId: string | undefined): void => {
  const form = document.querySelector<HTMLFormElement>('#happening');
  const status = form?.querySelector('[role="status"]');
  if (!form || !status) return;
  form.addEventListener('input', checkTitle);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    status.textContent = '';
    const subject = organizationId ? { subject: `organization:${organizationId}` } : {};
    void fetch(`${base}/demo/events`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...Object.fromEntries(new FormData(form)), ...subject }),
    })
      .then(told, () => 'This did not work: the server could not be reached.')
      .then((text) => (status.textContent = text));
  });
};

/** Marks the links to this page in the host's navigation, for those who see it and those who hear it. */
export const markCurrentPage = (): void => {
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a'))
    if (link.href === location.origin + location.pathname) link.ariaCurrent = 'page';
};
