/** A form of a page that has one Save for all its forms. */
export interface Savable {
  /** Where it stands. */
  readonly element: Element;
  /** Whether anything was typed that is not saved. */
  readonly isDirty: boolean;
  /**
   * Saves what was typed; what is in its way, it says itself.
   *
   * @returns whether nothing is left to save
   */
  save(): Promise<boolean>;
  /** Puts the focus on what is in its way. */
  focus(): void;
}

/** A page that has one Save for all its forms, as they see it. */
export interface FormGroup {
  add(form: Savable): void;
  remove(form: Savable): void;
  /** A form may be dirty now that was not, or the other way round. */
  changed(): void;
  /** Saves all of them, as the page's own Save does. */
  save(): Promise<void>;
}
