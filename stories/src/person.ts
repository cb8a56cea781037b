import { within } from 'storybook/test';

type Role =
  | 'button'
  | 'tab'
  | 'menuitem'
  | 'option'
  | 'textbox'
  | 'searchbox'
  | 'combobox'
  | 'radio'
  | 'checkbox'
  | 'switch'
  | 'link'
  | 'row';

/** A root and every shadow root below it. */
const rootsIn = (root: ParentNode): ParentNode[] => [
  root,
  ...[...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? rootsIn(shadowRoot) : [])),
];

export const findAll = <T extends Element = HTMLElement>(root: ParentNode, selector: string): T[] =>
  rootsIn(root).flatMap((each) => [...each.querySelectorAll<T>(selector)]);

const textIn = (node: Node): string => {
  if (node instanceof Text) return node.data;
  if (node instanceof Element && getComputedStyle(node).display === 'none') return '';
  if (node instanceof HTMLInputElement && node.dataset['secret'] === undefined) return node.value;
  const below = node instanceof Element && node.shadowRoot ? node.shadowRoot : node;
  const content = node instanceof HTMLSlotElement ? node.assignedNodes({ flatten: true }) : [];
  return [...(content.length > 0 ? content : below.childNodes)].map(textIn).join(' ');
};

/** As it is seen: spaces folded, and without the marks that keep words of another direction apart. */
const seen = (text: string) =>
  text
    .replace(/[\u2066-\u2069]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const includes = (text: string, part: string | RegExp) =>
  typeof part === 'string' ? text.includes(part) : part.test(text);

const isNamed = (text: string, name: string | RegExp) => (typeof name === 'string' ? text === name : name.test(text));

/** The visible text of the screen. */
const textOf = (root: Element): string => seen(textIn(root));

const deepActive = (): Element | null => {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active;
};

const patience = 15_000;

/**
 * Waits for something, as long as people would. Storybook's own `waitFor` would list each look in the interactions
 * panel, between what is done.
 */
const until = async <T>(look: () => T | undefined | false, complaint: () => string): Promise<T> => {
  for (const start = performance.now(); ; await new Promise((resolve) => setTimeout(resolve, 30))) {
    const found = look();
    if (found) return found;
    if (performance.now() - start > patience) throw new Error(complaint());
  }
};

/** Waits until what is drawn is all there, and stands still. */
export const settled = async (root: HTMLElement): Promise<void> => {
  await until(
    () => textOf(root) !== '',
    () => 'Nothing is drawn.',
  );
  await until(
    () => findAll(root, '[aria-busy="true"]').length === 0,
    () => 'It is still busy.',
  );
  // Scroll-driven animations never finish.
  const animations = findAll(root, '*')
    .flatMap((element) => element.getAnimations())
    .filter(({ timeline }) => timeline === document.timeline);
  await Promise.all(animations.map(({ finished }) => finished.catch(() => undefined)));
};

/** As far as a play function is told of it. */
interface Scene {
  readonly canvasElement: HTMLElement;
  readonly userEvent: {
    click(element: Element): Promise<void>;
    type(element: Element, text: string, options: object): Promise<void>;
    keyboard(keys: string): Promise<void>;
    selectOptions(element: Element, option: HTMLElement): Promise<void>;
  };
  step(label: string, play: () => Promise<void>): Promise<void> | void;
}

/**
 * Somebody in front of a story. Finds everything by the name that is seen or read out, wherever it stands in shadow
 * roots, and only what can be reached: where a modal dialog is open, that is what is in it.
 */
export class Person {
  readonly #scene: Scene;

  constructor(scene: Scene) {
    this.#scene = scene;
  }

  get #reach(): ParentNode {
    return findAll(this.#scene.canvasElement, 'dialog:modal').at(-1) ?? this.#scene.canvasElement;
  }

  get #text(): string {
    return textOf(this.#scene.canvasElement);
  }

  #named(role: Role, name: string | RegExp): HTMLElement | undefined {
    return (
      rootsIn(this.#reach)
        // Its queries need no more of an element than a shadow root has.
        .flatMap((root) =>
          within(root as HTMLElement).queryAllByRole(role, { name: (text) => isNamed(seen(text), name) }),
        )
        .at(0)
    );
  }

  /** Waits for a control, and gives it. */
  find(role: Role, name: string | RegExp): Promise<HTMLElement> {
    return until(
      () => this.#named(role, name),
      () => `There is no ${role} named ${name} in: ${this.#text}`,
    );
  }

  /** Waits for what has this label, and gives it. */
  field(label: string | RegExp): Promise<HTMLInputElement> {
    return until(
      () =>
        rootsIn(this.#reach)
          // Only controls have labels.
          .flatMap((root) =>
            within(root as HTMLElement).queryAllByLabelText<HTMLInputElement>(label, { normalizer: seen }),
          )
          .at(0),
      () => `There is no field labelled ${label} in: ${this.#text}`,
    );
  }

  async presses(name: string | RegExp, role: Role = 'button'): Promise<void> {
    await this.#scene.step(`presses ${name}`, async () => this.#scene.userEvent.click(await this.find(role, name)));
  }

  async pressesKey(key: string): Promise<void> {
    await this.#scene.step(`presses ${key}`, () => this.#scene.userEvent.keyboard(`{${key}}`));
  }

  async types(label: string | RegExp, text: string): Promise<void> {
    await this.#scene.step(`types “${text}” into ${label}`, async () => {
      const field = await this.field(label);
      // Over what stands there.
      const selection = { initialSelectionStart: 0, initialSelectionEnd: field.value.length };
      await this.#scene.userEvent.type(field, text, selection);
    });
  }

  async chooses(label: string | RegExp, option: string): Promise<void> {
    await this.#scene.step(`chooses “${option}” of ${label}`, async () => {
      const select = await this.field(label);
      const wanted = [...select.querySelectorAll('option')].find(({ text }) => seen(text) === option);
      if (!wanted) throw new Error(`${label} does not offer ${option}.`);
      await this.#scene.userEvent.selectOptions(select, wanted);
    });
  }

  async reads(text: string | RegExp): Promise<void> {
    await this.#scene.step(`reads “${text}”`, async () => {
      await until(
        () => includes(this.#text, text),
        () => `“${text}” is not said in: ${this.#text}`,
      );
    });
  }

  async readsNoMore(text: string | RegExp): Promise<void> {
    await this.#scene.step(`reads “${text}” no more`, async () => {
      await until(
        () => !includes(this.#text, text),
        () => `“${text}” is still said in: ${this.#text}`,
      );
    });
  }

  async hasFocusOn(role: Role, name: string | RegExp): Promise<void> {
    await this.#scene.step(`has the focus on ${name}`, async () => {
      await until(
        () => {
          const active = deepActive();
          return active !== null && active === this.#named(role, name);
        },
        () => `The focus is not on ${role} ${name}, but on: ${deepActive()?.outerHTML}`,
      );
    });
  }
}
