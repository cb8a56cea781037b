/** Key in `history.state`: the number of entries that we pushed before this one. */
const depthKey = 'cockpitSectionDepth';

type State = Readonly<Record<string, unknown>> | null;

// A page may store any value there; anything but an object stays as it is.
const stateOf = (): State => {
  const state: unknown = history.state;
  return typeof state === 'object' && !Array.isArray(state) ? (state as State) : null;
};

const depth = (): number | undefined => {
  const value = stateOf()?.[depthKey];
  return typeof value === 'number' ? value : undefined;
};

/** The depth of the entry that is shown, of which all elements of the page have to know. */
let shownDepth = 0;

/** The page's address with another section. A fragment alone would be resolved against `<base href>`. */
const addressOf = (section: string): string => `${location.href.split('#')[0] ?? ''}#${section}`;

/** The part of the page's address that names a section: `#section`. */
export class SectionAddress {
  constructor() {
    // After a reload, or while no element was there.
    this.settle();
  }

  /** The section id in the address; empty for none. */
  get section(): string {
    return location.hash.slice(1);
  }

  /** Writes the section into the address: in a new entry, so that Back returns to the last one, or in the current one. */
  write(section: string, isPushed: boolean): void {
    const url = addressOf(section);
    if (!isPushed) return history.replaceState(history.state, '', url);
    if (depth() === undefined) history.replaceState({ ...stateOf(), [depthKey]: shownDepth }, '');
    shownDepth = (depth() ?? shownDepth) + 1;
    // Keeps the state of the page's own router: for it, this is the same page.
    history.pushState({ ...stateOf(), [depthKey]: shownDepth }, '', url);
  }

  /** Accepts the section that the address names now. */
  settle(): void {
    shownDepth = depth() ?? shownDepth;
  }

  /** The section named in the address was not shown: returns to the entry of the section that is shown. */
  refuse(shown: string): void {
    const present = depth();
    if (present !== undefined && present !== shownDepth) history.go(shownDepth - present);
    else history.replaceState(history.state, '', addressOf(shown));
  }
}
