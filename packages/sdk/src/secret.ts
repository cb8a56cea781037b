import { onPageExit } from './page-exit.js';

let values = new WeakMap<Secret, string>();
const redacted = '[redacted]';

// All of them at once, wherever in the page they are held.
onPageExit(() => {
  values = new WeakMap();
});

/**
 * A value that is shown once, on purpose. However it is printed, logged, serialised or copied, it says `[redacted]` or
 * nothing at all; only `reveal()` gives the value. Run no regular expression on that and cut no slice of it: engines
 * keep the last text that one ran over, and all of the text that the other was cut from. In a browser, every secret is
 * disposed of when the page is left.
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

  /** Lets go of the value; what `reveal()` has already given away is the caller's to drop. */
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
