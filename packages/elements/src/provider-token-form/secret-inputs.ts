/**
 * The inputs that secrets stand in, and nowhere else: they are read when they are sent, and emptied when they are done
 * with.
 */
export class SecretInputs {
  readonly #root: () => ParentNode | null;
  /** The paths of those whose characters are shown. */
  readonly #shown = new Set<string>();

  constructor(root: () => ParentNode | null) {
    this.#root = root;
  }

  get #all(): HTMLInputElement[] {
    return [...(this.#root()?.querySelectorAll<HTMLInputElement>('input[data-secret]') ?? [])];
  }

  /** Where something was typed, by path, without reading what. */
  get typed(): string[] {
    return this.#all.filter((input) => !input.matches(':placeholder-shown')).map(({ name }) => name);
  }

  /** The first that nothing was typed into. */
  get firstEmpty(): HTMLInputElement | undefined {
    return this.#all.find((input) => input.matches(':placeholder-shown'));
  }

  readonly valueAt = (path: string): string | undefined => this.#all.find(({ name }) => name === path)?.value;

  isShown(path: string): boolean {
    return this.#shown.has(path);
  }

  toggle(path: string): void {
    if (!this.#shown.delete(path)) this.#shown.add(path);
  }

  empty(isEmptied: (path: string) => boolean = () => true): void {
    for (const input of this.#all) if (isEmptied(input.name)) input.value = '';
    // The next secret is hidden again.
    for (const path of this.#shown) if (isEmptied(path)) this.#shown.delete(path);
  }
}
