import { css } from 'lit';

/**
 * The public tokens, each with its default. A host that sets only `--cockpit-color-accent` gets every state from it;
 * light and dark follow the host's `color-scheme`.
 */
export const tokenStyles = css`
  :host {
    --_text: var(--cockpit-color-text, light-dark(oklch(0.24 0.012 265), oklch(0.94 0.005 265)));
    --_text-muted: var(--cockpit-color-text-muted, light-dark(oklch(0.48 0.014 265), oklch(0.74 0.012 265)));
    --_surface: var(--cockpit-color-surface, light-dark(oklch(1 0 0), oklch(0.2 0.01 265)));
    --_surface-raised: var(--cockpit-color-surface-raised, light-dark(oklch(1 0 0), oklch(0.245 0.012 265)));
    --_surface-sunken: var(--cockpit-color-surface-sunken, light-dark(oklch(0.972 0.003 265), oklch(0.265 0.012 265)));
    --_border: var(--cockpit-color-border, light-dark(oklch(0.91 0.006 265), oklch(0.34 0.013 265)));
    --_border-control: var(--cockpit-color-border-control, light-dark(oklch(0.64 0.012 265), oklch(0.56 0.014 265)));
    --_accent: var(--cockpit-color-accent, light-dark(oklch(0.5 0.17 262), oklch(0.74 0.12 262)));
    /* Black or white, whichever reads on the accent. */
    --_on-accent: var(--cockpit-color-on-accent, oklch(from var(--_accent) clamp(0, (0.65 - l) * 1000, 1) 0 0));
    --_accent-hover: color-mix(in oklab, var(--_accent) 88%, var(--_text));
    --_accent-text: color-mix(in oklab, var(--_accent) 85%, var(--_text));
    --_accent-soft: color-mix(in oklab, var(--_accent) 12%, var(--_surface));
    --_danger: var(--cockpit-color-danger, light-dark(oklch(0.52 0.19 27), oklch(0.75 0.14 25)));
    --_on-danger: oklch(from var(--_danger) clamp(0, (0.65 - l) * 1000, 1) 0 0);
    --_danger-soft: color-mix(in oklab, var(--_danger) 10%, var(--_surface));
    --_warning: var(--cockpit-color-warning, light-dark(oklch(0.5 0.11 70), oklch(0.82 0.12 80)));
    --_success: var(--cockpit-color-success, light-dark(oklch(0.48 0.12 152), oklch(0.78 0.13 155)));
    --_space: var(--cockpit-space-unit, 4px);
    --_radius: var(--cockpit-radius-control, 8px);
    --_radius-overlay: var(--cockpit-radius-overlay, 12px);
    --_font: var(--cockpit-font-family, inherit);
    --_mono: var(--cockpit-font-mono, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
    --_size: var(--cockpit-font-size, 14px);
    --_control: var(--cockpit-size-control, 36px);
  }
  @media (pointer: coarse) {
    :host {
      --_control: var(--cockpit-size-control, 44px);
    }
  }
`;
