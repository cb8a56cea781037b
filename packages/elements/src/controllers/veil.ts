import type { LitElement } from 'lit';

/** What each hidden element waits for, and what had the focus in it. */
const veils = new WeakMap<LitElement, { readonly reasons: Set<unknown>; readonly focused: HTMLElement | undefined }>();

const focusedIn = ({ shadowRoot }: Element): HTMLElement | undefined => {
  const focused = shadowRoot?.activeElement;
  return focused instanceof HTMLElement ? (focusedIn(focused) ?? focused) : undefined;
};

/**
 * Hides what an element shows, for as long as there is a reason to: it stays as it is, with all that was typed, but
 * nobody sees it. Hiding takes the focus away, which comes back with the rest.
 */
export const setVeiled = (element: LitElement, reason: unknown, isVeiled: boolean): void => {
  const { reasons, focused } = veils.get(element) ?? { reasons: new Set(), focused: focusedIn(element) };
  if (isVeiled) {
    reasons.add(reason);
    veils.set(element, { reasons, focused });
  } else if (!reasons.delete(reason)) return;
  // `createGround` made it.
  (element.renderRoot as HTMLElement).classList.toggle('veiled', reasons.size > 0);
  if (reasons.size > 0) return;
  veils.delete(element);
  if (focused?.isConnected && document.activeElement === document.body) focused.focus();
};
