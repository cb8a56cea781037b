import type { LitElement } from 'lit';

/** Of each hidden element: the reasons to hide it, and the node that had the focus. */
const veils = new WeakMap<LitElement, { readonly reasons: Set<unknown>; readonly focused: HTMLElement | undefined }>();

const focusedIn = ({ shadowRoot }: Element): HTMLElement | undefined => {
  const focused = shadowRoot?.activeElement;
  return focused instanceof HTMLElement ? (focusedIn(focused) ?? focused) : undefined;
};

/**
 * Hides an element's content, drafts included, without removing it, until no reason is left. Hiding takes the focus
 * away; showing gives it back.
 */
export const setVeiled = (element: LitElement, reason: unknown, isVeiled: boolean): void => {
  const { reasons, focused } = veils.get(element) ?? { reasons: new Set(), focused: focusedIn(element) };
  if (isVeiled) {
    reasons.add(reason);
    veils.set(element, { reasons, focused });
  } else if (!reasons.delete(reason)) return;
  // Created by `createGround`.
  (element.renderRoot as HTMLElement).classList.toggle('veiled', reasons.size > 0);
  if (reasons.size > 0) return;
  veils.delete(element);
  if (focused?.isConnected && document.activeElement === document.body) focused.focus();
};
