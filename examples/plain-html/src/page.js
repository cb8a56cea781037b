const api = '/ai-cockpit-one';
const client = document.querySelector('cockpit-client');
const signInSection = document.querySelector('#sign-in');

client.addEventListener('api-key-created', ({ apiKey }) => {
  document.querySelector('#newest').textContent = `The page has seen the new key ${apiKey.maskedValue}.`;
});

// No session yet, or the session has ended. Replace this with your own sign-in.
client.addEventListener('cockpit-session-expired', async () => {
  if (!signInSection.hidden) return;
  client.hidden = true;
  signInSection.hidden = false;
  const answer = await fetch(`${api}/demo/people`);
  const { data } = await answer.json();
  signInSection.querySelector('ul').replaceChildren(
    ...data.map(({ id, name }) => {
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: name });
      button.addEventListener('click', () => signIn(id));
      const item = document.createElement('li');
      item.append(button);
      return item;
    }),
  );
});

// On Back, the browser may show the page as it was left, to whoever is there by now; the elements see to their own.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) document.querySelector('#newest').textContent = '';
});

const signIn = async (user) => {
  await fetch(`${api}/demo/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user }),
  });
  location.reload();
};

document.querySelector('#sign-out').addEventListener('click', async () => {
  await fetch(`${api}/demo/session`, { method: 'DELETE' });
  location.reload();
});
