import { html, nothing } from 'lit';
import { onKey } from '../views/keyboard.js';

export interface TabBarView {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly title: string }[];
  readonly selected: string | undefined;
  /** @returns whether it is selected now */
  readonly select: (id: string) => boolean;
  /** The content beside the tabs. */
  readonly links: unknown;
}

/** Of a narrow bar, browsers leave a link half in sight where it is. */
const handleFocused = ({ target }: FocusEvent): void =>
  (target as HTMLElement).scrollIntoView?.({ block: 'nearest', inline: 'nearest' });

/** How much of the neighbours stays in sight beside the selected tab, in pixels: as wide as the fade of the bar. */
const neighbour = 40;

/** Scrolls a narrow bar, and not the page around it, so that the selected tab is in sight. */
export const revealSelectedTab = (bar: Element): void => {
  const tab = bar.querySelector('[aria-selected="true"]')?.getBoundingClientRect();
  if (!tab) return;
  const { left, right } = bar.getBoundingClientRect();
  bar.scrollBy?.(Math.min(0, tab.left - neighbour - left) + Math.max(0, tab.right + neighbour - right), 0);
};

/** Tabbing through the links has scrolled the bar: whoever goes on sees again where they are. */
const handleLeft = ({ currentTarget, relatedTarget }: FocusEvent): void => {
  const bar = currentTarget as HTMLElement;
  if (!bar.contains(relatedTarget as Node | null)) revealSelectedTab(bar);
};

const handleKeydown = onKey((event) => {
  const list = event.currentTarget as HTMLElement;
  const tabs = [...list.children] as HTMLElement[];
  const at = tabs.findIndex((tab) => tab === event.target);
  const isRightToLeft = getComputedStyle(list).direction === 'rtl';
  const to = {
    [isRightToLeft ? 'ArrowLeft' : 'ArrowRight']: at + 1,
    [isRightToLeft ? 'ArrowRight' : 'ArrowLeft']: at - 1,
    Home: 0,
    End: -1,
  }[event.key];
  if (to === undefined || at < 0) return;
  event.preventDefault();
  tabs.at(to % tabs.length)?.click();
});

/** The sections as tabs: one is shown, one is a stop of the Tab key, and the arrow keys go from one to the next. */
export const tabBarView = ({ label, tabs, selected, select, links }: TabBarView) => html`
  <div class="bar" part="bar" @focusin=${handleFocused} @focusout=${handleLeft}>
    <div class="tablist" part="tablist" role="tablist" aria-label=${label} @keydown=${handleKeydown}>
      ${tabs.map(
        ({ id, title }) => html`<button
          type="button"
          role="tab"
          part="tab"
          id="title-${id}"
          aria-selected=${id === selected}
          aria-controls=${id === selected ? `panel-${id}` : nothing}
          tabindex=${id === selected ? 0 : -1}
          @click=${({ currentTarget }: Event) => select(id) && (currentTarget as HTMLElement).focus()}
        >
          ${title}
        </button>`,
      )}
    </div>
    ${links}
  </div>
`;
