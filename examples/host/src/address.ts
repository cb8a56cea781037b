// Writes the addresses of the host's API into its documentation, whatever address the demo is served at.
const mount = new URL('..', import.meta.url);
const host = location.pathname.slice(mount.pathname.length).split('/')[0] ?? '';
for (const place of document.querySelectorAll<HTMLElement>('[data-api]'))
  place.textContent = new URL(`${host}/v1/${place.dataset.api}`, mount).href;

export {};
