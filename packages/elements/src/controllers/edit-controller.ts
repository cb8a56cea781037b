import { type Cockpit, VersionStaleError } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import type { FormGroup, Savable } from '../connection/saving.js';
import { type ComparedField, type Conflict, ConflictController } from './conflict-controller.js';
import { type Check, type Control, FormController, isSecretInput } from './form-controller.js';
import { LeaveGuardController } from './leave-guard-controller.js';

/** Inputs whose values are read only when they are sent, and kept in no draft. */
export interface SecretFields {
  /** The paths of the inputs that are not empty. */
  readonly typed: readonly string[];
  empty(isEmptied?: (path: string) => boolean): void;
}

export interface SaveContext<Draft> {
  readonly client: Cockpit;
  /** The draft as it was when the request began. */
  readonly draft: Partial<Draft>;
  readonly signal: AbortSignal;
}

export interface EditOptions<Model extends object, Draft extends object> {
  /** The stored version that the element shows; `undefined` until it is read, and for a new one. */
  readonly stored: () => Model | undefined;
  /** Shows the server's answer in the place of the stored version. */
  readonly show: (model: Model) => void;
  readonly load: (base: Model, context: SaveContext<Draft>) => Promise<Model>;
  readonly update: (base: Model, context: SaveContext<Draft>) => Promise<Model>;
  /** Makes a new one, where nothing is stored. */
  readonly create?: (context: SaveContext<Draft>) => Promise<Model>;
  /** The fields of two versions, as a conflict shows them. */
  readonly compare: (before: Model, now: Model) => readonly ComparedField[];
  /** Called last before a request; `false` prevents it. */
  readonly maySave: (draft: Partial<Draft>, stored: Model | undefined) => boolean;
  readonly onSaved: (model: Model, draft: Partial<Draft>) => void;
  readonly check?: Check;
  /** Completes the draft before it is checked and saved. */
  readonly prepare?: () => Promise<void>;
  /** The values of an edited control, by path; by default its value by its name. */
  readonly valuesOf?: (control: Control) => Partial<Draft>;
  /** Whether a value of the draft is another than the stored one; by default, the path is a member of the model. */
  readonly isEdited?: (path: string, model: Model | undefined) => boolean;
  /** Whether a version holds the draft: the answer to an earlier request may have been lost. */
  readonly isAlreadyStored?: (now: Model, base: Model, draft: Partial<Draft>) => boolean;
  readonly secrets?: SecretFields;
  /** Whether the form is saved by its own Save even on a page with one Save for all forms. */
  readonly standsAlone?: boolean;
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The value of a path. */
const valueIn = (values: object | undefined, path: string): unknown =>
  // The paths of a draft are names of members.
  (values as Readonly<Record<string, unknown>> | undefined)?.[path];

/** The part of an `EditController` that views read. */
export interface Edit {
  readonly form: FormController;
  readonly conflict: Conflict;
  /** Whether the form draws a Save button: a conflict is settled where it is shown. */
  readonly hasOwnSave: boolean;
  /** Whether the form says that all of it is saved; a form group says so itself. */
  readonly isSaved: boolean;
  /** The error of the last request, unless the conflict explains it. */
  readonly problem: unknown;
  /** Takes the saved version of the disputed fields. */
  readonly useTheirs: () => void;
}

/**
 * The edits of one form, from the first keystroke until they are saved: a draft over the stored version. It opens the
 * conflict where another person saved first, guards the draft when the page is left, and joins the page's form group,
 * where there is one Save for all forms. The element says which fields there are, how to send them, and how to draw them.
 */
export class EditController<Model extends object, Draft extends object> implements ReactiveController, Savable, Edit {
  /** The edited values that are not yet saved, by path. */
  draft: Partial<Draft> = {};
  readonly element: LitElement & ConnectedInterface;
  readonly form: FormController;
  readonly conflict: ConflictController<Model>;
  readonly guard: LeaveGuardController;
  readonly #options: EditOptions<Model, Draft>;
  #formGroup: FormGroup | undefined;

  constructor(host: LitElement & ConnectedInterface, options: EditOptions<Model, Draft>) {
    this.element = host;
    this.#options = options;
    this.form = new FormController(host, options.check);
    this.conflict = new ConflictController(host, {
      compare: (before) => {
        const now = options.stored();
        return now ? options.compare(before, now) : [];
      },
    });
    this.guard = new LeaveGuardController(host, () => this.isDirty);
    host.addController(this);
  }

  /** The page's form group, which has the Save button of this form; `undefined` for a form that stands alone. */
  get formGroup(): FormGroup | undefined {
    return this.#formGroup;
  }

  get isDirty(): boolean {
    const stored = this.#options.stored();
    const isTyped = (this.#options.secrets?.typed.length ?? 0) > 0;
    return isTyped || Object.keys(this.draft).some((path) => this.#isEdited(path, stored));
  }

  get hasOwnSave(): boolean {
    return !this.#formGroup || this.conflict.isOpen;
  }

  get isSaved(): boolean {
    return this.form.saved && !this.#formGroup && !this.isDirty;
  }

  get problem(): unknown {
    const { problem } = this.form;
    return problem instanceof VersionStaleError && this.conflict.isOpen ? undefined : problem;
  }

  readonly handleInput = ({ target }: Event): void => {
    // The inputs, selects and text areas of a form are its only sources of this event.
    const control = target as Control;
    const { valuesOf } = this.#options;
    // The names of the controls are the paths of the draft.
    const byName = () => ({ [control.name]: control.value }) as Partial<Draft>;
    this.change(isSecretInput(control) ? {} : (valuesOf?.(control) ?? byName()), control);
  };

  readonly handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void (this.#formGroup ?? this).save();
  };

  /** Adds values to the draft, of a control that was edited or without one. */
  change(values: Partial<Draft>, control?: Control): void {
    const stored = this.#options.stored();
    if (stored) this.conflict.from(stored, !this.isDirty);
    this.draft = { ...this.draft, ...values };
    // A value that is typed back to the stored one is no edit, unless the one before it is being saved.
    if (control && stored && !this.form.pending) this.drop((path) => path in values && !this.#isEdited(path, stored));
    if (control) this.form.edited(control);
    this.element.requestUpdate();
  }

  /** Drops edits from the draft. */
  drop(isDropped: (path: string) => boolean): void {
    const entries = Object.entries(this.draft).filter(([path]) => !isDropped(path));
    // Some of its own entries.
    this.draft = Object.fromEntries(entries) as Partial<Draft>;
    this.element.requestUpdate();
  }

  /** Drops the draft, and aborts a pending request. */
  reset(): void {
    this.draft = {};
    this.#options.secrets?.empty();
    this.guard.settle();
    this.renew();
  }

  /** Aborts a pending request and forgets its errors and the conflict; the draft stays. */
  renew(): void {
    this.form.reset();
    this.conflict.settle();
  }

  readonly useTheirs = (): void => {
    const { disputed } = this.conflict;
    const isDisputed = (path: string) => disputed.includes(path);
    this.drop(isDisputed);
    this.#options.secrets?.empty(isDisputed);
    this.form.reset();
    this.conflict.take();
    const target = this.#formGroup ? `[name="${disputed[0]}"]` : 'form button:not([type])';
    this.focusOn(target);
  };

  /** Saves the draft. @returns whether nothing is left to save */
  async save(): Promise<boolean> {
    const { element, form, conflict } = this;
    const { prepare, show, load, update, create, maySave, onSaved, secrets } = this.#options;
    if (prepare) await prepare();
    const { client } = element.connection;
    const stored = this.#options.stored();
    const node = element.renderRoot.querySelector('form');
    if (!client || !node || !(stored || create)) return !this.isDirty;
    // A form group saves all its forms: one without edits only has to be complete.
    if (this.#formGroup && !this.isDirty) return form.check(node);
    const { draft } = this;
    const base = stored && conflict.from(stored);
    const saved = await form.submit<Model | undefined>(
      node,
      async (signal) => {
        const context = { client, draft, signal };
        if (!base) return create?.(context);
        return conflict.send(
          base,
          (version) => update(version, context),
          async () => {
            const now = await load(base, context);
            this.drop((path) => !this.#isEdited(path, base));
            show(now);
            return now;
          },
          (now) => (this.#isAlreadyStored(now, base, draft) ? now : undefined),
        );
      },
      () => maySave(draft, stored),
    );
    if (!saved) return false;
    show(saved);
    this.drop((path) => isSame(valueIn(this.draft, path), valueIn(draft, path)));
    secrets?.empty();
    this.guard.settle();
    // Edits made during the request are based on its answer.
    if (this.isDirty) conflict.from(saved);
    onSaved(saved, draft);
    return !this.isDirty;
  }

  /** Focuses the first field that is wrong, or else the error message. */
  focus(): void {
    this.element.renderRoot.querySelector<HTMLElement>('form :is([aria-invalid="true"], [role="alert"])')?.focus();
  }

  /** Focuses a node of the element after its update. */
  focusOn(selector: string): void {
    const { element } = this;
    void element.updateComplete.then(() => element.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  hostUpdate(): void {
    const formGroup = this.#options.standsAlone ? undefined : this.element.connection.formGroup;
    if (formGroup === this.#formGroup) return;
    this.hostDisconnected();
    if (!this.element.isConnected) return;
    this.#formGroup = formGroup;
    formGroup?.add(this);
  }

  hostUpdated(): void {
    this.#formGroup?.changed();
  }

  hostDisconnected(): void {
    this.#formGroup?.remove(this);
    this.#formGroup = undefined;
  }

  #isEdited(path: string, model: Model | undefined): boolean {
    return this.#options.isEdited?.(path, model) ?? !isSame(valueIn(this.draft, path), valueIn(model, path));
  }

  #isAlreadyStored(now: Model, base: Model, draft: Partial<Draft>): boolean {
    const isStored = (path: string) =>
      [base, now].some((version) => isSame(valueIn(draft, path), valueIn(version, path)));
    return this.#options.isAlreadyStored?.(now, base, draft) ?? Object.keys(draft).every(isStored);
  }
}
