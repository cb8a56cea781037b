import { css } from 'lit';

/**
 * The public tokens, each with its default. A host that sets only `--cockpit-color-accent` gets every state from it;
 * light and dark follow the host's `color-scheme`.
 */
export const tokenStyles = css`
  :host {
    /* Text. */
    --_text: var(--cockpit-color-text, light-dark(oklch(0.24 0.012 265), oklch(0.94 0.005 265)));
    /* Text that stands back: help, labels of columns. */
    --_text-muted: var(--cockpit-color-text-muted, light-dark(oklch(0.48 0.014 265), oklch(0.74 0.012 265)));
    /* The page behind. */
    --_surface: var(--cockpit-color-surface, light-dark(oklch(1 0 0), oklch(0.2 0.01 265)));
    /* Dialogs and menus. */
    --_surface-raised: var(--cockpit-color-surface-raised, light-dark(oklch(1 0 0), oklch(0.245 0.012 265)));
    /* Read-only fields, badges, outlines. */
    --_surface-sunken: var(--cockpit-color-surface-sunken, light-dark(oklch(0.972 0.003 265), oklch(0.265 0.012 265)));
    /* Lines between and around parts of the page. */
    --_border: var(--cockpit-color-border, light-dark(oklch(0.91 0.006 265), oklch(0.34 0.013 265)));
    /* Lines around inputs and buttons, at least 3:1 on the surface. */
    --_border-control: var(--cockpit-color-border-control, light-dark(oklch(0.64 0.012 265), oklch(0.56 0.014 265)));
    /* The one to set first: primary buttons, links, focus and selection follow from it. */
    --_accent: var(--cockpit-color-accent, light-dark(oklch(0.5 0.17 262), oklch(0.74 0.12 262)));
    /* Black or white, whichever reads on the accent. */
    --_on-accent: var(--cockpit-color-on-accent, oklch(from var(--_accent) clamp(0, (0.65 - l) * 1000, 1) 0 0));
    --_accent-hover: color-mix(in oklab, var(--_accent) 88%, var(--_text));
    --_accent-text: color-mix(in oklab, var(--_accent) 85%, var(--_text));
    --_accent-soft: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    /* Errors, and what cannot be undone. */
    --_danger: var(--cockpit-color-danger, light-dark(oklch(0.52 0.19 27), oklch(0.75 0.14 25)));
    --_on-danger: oklch(from var(--_danger) clamp(0, (0.65 - l) * 1000, 1) 0 0);
    --_danger-soft: color-mix(in oklab, var(--_danger) 10%, var(--_surface));
    /* Warnings. */
    --_warning: var(--cockpit-color-warning, light-dark(oklch(0.5 0.11 70), oklch(0.82 0.12 80)));
    /* Success. */
    --_success: var(--cockpit-color-success, light-dark(oklch(0.48 0.12 152), oklch(0.78 0.13 155)));
    /* The unit of all distances. */
    --_space: var(--cockpit-space-unit, 4px);
    /* The corners of inputs, buttons and notices. */
    --_radius: var(--cockpit-radius-control, 8px);
    /* The corners of dialogs, menus, tables and cards. */
    --_radius-overlay: var(--cockpit-radius-overlay, 12px);
    /* Of all text. */
    --_font: var(--cockpit-font-family, inherit);
    /* Of keys, masks and codes. */
    --_mono: var(--cockpit-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
    /* Of text; headings and notes have sizes of their own. */
    --_size: var(--cockpit-font-size, 14px);
    /* How high inputs and buttons are; 44px by default for coarse pointers. */
    --_control: var(--cockpit-size-control, 36px);
  }
  @media (pointer: coarse) {
    :host {
      --_control: var(--cockpit-size-control, 44px);
    }
  }
`;
