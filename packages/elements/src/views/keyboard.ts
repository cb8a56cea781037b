/**
 * Whether a key goes to an input method, which composes text of several keys: Enter then takes a suggestion, and Escape
 * drops it. WebKit sends the key that ends a composition after that, no longer `isComposing`, with the code that is
 * reserved for such keys: https://w3c.github.io/uievents/#determine-keydown-keyup-keyCode
 */
export const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** A handler of keys that leaves those of an input method alone. All of ours are made by this. */
export const onKey =
  (handle: (event: KeyboardEvent) => void) =>
  (event: KeyboardEvent): void => {
    if (!isComposing(event)) handle(event);
  };
