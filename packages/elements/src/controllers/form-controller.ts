import {
  ApiError,
  type FieldError,
  type FieldErrorCode,
  isBlank,
  UnauthenticatedError,
  VersionStaleError,
  visibleText,
} from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { warnOfError } from '../connection/error-event.js';
import { clearSessionExpired, reportSessionExpired, SessionRenewed } from '../connection/session-expired-event.js';
import { errorOf } from './field-errors.js';
import { focusedIn } from './focus.js';
import { Slowness } from './slowness.js';

type Host = LitElement & ConnectedInterface;
export type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;
/** An element's own check of a control that is not empty; returns an error code. */
export type Check = (control: Control) => FieldErrorCode | undefined;

const isControl = (element: Element): element is Control =>
  (element instanceof HTMLInputElement ||
    element instanceof HTMLSelectElement ||
    element instanceof HTMLTextAreaElement) &&
  element.name !== '';

/** Whether a secret is typed into it; it may be shown, as plain text. No regular expression may run on its value. */
export const isSecretInput = ({ dataset }: HTMLElement): boolean => dataset['secret'] !== undefined;

/** The length of what is typed, as the server counts it: of its normalized form, but of a secret as it is. */
const lengthOf = (control: Control): number =>
  (isSecretInput(control) ? control.value : visibleText(control.value)).length;

const isTooLong = (control: Control): boolean => {
  const { maxLength } = control.dataset;
  return maxLength !== undefined && lengthOf(control) > Number(maxLength);
};

/** The error code of typed text. */
const typedCodeOf = (control: Control, check?: Check): FieldErrorCode | undefined => {
  if (control.value === '') return undefined;
  return isTooLong(control) ? 'too_long' : check?.(control);
};

const codeOf = (control: Control, isEdited: boolean, check?: Check): FieldErrorCode | undefined => {
  const { validity, required, value } = control;
  // A date that is half entered has no value either.
  if (validity.badInput) return 'format';
  // A secret is sent as it is; in anything else, spaces alone are nothing.
  if (validity.valueMissing || (required && !isSecretInput(control) && isBlank(value))) return 'required';
  // A host's own tables may hold a value that breaks the rules; a person who does not change it can save all the same.
  if (validity.valid) return isEdited ? typedCodeOf(control, check) : undefined;
  // The server decides by its own clock whether a date is too early or too late.
  if (validity.rangeUnderflow || validity.rangeOverflow) return undefined;
  return 'format';
};

/**
 * One form: checks its named controls, runs one request at a time, and keeps its outcome: errors of fields, or the error
 * of the whole form. It reports an expired session to the host page. It never changes what was typed. A control's `name`
 * is its path in the request.
 */
export class FormController implements ReactiveController {
  pending = false;
  saved = false;
  /** The error of the last submission, other than errors of fields. */
  problem: unknown;
  /** Errors of fields that the form does not show; they are listed below the problem. */
  unplaced: readonly FieldError[] = [];
  readonly #host: Host;
  readonly #slowness: Slowness;
  readonly #check: Check | undefined;
  readonly #errors = new Map<string, FieldErrorCode | (string & {})>();
  /** The lengths of texts that are too long, by field. */
  readonly #lengths = new Map<string, number>();
  /** The fields that show their own errors: those that the last rendering asked for. */
  readonly #shown = new Set<string>();
  /** The fields that were changed since the last save or reset. */
  readonly #edited = new Set<string>();
  #abort: AbortController | undefined;
  /** The form that was submitted last. */
  #form: HTMLFormElement | undefined;
  /** Brought into view already. */
  #shownProblem: unknown;
  #hadFocus = false;

  constructor(host: Host, check?: Check) {
    this.#host = host;
    this.#check = check;
    this.#slowness = new Slowness(host);
    host.addController(this);
  }

  hostUpdate(): void {
    this.#shown.clear();
    this.#hadFocus = focusedIn(this.#host) !== undefined;
  }

  hostUpdated(): void {
    const isNew = this.problem !== this.#shownProblem;
    this.#shownProblem = this.problem;
    if (!this.problem || !isNew) return;
    const message = this.#form?.querySelector<HTMLElement>('[role="alert"]');
    message?.scrollIntoView?.({ block: 'nearest' });
    // A conflict changes the meaning of Save: a second press must not reach it. Any other error keeps the focus, unless
    // the pressed button is gone.
    const isLost = this.#hadFocus && !focusedIn(this.#host);
    if (this.problem instanceof VersionStaleError || isLost) message?.focus({ preventScroll: true });
  }

  hostDisconnected(): void {
    this.reset();
  }

  /** Sending takes longer than people wait without a word. */
  get slow(): boolean {
    return this.#slowness.isSlow;
  }

  /** The error code of a field; for a code of the host's own, its message. */
  error(path: string): FieldErrorCode | (string & {}) | undefined {
    this.#shown.add(path);
    return this.#errors.get(path);
  }

  /** The length of a text that is too long, for its error; otherwise `undefined`. */
  tooLong(path: string): number | undefined {
    return this.#errors.get(path) === 'too_long' ? this.#lengths.get(path) : undefined;
  }

  /** As after opening: nothing under way, nothing said. */
  reset(): void {
    this.#abort?.abort();
    this.#abort = undefined;
    this.#slowness.end();
    this.pending = false;
    this.saved = false;
    this.problem = undefined;
    this.unplaced = [];
    this.#errors.clear();
    this.#edited.clear();
    this.#host.requestUpdate();
  }

  /** Aborts the pending request, and shows the error. */
  interrupt(problem: unknown): void {
    if (!this.pending) return;
    this.reset();
    this.problem = problem;
  }

  /** An edit takes back what was said of that field, and "saved". A text that is too long is said to be at once. */
  edited(control: Control): void {
    const { name } = control;
    this.saved = false;
    this.#errors.delete(name);
    this.#edited.add(name);
    if (isTooLong(control)) this.#setError(control, 'too_long');
    this.#host.requestUpdate();
  }

  /** Shows the error of the text in a control that lost focus. */
  validate(control: Control): void {
    const code = typedCodeOf(control, this.#check);
    if (code) this.#setError(control, code);
    this.#host.requestUpdate();
  }

  #setError(control: Control, code: FieldErrorCode): void {
    const { name } = control;
    this.#errors.set(name, code);
    if (code === 'too_long') this.#lengths.set(name, lengthOf(control));
  }

  /**
   * Runs `send` if all controls are valid, nothing is under way, and `allowed`, asked last, agrees.
   *
   * @returns what `send` gave, or `undefined` where it was not run, failed, or was overtaken by `reset`
   */
  async submit<T>(
    form: HTMLFormElement,
    send: (signal: AbortSignal) => Promise<T>,
    allowed: () => boolean = () => true,
  ): Promise<T | undefined> {
    if (this.pending) return undefined;
    this.#form = form;
    this.saved = false;
    this.problem = undefined;
    this.unplaced = [];
    if (!this.#isValid(form)) {
      await this.#focusFirstError(form);
      return undefined;
    }
    if (!allowed()) return undefined;
    const abort = new AbortController();
    this.#abort = abort;
    this.pending = true;
    this.#slowness.start();
    this.#host.requestUpdate();
    try {
      const answer = await send(abort.signal);
      if (abort.signal.aborted) return undefined;
      clearSessionExpired(this.#host.connection.client);
      this.#edited.clear();
      this.saved = true;
      return answer;
    } catch (error) {
      if (!abort.signal.aborted) this.#fail(error);
      return undefined;
    } finally {
      if (!abort.signal.aborted) {
        this.pending = false;
        this.#slowness.end();
        this.#host.requestUpdate();
        if (this.#errors.size > 0) await this.#focusFirstError(form);
      }
    }
  }

  /** Whether all controls are valid, for a form that has nothing to send; the first that is not has the focus then. */
  async check(form: HTMLFormElement): Promise<boolean> {
    if (this.#isValid(form)) return true;
    await this.#focusFirstError(form);
    return false;
  }

  #isValid(form: HTMLFormElement): boolean {
    this.#errors.clear();
    for (const control of [...form.elements].filter(isControl)) {
      const code = codeOf(control, this.#edited.has(control.name), this.#check);
      if (code) this.#setError(control, code);
    }
    return this.#errors.size === 0;
  }

  #fail(error: unknown): void {
    const fields = (error instanceof ApiError && error.problem?.errors) || [];
    for (const field of fields) {
      const path = this.#placeOf(field.path);
      if (path !== undefined && !this.#errors.has(path)) {
        this.#errors.set(path, errorOf(field));
        // By the server's own limit, which is not known here.
        this.#lengths.delete(path);
      } else this.unplaced = [...this.unplaced, field];
    }
    if (fields.length === 0 || this.unplaced.length > 0) this.problem = error;
    warnOfError(this.#host, error);
    void reportSessionExpired(this.#host, error);
    if (error instanceof UnauthenticatedError) this.#awaitSession(error);
  }

  /** Says that the form can be sent now, once the person has signed in again. */
  #awaitSession(error: UnauthenticatedError): void {
    this.#host.connection.client?.changes.addEventListener(
      'session',
      () => {
        if (this.problem !== error) return;
        this.problem = new SessionRenewed();
        this.#host.requestUpdate();
      },
      { once: true },
    );
  }

  /** The field that a path is in: `events` for `events.0`. */
  #placeOf(path: string): string | undefined {
    return [...this.#shown].find((shown) => path === shown || path.startsWith(`${shown}.`));
  }

  async #focusFirstError(form: HTMLFormElement): Promise<void> {
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    [...form.elements]
      .filter(isControl)
      .find(({ name }) => this.#errors.has(name))
      ?.focus();
  }
}
