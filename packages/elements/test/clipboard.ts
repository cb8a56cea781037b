/** The clipboard that the page has until `restoreClipboard`; what is written to it is in `text`. */
export const withClipboard = ({ refuse = false } = {}) => {
  const clipboard = {
    text: '',
    writeText(text: string) {
      if (refuse) return Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'));
      clipboard.text = text;
      return Promise.resolve();
    },
  };
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: clipboard });
  return clipboard;
};

/** A clipboard that answers nothing until `answer`, as while the browser's question to the person stands open. */
export const withPendingClipboard = () => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: { writeText: () => promise } });
  return {
    allow: resolve,
    refuse: (): void => reject(new DOMException('Write permission denied.', 'NotAllowedError')),
  };
};

/** As on a page that came without TLS. */
export const withoutClipboard = (): void => {
  Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
};

const stop = (event: Event) => event.stopImmediatePropagation();

/** A page that lets nothing be copied, not even by the browser's own command, until `restoreClipboard`. */
export const forbidCopying = (): void => window.addEventListener('copy', stop, { capture: true });

export const restoreClipboard = (): void => {
  window.removeEventListener('copy', stop, { capture: true });
  // The substitute is an own property that hides the inherited one.
  Reflect.deleteProperty(navigator, 'clipboard');
};
