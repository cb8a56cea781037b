import type { LitElement } from 'lit';
import { focusedIn } from './focus.js';

/** Of each hidden element: the reasons to hide it, and the node that had the focus. */
const veils = new WeakMap<LitElement, { readonly reasons: Set<unknown>; readonly focused: HTMLElement | undefined }>();

const innermostFocusedIn = (element: Element): HTMLElement | undefined => {
  const focused = focusedIn(element);
  return focused && (innermostFocusedIn(focused) ?? focused);
};

/**
 * Hides an element's content, drafts included, without removing it, until no reason is left. Hiding takes the focus
 * away; showing gives it back.
 */
export const setVeiled = (element: LitElement, reason: unknown, isVeiled: boolean): void => {
  const { reasons, focused } = veils.get(element) ?? { reasons: new Set(), focused: innermostFocusedIn(element) };
  if (isVeiled) {
    reasons.add(reason);
    veils.set(element, { reasons, focused });
  } else if (!reasons.delete(reason)) return;
  // It is a `createRenderContainer`.
  (element.renderRoot as HTMLElement).classList.toggle('veiled', reasons.size > 0);
  if (reasons.size > 0) return;
  veils.delete(element);
  if (focused?.isConnected && document.activeElement === document.body) focused.focus();
};
