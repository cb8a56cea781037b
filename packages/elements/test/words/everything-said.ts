import { agoText, dateText, instantText, timeText } from '../../src/locales/dates.js';

const attributes = [
  'aria-label',
  'aria-description',
  'aria-placeholder',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'title',
  'placeholder',
  'label',
  'data-label',
];

/** Texts of `::before` and `::after`; those from an attribute are checked with the attribute. */
const generated = (element: Element): string[] =>
  ['::before', '::after'].map((part) => getComputedStyle(element, part).content).filter((text) => text !== 'none');

/** Texts that are made by `Intl` from the date of a `<time>`, now or as it was drawn some seconds ago. */
const datesOf = (element: Element): string[] => {
  const iso = element.closest('time')?.dateTime;
  if (!iso) return [];
  const secondsAgo = Array.from({ length: 30 }, (_, seconds) => new Date(Date.parse(iso) + seconds * 1000));
  return [
    dateText(iso, 'en'),
    instantText(iso, 'en'),
    timeText(iso, 'en'),
    ...secondsAgo.map((date) => agoText(date.toISOString(), { locale: 'en', now: () => Date.now(), text: () => '' })),
  ];
};

export interface Said {
  readonly text: string;
  /** Where it stands, for whoever looks for it. */
  readonly place: string;
}

/** All that somebody reads or hears in an element and in those in it, save what was typed, and dates. */
export const everythingSaid = (root: Element): Said[] => {
  const said: Said[] = [];
  const visit = (element: Element): void => {
    // A command, the same in every language.
    if (element.matches('code[translate="no"]')) return;
    const place = `<${element.localName} part="${element.getAttribute('part') ?? ''}">`;
    const dates = datesOf(element);
    const say = (text: string | null | undefined, where: string) => {
      if (text?.trim() && !dates.includes(text.trim())) said.push({ text: text.trim(), place: `${where} of ${place}` });
    };
    for (const name of attributes) say(element.getAttribute(name), name);
    if (element instanceof HTMLInputElement && ['button', 'submit', 'reset'].includes(element.type)) {
      say(element.value, 'value');
    }
    for (const text of generated(element)) say(/^"(.*)"$/.exec(text)?.[1], 'generated content');
    // A sentence with code in it is one text.
    if (element.matches('p:has(> code)')) return say(element.textContent, 'text');
    const { childNodes } = element.shadowRoot ?? element;
    for (const node of childNodes) {
      if (node instanceof Text) say(node.data, 'text');
      if (node instanceof Element && node.localName !== 'style') visit(node);
    }
  };
  visit(root);
  return said;
};
