import { onKey } from './keyboard.js';

/**
 * The keyboard of the APG menu button, over a native popover: the same wherever there is a menu. The DOM of a unit test
 * may know neither popovers nor layout: a menu that is drawn there is simply there.
 */

/** Those that the host put into a slot, too, as far as it shows them. */
const itemsOf = (menu: HTMLElement): HTMLElement[] =>
  [...menu.querySelectorAll<HTMLElement>('a, button, slot')]
    .flatMap((item) =>
      item instanceof HTMLSlotElement ? (item.assignedElements({ flatten: true }) as HTMLElement[]) : [item],
    )
    .filter((item) => item.checkVisibility?.() ?? true);

const buttonOf = (menu: HTMLElement) => menu.parentElement?.querySelector<HTMLElement>(`[popovertarget="${menu.id}"]`);

export const focusFirstItem = (menu: HTMLElement): void => itemsOf(menu)[0]?.focus();

/** Whichever way it closes, the focus does not go down with it. */
export const handleMenuBeforeToggle = ({ currentTarget, newState }: ToggleEvent): void => {
  const menu = currentTarget as HTMLElement;
  if (newState === 'closed' && menu.matches(':focus-within')) buttonOf(menu)?.focus();
};

export const handleMenuKeydown = onKey((event) => {
  const menu = event.currentTarget as HTMLElement;
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === 'Tab') {
    menu.hidePopover?.();
  }
});

/** Not every browser gives a clicked button the focus, and so back to it. */
export const closeMenu = (menu: HTMLElement | null): void => {
  menu?.hidePopover?.();
  if (menu) buttonOf(menu)?.focus();
};
