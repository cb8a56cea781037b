import { html, nothing, render } from 'lit';
import { Directive, directive, type ElementPart } from 'lit/directive.js';
import { moreIcon } from '../icons/icons.js';
import { closeMenu, focusFirstItem, handleMenuBeforeToggle, handleMenuKeydown } from './menu.js';

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

const handleToggle = ({ currentTarget, newState }: ToggleEvent): void => {
  const menu = currentTarget as HTMLElement;
  if (newState === 'open') focusFirstItem(menu);
  else if (menu.parentElement) render(nothing, menu.parentElement);
};

const menuView = ({ id, label, actions }: RowMenuView) => html`
  <div class="menu" part="menu" id=${id} popover role="menu" aria-label=${label} @beforetoggle=${handleMenuBeforeToggle} @toggle=${handleToggle} @keydown=${handleMenuKeydown}>
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

const drawMenu = (button: Element, view: RowMenuView): void => {
  if (button.parentElement) render(menuView(view), button.parentElement);
};

/** Draws an open menu again when its row has changed, so that it offers the current actions. */
const openMenu = directive(
  class extends Directive {
    override render(_view: RowMenuView) {
      return nothing;
    }
    override update({ element }: ElementPart, [view]: [RowMenuView]) {
      if (element.parentElement?.querySelector(':popover-open')) drawMenu(element, view);
      return nothing;
    }
  },
);

/**
 * The button that opens the actions of a row: a native popover, with the keyboard of the APG menu button. A long table has
 * many such menus, so a popover is drawn only when its button is pressed, and removed when it has closed.
 */
export const rowMenuView = (view: RowMenuView) => html`
  <button
    type="button"
    part="menu-button"
    popovertarget=${view.id}
    aria-haspopup="menu"
    aria-label=${view.label}
    title=${view.label}
    ${openMenu(view)}
    @click=${({ currentTarget }: Event) => {
      const button = currentTarget as HTMLElement;
      if (!button.parentElement?.querySelector(':popover-open')) drawMenu(button, view);
    }}
  >
    ${moreIcon}
  </button>
`;
