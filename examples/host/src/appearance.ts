const key = 'appearance';
const appearances = ['system', 'light', 'dark'] as const;
const labels = { system: 'Auto', light: 'Light', dark: 'Dark' };

type Appearance = (typeof appearances)[number];

const chosen = (): Appearance => appearances.find((name) => name === localStorage.getItem(key)) ?? 'system';

/** The elements follow the page's `color-scheme`: nothing has to be told to them. */
export const applyAppearance = (): void => {
  document.documentElement.dataset.appearance = chosen();
  const button = document.querySelector('#appearance');
  if (!button) return;
  button.textContent = labels[chosen()];
  button.setAttribute('aria-label', `Appearance: ${labels[chosen()]}`);
};

export const nextAppearance = (): void => {
  const next = appearances[(appearances.indexOf(chosen()) + 1) % appearances.length] ?? 'system';
  localStorage.setItem(key, next);
  applyAppearance();
};
