import { onPageExit } from './page-exit.js';

let values = new WeakMap<Secret, string>();
const redacted = '[redacted]';

// Disposes of all secrets at once, wherever the page holds them.
onPageExit(() => {
  values = new WeakMap();
});

/**
 * A value that is shown once, on purpose. However it is printed, logged, serialised or copied, it says `[redacted]`
 * or nothing at all; only `reveal()` gives the value. Run no regular expression on the value and cut no slice of it:
 * engines keep the last text that an expression ran on, and the whole text that a slice was cut from. In a browser,
 * every secret is disposed of when the page is left.
 */
export class Secret {
  constructor(value: string) {
    values.set(this, value);
  }

  /** Throws a `TypeError` once the secret has been disposed of. */
  reveal(): string {
    const value = values.get(this);
    if (value === undefined) throw new TypeError('This secret has been disposed of');
    return value;
  }

  /** Forgets the value. Texts that `reveal()` has already returned stay with the caller. */
  dispose(): void {
    values.delete(this);
  }

  toString(): string {
    return redacted;
  }

  toJSON(): string {
    return redacted;
  }

  /** The text that Node prints. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return redacted;
  }
}
