import type { Secret } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { Connected } from '../connection/connected.js';
import { property, state } from '../connection/properties.js';
import { focusedIn } from '../controllers/focus.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { PageLifecycleController } from '../controllers/page-lifecycle-controller.js';
import { SecretRevealEvent } from '../events/secret-reveal-event.js';
import { alertIcon, checkIcon, copyIcon } from '../icons/icons.js';
import { secret as texts } from '../locales/en/secret.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { onKey } from '../views/keyboard.js';
import { questionView } from '../views/question.js';
import { copyTimeout, writeToClipboard } from './clipboard.js';
import { curlCommand, type SecretRequest } from './curl-command.js';
import { styles } from './secret-reveal.styles.js';

export { SecretRevealEvent } from '../events/secret-reveal-event.js';

/**
 * @tag secret-reveal
 * @summary Shows a secret once, to be copied, and then removes it from the page.
 *
 * The value is only in a read-only field, set by property: in no template value, attribute or event. When it is
 * dismissed, when the element is removed, and when the page is left, the element clears the field and disposes of the
 * `Secret`. If the value was not stored by then, a note says so after Back. The value is not printed.
 *
 * @fires {SecretRevealEvent} secret-copied - The secret was copied to the clipboard.
 * @fires {SecretRevealEvent} secret-copy-failed - The secret could not be copied.
 * @fires {SecretRevealEvent} secret-dismiss - Before the secret is removed from the page; `preventDefault()` keeps it.
 * @fires {SecretRevealEvent} secret-dismissed - The secret was removed; `event.isLost` where the page was left before the person stored it.
 *
 * @slot - More about the secret, below it.
 * @slot beside - More buttons beside the value, after Copy.
 *
 * @csspart panel - The container of all other parts.
 * @csspart label - The name of the secret.
 * @csspart value - The field with the value.
 * @csspart copy - The Copy button.
 * @csspart curl - The command that sends `request`, with the secret masked.
 * @csspart copy-curl - The button that copies that command with the secret.
 * @csspart outcome - Whether the secret was copied.
 * @csspart advice - The advice to store the secret.
 * @csspart question - The question before an uncopied secret is removed.
 * @csspart keep-editing - The button that keeps the secret on the page.
 * @csspart discard - The button that removes the secret although it was not copied.
 * @csspart close - The button that removes the secret from the page: Close in a dialog, otherwise Done.
 * @csspart gone - The note, after Back, that the secret is no longer shown.
 */
export class SecretRevealElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** The secret to show. The element disposes of it. */
  @property({ attribute: false }) secret: Secret | null = null;

  /** The name of the secret, for example "API key". */
  @property() label = '';

  /** A request to try the secret with, offered as a curl command. */
  @property({ attribute: false }) request: SecretRequest | null = null;

  @state() private outcome: 'copied' | 'failed' | undefined;
  @state() private isGone = false;

  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(this, texts);
  readonly #guard: LeaveGuardController = new LeaveGuardController(
    this,
    () => this.secret !== null && !this.#acknowledged,
  );
  #acknowledged = false;
  /** Whether a button is copying from the field, whether as a command, and whether that succeeded. */
  #isCopying = false;
  #copiedRequest: SecretRequest | null = null;
  #isCopied = false;

  constructor() {
    super();
    new PageLifecycleController(this, { onHide: () => this.#handlePageHide() });
  }

  get #field() {
    return this.shadowRoot?.querySelector('textarea');
  }

  /** Where the element stands in no dialog, nothing closes: its button says Done instead of Close. */
  get #isInDialog(): boolean {
    return this.closest('dialog, [role$="dialog"]') !== null;
  }

  /** Whether the person has copied the secret, or said that it is stored. */
  get acknowledged(): boolean {
    return this.#acknowledged;
  }

  override disconnectedCallback(): void {
    this.#forget();
    super.disconnectedCallback();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('secret')) return;
    changed.get('secret')?.dispose();
    this.#acknowledged = false;
    this.outcome = undefined;
    if (this.secret) this.isGone = false;
    this.#guard.settle();
  }

  protected override updated(changed: PropertyValues<this>): void {
    const field = this.#field;
    // The field may come later than the secret, with its words.
    if (field && (changed.has('secret') || !field.textLength)) field.value = this.secret?.reveal() ?? '';
  }

  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>('[part="copy"]')?.focus(options);
  }

  /**
   * Takes the secret off the page, as Close or Done does: one that is neither copied nor said to be stored stays, and the
   * person is asked.
   *
   * @returns whether it is gone
   */
  dismiss(): boolean {
    if (!this.secret) return true;
    if (!this.#guard.mayLeave()) return false;
    if (!this.dispatchEvent(new SecretRevealEvent('secret-dismiss'))) return false;
    this.#forget();
    this.dispatchEvent(new SecretRevealEvent('secret-dismissed'));
    return true;
  }

  /** Leaves nothing of the secret behind, in the field, in this object or in what is rendered, before it returns. */
  #forget(): void {
    const field = this.#field;
    if (!this.secret) return;
    if (field) field.value = '';
    this.secret.dispose();
    this.secret = null;
    this.performUpdate();
  }

  #handlePageHide(): void {
    if (!this.secret) return;
    // A stored secret is closed without a note.
    this.isGone = !this.#acknowledged;
    this.#forget();
    this.dispatchEvent(new SecretRevealEvent('secret-dismissed', this.isGone));
  }

  readonly #handleCopy = (): Promise<void> => this.#copy(null);

  readonly #handleCopyCurl = (): Promise<void> => this.#copy(this.request);

  async #copy(request: SecretRequest | null): Promise<void> {
    const { secret } = this;
    if (!secret) return;
    let isCopied = false;
    try {
      const written = writeToClipboard(secret, request);
      // Also after the timeout: the person may have answered the browser's question by then.
      written.then(
        () => {
          if (!isCopied && secret === this.secret) this.#acknowledge();
        },
        () => undefined,
      );
      await Promise.race([written, copyTimeout()]);
    } catch {
      if (secret !== this.secret) return;
      isCopied = this.#copySelected(request);
      if (isCopied) return;
      this.outcome = 'failed';
      this.dispatchEvent(new SecretRevealEvent('secret-copy-failed'));
    }
  }

  /** Copies by `document.execCommand`, which needs no TLS and no permission. After a failure, the field stays selected. */
  #copySelected(request: SecretRequest | null): boolean {
    const focused = focusedIn(this);
    this.#isCopying = true;
    this.#copiedRequest = request;
    this.#isCopied = false;
    this.#field?.focus();
    this.#field?.select();
    let isCopied = false;
    try {
      // Only the field's own copy event counts: a page may have stopped the command. Not every DOM has it.
      isCopied = document.execCommand?.('copy') && this.#isCopied;
    } catch {
      // XML documents refuse the command.
    }
    this.#isCopying = false;
    this.#copiedRequest = null;
    if (!isCopied) return false;
    this.#acknowledge();
    focused?.focus();
    return true;
  }

  #acknowledge(): void {
    this.#acknowledged = true;
    this.outcome = 'copied';
    this.#guard.settle();
    this.dispatchEvent(new SecretRevealEvent('secret-copied'));
  }

  /** Copied by the keyboard or the browser's own menu: that counts as well, if it was all of it. */
  readonly #handleNativeCopy = (event: ClipboardEvent): void => {
    const { selectionStart, selectionEnd, textLength, value } = event.target as HTMLTextAreaElement;
    if (selectionStart !== 0 || selectionEnd !== textLength) return;
    // Handed over by ourselves, and seen by nobody else: a page may forbid copying, or add to what is copied.
    event.clipboardData?.setData('text/plain', this.#copiedRequest ? curlCommand(this.#copiedRequest, value) : value);
    event.preventDefault();
    event.stopImmediatePropagation();
    this.#isCopied = true;
    if (!this.#isCopying) this.#acknowledge();
  };

  readonly #handleKeydown = onKey((event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    this.dismiss();
  });

  readonly #handleClose = (): void => {
    this.dismiss();
  };

  readonly #handleStored = (): void => {
    this.#acknowledged = true;
    this.#guard.settle();
    this.dismiss();
  };

  readonly #handleGoBack = (): void => {
    this.#guard.settle();
    this.focus();
  };

  override render() {
    const { localizer } = this.#localize;
    if (!this.#localize.isReady) return nothing;
    if (!this.secret) {
      return this.isGone
        ? html`<p class="note" part="gone" role="status">${localizer.text('secret.noLongerShown')}</p>`
        : nothing;
    }
    const { label, outcome } = this;
    return html`
      <div class="panel" part="panel" role="group" aria-labelledby="label" @keydown=${this.#handleKeydown}>
        <label id="label" part="label" for="value">${label}</label>
        <div class="value">
          <textarea
            id="value"
            part="value"
            readonly
            rows="2"
            autocomplete="off"
            spellcheck="false"
            translate="no"
            dir="ltr"
            aria-describedby="advice"
            @focus=${this.#handleFocus}
            @copy=${this.#handleNativeCopy}
          ></textarea>
          <button type="button" part="copy" class="primary" @click=${this.#handleCopy}>
            ${copyIcon}${localizer.text('secret.copy')}
          </button>
          <slot name="beside"></slot>
        </div>
        <p class="note outcome ${outcome === 'failed' ? 'error' : 'copied'}" part="outcome" role="status">
          ${
            outcome === 'copied'
              ? html`${checkIcon}${localizer.text('secret.copied')}`
              : outcome === 'failed'
                ? html`${alertIcon}${localizer.text('secret.copyFailed')}`
                : nothing
          }
        </p>
        <p class="note" part="advice" id="advice">${localizer.text('secret.advice')}</p>
        ${this.#renderCurl()}
        <slot></slot>
        ${this.#guard.asking ? this.#renderQuestion() : this.#renderClose()}
      </div>
    `;
  }

  #renderCurl() {
    if (!this.request) return nothing;
    const { localizer } = this.#localize;
    return html`<div class="curl">
      <code part="curl" dir="ltr" translate="no">${curlCommand(this.request, '••••••••')}</code>
      <button type="button" part="copy-curl" @click=${this.#handleCopyCurl}>
        ${copyIcon}${localizer.text('secret.copyCurl')}
      </button>
    </div>`;
  }

  #renderQuestion() {
    const { localizer } = this.#localize;
    return questionView({
      text: localizer.text(this.#isInDialog ? 'secret.closeQuestion' : 'secret.finishQuestion'),
      stay: { label: localizer.text('secret.goBack'), run: this.#handleGoBack },
      leave: {
        label: localizer.text(this.#isInDialog ? 'secret.closeAnyway' : 'secret.finishAnyway'),
        run: this.#handleStored,
      },
    });
  }

  #renderClose() {
    return html`<div class="actions">
      <button type="button" part="close" @click=${this.#handleClose}>
        ${this.#localize.localizer.text(this.#isInDialog ? 'close' : 'secret.done')}
      </button>
    </div>`;
  }

  readonly #handleFocus = ({ target }: FocusEvent): void => {
    (target as HTMLTextAreaElement).select();
  };
}
