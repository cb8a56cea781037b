import {
  ApiError,
  isBlank,
  type NotificationSettings,
  type NotificationSettingsPatch,
  type Policy,
  VersionStaleError,
} from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { Connected } from '../connection/connected.js';
import { state } from '../connection/properties.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { type ComparedField, ConflictController } from '../controllers/conflict-controller.js';
import { checkEmail } from '../controllers/email-check.js';
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { SavableController } from '../controllers/savable-controller.js';
import { NotificationSettingsSaveEvent } from '../events/notification-settings-save-event.js';
import { alertIcon } from '../icons/icons.js';
import { conflicts } from '../locales/en/conflicts.js';
import { notifications } from '../locales/en/notifications.js';
import { agoText } from '../locales/dates.js';
import { languageFor } from '../locales/languages.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { conflictView, savedView, saveView } from '../views/conflict.js';
import { inputView } from '../views/field.js';
import { problemView } from '../views/problem.js';
import { unreadView } from '../views/skeleton.js';
import { styles } from './notification-settings.styles.js';

export { NotificationSettingsSaveEvent } from '../events/notification-settings-save-event.js';

const fields = ['enabled', 'email', 'events'] as const;
type Field = (typeof fields)[number];
/** The members that a person may change. */
type Wishes = Pick<NotificationSettings, Field>;

interface Present {
  readonly policy: Policy;
  readonly settings: NotificationSettings;
}

/** The events come in the policy's order, so that the same ones are the same text. */
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** In ms: since when mail waits says nothing yet, as it is on its way. */
const worthTelling = 60_000;

const texts = { ...notifications, ...conflicts };

/**
 * @tag notification-settings
 * @summary Whether a person is told by mail of what happens, of what, and where the mail goes. `focus()` leads to the switch.
 *
 * @fires {NotificationSettingsSaveEvent} notification-settings-save - Before saving; `preventDefault()` keeps them from being saved.
 * @fires {NotificationSettingsSaveEvent} notification-settings-saved - After saving.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the form.
 * @slot footer - Below the form.
 *
 * @csspart form - The form.
 * @csspart notice - That no mail can be sent, or that some waits.
 * @csspart switch - The switch.
 * @csspart field - A label, its control and its note.
 * @csspart label - A field's label.
 * @csspart input - A field's control.
 * @csspart help - What explains a field.
 * @csspart error - What is wrong with a field.
 * @csspart events - The kinds of event to choose among.
 * @csspart event - One of them.
 * @csspart problem - What went wrong beyond a field.
 * @csspart changes - What somebody else has changed meanwhile.
 * @csspart use-theirs - The button that takes that.
 * @csspart save - The Save button; where the page has one for all its forms, there is none here.
 * @csspart saved - What says that it was saved.
 * @csspart denied - That there are no notifications.
 */
export class NotificationSettingsElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, styles];

  /** The choice that is not yet saved. */
  @state() private draft: Partial<Wishes> = {};

  readonly #read: ReadController<Partial<Present> & Pick<Present, 'policy'>> = new ReadController(this, {
    read: async ({ client, organizationId, signal }) => {
      const policy = await sharedPolicy(client, organizationId);
      return policy.notifications
        ? { policy, settings: await client.notificationSettings.get({ signal }) }
        : { policy };
    },
    refreshOn: ({ resource }) => resource === 'notificationSettings',
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.draft = {};
      this.#form.reset();
      this.#conflict.settle();
    },
  });
  readonly #form: FormController = new FormController(this, checkEmail);
  readonly #conflict: ConflictController<NotificationSettings> = new ConflictController(this, {
    compare: (before) => this.#compare(before),
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  readonly #savable: SavableController = new SavableController(this, {
    isDirty: () => this.#isDirty,
    save: () => this.#save(),
  });
  /** Where the focus was when it was to come here and there was nothing here yet. */
  #awaitedFrom: Element | null | undefined;

  constructor() {
    super();
    new LeaveGuardController(this, () => this.#isDirty);
  }

  protected override updated(): void {
    if (this.#awaitedFrom === undefined || !this.#switch) return;
    // Focus stays where the person has moved it.
    if (this.#awaitedFrom === document.activeElement) this.#switch.focus({ focusVisible: true });
    this.#awaitedFrom = undefined;
  }

  /** Leads to the switch, as soon as it is there. */
  override focus(options?: FocusOptions): void {
    if (this.#switch) this.#switch.focus(options);
    else this.#awaitedFrom = document.activeElement;
  }

  get #switch(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[part="switch"]');
  }

  /** Mail is on, but about nothing: none would ever come. */
  get #isEventMissing(): boolean {
    const { policy, settings } = this.#read.value ?? {};
    const { enabled, events } = { ...settings, ...this.draft };
    return Boolean(policy?.notifications?.events.length && enabled && events?.length === 0);
  }

  /** Whether mail would be about something; otherwise the focus goes to the choice. */
  #checkEvents(): boolean {
    if (this.#isEventMissing) this.renderRoot.querySelector<HTMLElement>('[name="events"]')?.focus();
    return !this.#isEventMissing;
  }

  get #isDirty(): boolean {
    return Object.keys(this.draft).length > 0;
  }

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void (this.#savable.page ?? this.#savable).save();
  };

  async #save(): Promise<boolean> {
    // The address is required only while the switch is on, and the switch may have been pressed just before.
    await this.updateComplete;
    const { client } = this.connection;
    const settings = this.#read.value?.settings;
    const form = this.renderRoot.querySelector('form');
    if (!client || !settings || !form) return !this.#isDirty;
    if (this.#savable.page && !this.#isDirty) return this.#form.check(form);
    const base = this.#conflict.from(settings);
    const { enabled = settings.enabled, email } = this.draft;
    // Without mail there is no need of an address: the stored one stays.
    if (!enabled && email !== undefined && isBlank(email)) this.#drop((field) => field === 'email');
    const sent = this.draft;
    const patch: NotificationSettingsPatch = { ...sent, locale: languageFor(this.#localize.localizer.locale) ?? 'en' };
    // A server that says nothing of a zone would refuse one.
    const zone = settings.timeZone !== undefined && { timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
    const saved = await this.#form.submit(
      form,
      (signal) =>
        this.#conflict.send(
          base,
          ({ version }) =>
            client.notificationSettings.update({ ...patch, ...zone }, { version, signal }).catch((error: unknown) => {
              // The server does not know this browser's zone: mails stay as they are in this, and the rest is saved.
              if (!(error instanceof ApiError && error.problem?.errors?.some(({ path }) => path === 'timeZone')))
                throw error;
              return client.notificationSettings.update(patch, { version, signal });
            }),
          async () => {
            const now = await client.notificationSettings.get({ signal });
            this.#show(now);
            return now;
          },
          (now) => (fields.every((field) => !(field in sent) || isSame(sent[field], now[field])) ? now : undefined),
        ),
      () =>
        this.#checkEvents() &&
        this.dispatchEvent(new NotificationSettingsSaveEvent('notification-settings-save', { ...settings, ...sent })),
    );
    if (!saved) return false;
    this.#drop((field) => isSame(this.draft[field], sent[field]));
    if (this.#isDirty) {
      // Changed while it was sent, and so over what is there now.
      this.#conflict.from(saved);
      this.#form.saved = false;
    }
    this.#show(saved);
    this.dispatchEvent(new NotificationSettingsSaveEvent('notification-settings-saved', saved));
    return !this.#isDirty;
  }

  #show(settings: NotificationSettings): void {
    const { value } = this.#read;
    if (value) this.#read.show({ ...value, settings });
  }

  readonly #handleInput = ({ target }: InputEvent): void => {
    const settings = this.#read.value?.settings;
    if (!settings) return;
    const control = target as HTMLInputElement;
    const { name, value, checked } = control;
    const base = this.#conflict.from(settings);
    const wish: Partial<Wishes> =
      name === 'events'
        ? { events: this.#chosenEvents() }
        : name === 'enabled'
          ? { enabled: checked }
          : { email: value };
    this.draft = { ...this.draft, ...wish };
    // Chosen and then back again is no change.
    this.#drop((field) => isSame(this.draft[field], base[field]));
    this.#form.edited(control);
  };

  #chosenEvents(): string[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>('[name="events"]:checked')].map(({ value }) => value);
  }

  readonly #useTheirs = (): void => {
    const { disputed } = this.#conflict;
    this.#drop((field) => disputed.includes(field));
    this.#form.reset();
    this.#conflict.take();
    // Save, which would have it, is the page's.
    if (this.#savable.page) this.focus();
  };

  #drop(isDropped: (field: Field) => boolean): void {
    this.draft = Object.fromEntries(Object.entries(this.draft).filter(([field]) => !isDropped(field as Field)));
  }

  #compare(before: NotificationSettings): readonly ComparedField[] {
    const now = this.#read.value?.settings;
    if (!now) return [];
    const { localizer } = this.#localize;
    const said = (field: Field, { [field]: wish }: Partial<Wishes>) =>
      typeof wish === 'boolean'
        ? localizer.text(wish ? 'notifications.on' : 'notifications.off')
        : typeof wish === 'object'
          ? new Intl.ListFormat(localizer.locale, { type: 'unit', style: 'short' }).format(
              wish.map((event) => this.#nameOf(event)),
            )
          : wish;
    return fields.map((path) => ({
      path,
      label: localizer.text(`notifications.${path}`),
      before: said(path, before) ?? '',
      now: said(path, now) ?? '',
      mine: said(path, this.draft),
    }));
  }

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return unreadView('form', 3, this.#read, localizer);
    const { policy, settings } = value;
    if (!settings) return html`<p class="empty" part="denied">${localizer.text('notifications.notOffered')}</p>`;
    const wishes = { ...settings, ...this.draft };
    return html`
      <slot name="header"></slot>
      <form
        part="form"
        novalidate
        aria-busy=${this.#form.pending}
        @submit=${this.#handleSubmit}
        @input=${this.#handleInput}
      >
        ${this.#renderNotice(settings)}
        ${this.#renderSwitch(wishes, settings)} ${this.#renderEmail(wishes)} ${this.#renderEvents(policy, wishes)}
        ${conflictView(this.#conflict, localizer)} ${this.#renderProblem()} ${this.#renderActions()}
      </form>
      <slot name="footer"></slot>
    `;
  }

  /** Something is amiss with mail: for everybody where there is none at all, for administrators where some waits. */
  #renderNotice({ delivery, queue }: NotificationSettings) {
    const { localizer } = this.#localize;
    const isReady = delivery !== 'not_configured';
    if (isReady && !queue?.waiting) return nothing;
    return html`<div class="notice" part="notice">
      ${isReady ? nothing : html`<p>${localizer.text('notifications.notConfigured')}</p>`}
      ${queue?.waiting ? html`<p>${localizer.counted('notifications.waiting', queue.waiting)}</p>` : nothing}
      ${
        queue?.oldestAt && localizer.now() - Date.parse(queue.oldestAt) >= worthTelling
          ? html`<p>${localizer.text('notifications.waitingSince', { when: agoText(queue.oldestAt, localizer) })}</p>`
          : nothing
      }
    </div>`;
  }

  /* eslint-disable lit-a11y/role-has-required-aria-attrs -- a native checkbox says itself whether it is checked */
  #renderSwitch({ enabled }: Wishes, stored: Wishes) {
    const { localizer } = this.#localize;
    return html`<div>
      <label class="choice"
        ><input
          part="switch"
          type="checkbox"
          role="switch"
          name="enabled"
          aria-describedby="enabled-note"
          .checked=${enabled}
        />${localizer.text('notifications.enabled')}</label
      >
      <p class="note" part="help" id="enabled-note">${
        // People come here by the link in a mail that they do not want.
        stored.enabled ? localizer.text('notifications.stop') : nothing
      }</p>
    </div>`;
  }
  /* eslint-enable lit-a11y/role-has-required-aria-attrs */

  #renderEmail({ email, enabled }: Wishes) {
    const { localizer } = this.#localize;
    const error = this.#form.error('email');
    return inputView({
      id: 'email',
      label: localizer.text('notifications.email'),
      requirement: enabled ? 'required' : 'optional',
      error: error === 'format' ? 'email' : error,
      localizer,
      type: 'email',
      autocomplete: 'email',
      maxLength: 254,
      tooLong: this.#form.tooLong('email'),
      value: email,
    });
  }

  #renderEvents({ notifications }: Policy, { enabled, events }: Wishes) {
    if (!notifications?.events.length) return nothing;
    const isMissing = this.#isEventMissing;
    return html`<fieldset part="events" ?disabled=${!enabled} aria-describedby="events-note">
      <legend part="label">${this.#localize.localizer.text('notifications.events')}</legend>
      ${notifications.events.map(
        (event) =>
          html`<label class="choice" part="event"
            ><input type="checkbox" name="events" value=${event} aria-invalid=${isMissing} .checked=${events.includes(event)} />${this.#nameOf(event)}</label
          >`,
      )}
      <p class="note error" part="error" id="events-note" role="status">${isMissing ? html`${alertIcon}${this.#localize.localizer.text('notifications.none')}` : nothing}</p>
    </fieldset>`;
  }

  /** A kind that a host has added goes by the host's own words, or by its name. */
  #nameOf(event: string): string {
    return this.#localize.localizer.term('notifications.event', event);
  }

  #renderProblem() {
    const { problem, unplaced } = this.#form;
    return problem && !(problem instanceof VersionStaleError)
      ? problemView({ error: problem, localizer: this.#localize.localizer, keepsInput: true, unplaced })
      : nothing;
  }

  #renderActions() {
    const { localizer } = this.#localize;
    const view = { form: this.#form, conflict: this.#conflict, localizer, useTheirs: this.#useTheirs };
    const { page } = this.#savable;
    // The conflict's own buttons settle it.
    const saves = !page || this.#conflict.isOpen;
    return html`<div class="actions">
      ${saves ? saveView({ ...view, label: localizer.text('save') }) : nothing}
      ${savedView(page ? { ...view, form: { saved: false, slow: this.#form.slow } } : view)}
    </div>`;
  }
}
