import { css } from 'lit';

export const styles = css`
  /* As high while it is read, with a short section and with a longer one: what the page has below it stays there. */
  :host {
    max-inline-size: 960px;
    min-block-size: 560px;
  }
  .bar {
    display: flex;
    align-items: stretch;
    gap: calc(2.5 * var(--_space));
    margin-block-end: calc(6 * var(--_space));
    border-block-end: 1px solid var(--_border);
    overflow-x: auto;
    scrollbar-width: thin;
    /* As wide as the fade, so that what is scrolled to is not under it, and the next one is seen to begin. */
    scroll-padding-inline: 40px;
  }
  /* It fades at each end where there is more, whatever stands behind it: the two fades are moved in and out of sight. */
  @supports (animation-timeline: scroll()) {
    .bar {
      scrollbar-width: none;
      mask-image: linear-gradient(to right, transparent, black 40px), linear-gradient(to left, transparent, black 40px);
      mask-composite: intersect;
      mask-repeat: no-repeat;
      mask-size: calc(100% + 40px) 100%;
      mask-position: -40px, 0;
      /* In longhands: the minifier would put the timeline into the shorthand, which no browser takes there. */
      animation-name: more !important;
      animation-duration: auto !important;
      animation-timing-function: linear !important;
      animation-fill-mode: both !important;
      animation-timeline: scroll(self inline) !important;
    }
    .bar:dir(rtl) {
      animation-direction: reverse !important;
    }
    @keyframes more {
      from {
        mask-position: -40px, -40px;
      }
      10%,
      90% {
        mask-position: 0, -40px;
      }
      to {
        mask-position: 0, 0;
      }
    }
  }
  /* In the place of the bar, and as high. */
  .skeleton.tabs {
    display: flex;
    gap: calc(6 * var(--_space));
    max-inline-size: none;
    margin-block-end: calc(6 * var(--_space));
    padding-block: calc(4 * var(--_space));
    border-block-end: 1px solid var(--_border);
  }
  .skeleton.tabs > div {
    inline-size: 72px;
    block-size: 12px;
  }
  .tablist {
    display: flex;
    gap: calc(2.5 * var(--_space));
  }
  [role='tab'],
  .external {
    display: inline-flex;
    align-items: center;
    gap: calc(1.5 * var(--_space));
    /* Holds what is hidden in it, which else lies outside of what scrolls. */
    position: relative;
    flex: none;
    min-block-size: 44px;
    padding: 0 calc(1.5 * var(--_space));
    border: 0;
    border-radius: 0;
    background: none;
    color: var(--_text-muted);
    font-weight: 500;
    text-decoration: none;
    white-space: nowrap;
    box-shadow: inset 0 0 0 transparent;
  }
  .external svg {
    margin: 0;
  }
  :is([role='tab'], .external, [part='toggle']):hover {
    background: none;
    color: var(--_text);
  }
  [role='tab'][aria-selected='true'] {
    color: var(--_text);
    box-shadow: inset 0 -2px 0 var(--_accent);
  }
  /* The bar scrolls, and would cut an outline outside of it. */
  .bar :is([role='tab'], .external):focus-visible {
    outline-offset: -2px;
    border-radius: 4px;
  }
  .tablist + .external {
    margin-inline-start: auto;
  }
  .head {
    padding-block-end: calc(5 * var(--_space));
  }
  :is(.head, .sections, .page) + :is(.sections, .page) {
    border-block-start: 1px solid var(--_border);
  }
  .page {
    padding-block: calc(6 * var(--_space));
  }
  .page > h2 {
    margin-block-end: calc(4 * var(--_space));
  }
  [part='toggle'] {
    inline-size: 100%;
    min-block-size: 52px;
    justify-content: space-between;
    padding: 0 1px;
    border: 0;
    border-radius: 4px;
    background: none;
    font-weight: 600;
    text-align: start;
    white-space: normal;
  }
  [part='toggle'] svg {
    color: var(--_text-muted);
    transition: rotate 150ms;
  }
  [aria-expanded='true'] svg {
    rotate: 180deg;
  }
  .sections > [part='panel'] {
    padding-block: calc(2 * var(--_space)) calc(6 * var(--_space));
  }
  [part='actions'] {
    padding-block: calc(4 * var(--_space));
  }
  /* Stands above already: in a profile, keys that nobody is named for are one's own. */
  :is(.page, .sections) :is(api-key-list, activity-log)::part(own-title) {
    display: none;
  }
  /* Beside the search, as there is no title before it. */
  :is(.page, .sections) api-key-list::part(filter) {
    margin-inline-end: auto;
  }
  profile-avatar {
    margin-block-end: calc(6 * var(--_space));
  }
  .links {
    display: flex;
    flex-wrap: wrap;
    gap: 0 calc(5 * var(--_space));
    padding-block-start: calc(2 * var(--_space));
  }
  .links,
  [part='actions'] {
    border-block-start: 1px solid var(--_border);
  }
  /* As wide as either label, so that the button keeps its width while busy. */
  [part='save'] {
    min-inline-size: 88px;
  }
  .unsaved {
    color: var(--_danger);
    font-weight: 500;
  }
  @media (forced-colors: active) {
    [role='tab'][aria-selected='true'] {
      border-block-end: 3px solid Highlight;
    }
  }
`;
