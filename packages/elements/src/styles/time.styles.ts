import { css } from 'lit';

/** Dates in tables and among facts: the day, and below it how long ago that was. */
export const timeStyles = css`
  time {
    unicode-bidi: plaintext;
    white-space: nowrap;
    font-variant-numeric: tabular-nums;
  }
  .ago,
  time::after {
    color: var(--_text-muted);
  }
  :is(table, .facts) time {
    display: inline-block;
    white-space: normal;
  }
  :is(table, .facts) :is(.day, .ago),
  :is(table, .facts) time::after {
    display: inline-block;
    unicode-bidi: plaintext;
    white-space: nowrap;
  }
  :is(table, .facts) .day {
    display: block;
  }
  :is(table, .facts) .ago,
  :is(table, .facts) time::after {
    font-size: 12px;
  }
  :is(table, .facts) .ago {
    margin-inline-end: calc(2 * var(--_space));
  }
  /* The exact time, where nothing can be hovered over or nothing in the row can have the focus. */
  :is(table, .facts) time::after {
    content: attr(data-exact);
  }
  @media (hover: hover) {
    .with-actions tr:not(:focus-within) time::after {
      content: none;
    }
    /* As high as what takes its place. */
    .with-actions .ago {
      display: block;
    }
    /* Else in a row that has the focus: in the place of how long ago, and without a width, so that nothing moves. */
    .with-actions tr:focus-within .ago {
      display: none;
    }
    .with-actions time::after {
      display: block;
      inline-size: 0;
    }
  }
`;
