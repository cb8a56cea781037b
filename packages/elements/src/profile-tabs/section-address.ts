/** In the state of a history entry: how many sections were gone through before it, as far as we have pushed them. */
const depthKey = 'cockpitSectionDepth';

type State = Readonly<Record<string, unknown>> | null;

// A page may keep anything there; what is no object, we leave as it is.
const stateOf = (): State => {
  const state: unknown = history.state;
  return typeof state === 'object' && !Array.isArray(state) ? (state as State) : null;
};

const depth = (): number | undefined => {
  const value = stateOf()?.[depthKey];
  return typeof value === 'number' ? value : undefined;
};

/** The part of the page's address that names a section: `#section`. */
export class SectionAddress {
  /** The depth of the entry that is shown. */
  #depth = 0;

  /** What the address names, if anything. */
  get section(): string {
    return location.hash.slice(1);
  }

  /** The address follows the section: in an entry of its own, so that Back leads to the one before, or in the same. */
  write(section: string, isPushed: boolean): void {
    const url = `#${section}`;
    if (!isPushed) return history.replaceState(history.state, '', url);
    if (depth() === undefined) history.replaceState({ ...stateOf(), [depthKey]: this.#depth }, '');
    this.#depth = (depth() ?? this.#depth) + 1;
    // With the state of the page's own router, to which it is the same page.
    history.pushState({ ...stateOf(), [depthKey]: this.#depth }, '', url);
  }

  /** What the address has come to name is shown. */
  settle(): void {
    this.#depth = depth() ?? this.#depth;
  }

  /** The section that the address has come to name is not shown: goes back to the entry of the one that is. */
  refuse(shown: string): void {
    const present = depth();
    if (present !== undefined && present !== this.#depth) history.go(this.#depth - present);
    else history.replaceState(history.state, '', `#${shown}`);
  }
}
