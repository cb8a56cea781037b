import { fullName, isBlank, type Profile, visibleText } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { personIcon } from '../icons/icons.js';

type Person = Pick<Profile, 'firstName' | 'lastName' | 'loginName' | 'email'>;

/** The language of the reader decides about the order of names in Latin letters only. */
export const personName = (person: Person, locale?: string): string =>
  [fullName(person, locale), person.loginName, person.email].find((name) => !isBlank(name)) ?? '';

const initialOf = (text: string): string => {
  const [first] = new Intl.Segmenter().segment(isBlank(text) ? '' : visibleText(text));
  return first?.segment.toLocaleUpperCase() ?? '';
};

/** In the order of the full name. */
const initialsOf = (person: Person): string => {
  const { firstName, lastName } = person;
  const names = fullName(person).startsWith(visibleText(lastName)) ? [lastName, firstName] : [firstName, lastName];
  return names.map(initialOf).join('') || initialOf(personName(person));
};

export interface AvatarView {
  readonly src: string | undefined;
  /** The name whose initials replace a missing picture; without a name, an icon does. */
  readonly person?: Person | undefined;
  /** What it is to those who hear it; without it, what stands beside it says enough. */
  readonly label?: string;
}

/** A person's picture, or what stands in its place. */
export const avatarView = ({ src, person, label }: AvatarView) => html`<span
  class="avatar"
  part="avatar"
  role=${label ? 'img' : nothing}
  aria-label=${label ?? nothing}
  aria-hidden=${label ? nothing : 'true'}
  >${src ? html`<img src=${src} alt="" />` : (person && initialsOf(person)) || personIcon}</span
>`;
