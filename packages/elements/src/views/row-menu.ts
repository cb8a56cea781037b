import { html, nothing, render } from 'lit';
import { moreIcon } from '../icons/icons.js';

export interface RowAction {
  readonly label: string;
  readonly run: () => void;
  readonly destructive?: boolean;
}

export interface RowMenuView {
  /** Unique in the element. */
  readonly id: string;
  /** Names the row, for example "Actions for Jira". */
  readonly label: string;
  readonly actions: readonly RowAction[];
}

const itemsOf = (menu: HTMLElement) => [...menu.querySelectorAll('button')];

const buttonOf = (menu: HTMLElement) => menu.parentElement?.querySelector<HTMLElement>(`[popovertarget="${menu.id}"]`);

/** Whichever way it closes, the focus does not go down with it. */
const handleBeforeToggle = ({ currentTarget, newState }: ToggleEvent): void => {
  const menu = currentTarget as HTMLElement;
  if (newState === 'closed' && menu.matches(':focus-within')) buttonOf(menu)?.focus();
};

const handleToggle = ({ currentTarget, newState }: ToggleEvent): void => {
  const menu = currentTarget as HTMLElement;
  if (newState === 'open') itemsOf(menu)[0]?.focus();
  else if (menu.parentElement) render(nothing, menu.parentElement);
};

const handleKeydown = (event: KeyboardEvent): void => {
  const menu = event.currentTarget as HTMLElement;
  const items = itemsOf(menu);
  const at = items.findIndex((item) => item.matches(':focus'));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items.at(to % items.length)?.focus();
  } else if (event.key === 'Tab') {
    menu.hidePopover();
  }
};

/** Not every browser gives a clicked button the focus, and so back to it. */
const closeMenu = (menu: HTMLElement | null): void => {
  menu?.hidePopover();
  if (menu) buttonOf(menu)?.focus();
};

const menuView = ({ id, label, actions }: RowMenuView) => html`
  <div class="menu" part="menu" id=${id} popover role="menu" aria-label=${label} @beforetoggle=${handleBeforeToggle} @toggle=${handleToggle} @keydown=${handleKeydown}>
    ${actions.map(
      ({ label, run, destructive }) => html`<button
        type="button"
        role="menuitem"
        tabindex="-1"
        class=${destructive ? 'destructive' : ''}
        @click=${(event: Event) => {
          closeMenu((event.currentTarget as HTMLElement).closest<HTMLElement>('[popover]'));
          run();
        }}
      >
        ${label}
      </button>`,
    )}
  </div>
`;

/**
 * The actions of a row behind one button: a native popover, with the keyboard of the APG menu button. A long table has
 * many of them, so that the popover is drawn when its button is pressed, just before the button opens it, and goes when
 * it has closed.
 */
export const rowMenuView = (view: RowMenuView) => html`
  <button
    type="button"
    part="menu-button"
    popovertarget=${view.id}
    aria-haspopup="menu"
    aria-label=${view.label}
    title=${view.label}
    @click=${({ currentTarget }: Event) => {
      const cell = (currentTarget as HTMLElement).parentElement;
      if (cell && !cell.querySelector(':popover-open')) render(menuView(view), cell);
    }}
  >
    ${moreIcon}
  </button>
`;
