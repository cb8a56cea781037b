import { isBlank, type Profile, visibleText } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { personIcon } from '../icons/icons.js';

type Person = Pick<Profile, 'firstName' | 'lastName' | 'loginName' | 'email'>;

export const personName = ({ firstName, lastName, loginName, email }: Person): string =>
  [visibleText(`${firstName} ${lastName}`), loginName, email].find((name) => !isBlank(name)) ?? '';

const initialOf = (text: string): string => {
  const [first] = new Intl.Segmenter().segment(isBlank(text) ? '' : visibleText(text));
  return first?.segment.toLocaleUpperCase() ?? '';
};

const initialsOf = (person: Person): string =>
  initialOf(person.firstName) + initialOf(person.lastName) || initialOf(personName(person));

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
