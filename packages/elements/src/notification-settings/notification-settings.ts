import { ApiError, isBlank, type NotificationSettings, type Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { Connected } from '../connection/connected.js';
import { AccessController } from '../controllers/access-controller.js';
import type { ComparedField } from '../controllers/conflict-controller.js';
import { EditController, type SaveContext } from '../controllers/edit-controller.js';
import { checkEmail } from '../controllers/email-check.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { NotificationSettingsSaveEvent } from '../events/notification-settings-save-event.js';
import { alertIcon } from '../icons/icons.js';
import { conflicts } from '../locales/en/conflicts.js';
import { notifications } from '../locales/en/notifications.js';
import { languageFor } from '../locales/languages.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { obstacleView, savedView, saveView } from '../views/conflict.js';
import { inputView } from '../views/field.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { mailNoticeView } from './mail-notice.js';
import { styles } from './notification-settings.styles.js';

export { NotificationSettingsSaveEvent } from '../events/notification-settings-save-event.js';

const fields = ['enabled', 'email', 'events'] as const;
type Field = (typeof fields)[number];
type SettingsDraft = Pick<NotificationSettings, Field>;

interface SettingsModel {
  /** `undefined` where the policy offers no notifications. */
  readonly settings?: NotificationSettings;
}

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

  readonly #read: AccessController<SettingsModel> = new AccessController(this, {
    read: async ({ access, client, signal }) =>
      (await access).policy.notifications ? { settings: await client.notificationSettings.get({ signal }) } : {},
    refreshOn: ({ resource }) => resource === 'notificationSettings',
    sourceChanged: (isOtherPerson) => {
      if (isOtherPerson) this.#edit.reset();
    },
  });
  readonly #edit: EditController<NotificationSettings, SettingsDraft> = new EditController(this, {
    stored: () => this.#read.value?.settings,
    show: (settings) => {
      const { value } = this.#read;
      if (value) this.#read.show({ ...value, settings });
    },
    load: (_, { client, signal }) => client.notificationSettings.get({ signal }),
    update: (base, context) => this.#update(base, context),
    compare: (before, now) => this.#compare(before, now),
    prepare: () => this.#prepare(),
    maySave: (draft, settings) =>
      settings !== undefined &&
      this.#checkEvents() &&
      this.dispatchEvent(new NotificationSettingsSaveEvent('notification-settings-save', { ...settings, ...draft })),
    onSaved: (settings) =>
      this.dispatchEvent(new NotificationSettingsSaveEvent('notification-settings-saved', settings)),
    check: checkEmail,
    valuesOf: ({ name, value }) =>
      name === 'events'
        ? { events: this.#chosenEvents() }
        : name === 'enabled'
          ? { enabled: this.#switch?.checked ?? false }
          : { email: value },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  /** Where the focus was when it was to come here and there was nothing here yet. */
  #awaitedFrom: Element | null | undefined;

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

  get #switch(): HTMLInputElement | null {
    return this.renderRoot.querySelector<HTMLInputElement>('[name="enabled"]');
  }

  /** Mail is on, but about nothing: none would ever come. */
  get #isEventMissing(): boolean {
    const { policy, settings } = this.#read.value ?? {};
    const { enabled, events } = { ...settings, ...this.#edit.draft };
    return Boolean(policy?.notifications?.events.length && enabled && events?.length === 0);
  }

  /** Whether mail would be about something; otherwise the focus goes to the choice. */
  #checkEvents(): boolean {
    if (this.#isEventMissing) this.renderRoot.querySelector<HTMLElement>('[name="events"]')?.focus();
    return !this.#isEventMissing;
  }

  async #prepare(): Promise<void> {
    // Only then is the address required or not, as the switch says that may have been pressed just before.
    await this.updateComplete;
    const { enabled = this.#read.value?.settings?.enabled, email } = this.#edit.draft;
    // Without mail, no address is needed: the stored one stays.
    if (!enabled && email !== undefined && isBlank(email)) this.#edit.drop((path) => path === 'email');
  }

  async #update(
    { version, timeZone }: NotificationSettings,
    { client, draft, signal }: SaveContext<SettingsDraft>,
  ): Promise<NotificationSettings> {
    const patch = { ...draft, locale: languageFor(this.#localize.localizer.locale) ?? 'en' };
    // A server without time zones would refuse one.
    const zone = timeZone !== undefined && { timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone };
    try {
      return await client.notificationSettings.update({ ...patch, ...zone }, { version, signal });
    } catch (error) {
      // The server does not know this browser's time zone: the one for mails stays, and the rest is saved.
      if (!(error instanceof ApiError && error.problem?.errors?.some(({ path }) => path === 'timeZone'))) throw error;
      return client.notificationSettings.update(patch, { version, signal });
    }
  }

  #chosenEvents(): string[] {
    return [...this.renderRoot.querySelectorAll<HTMLInputElement>('[name="events"]:checked')].map(({ value }) => value);
  }

  #compare(before: NotificationSettings, now: NotificationSettings): readonly ComparedField[] {
    const { localizer } = this.#localize;
    const textOf = (value: SettingsDraft[Field] | undefined) =>
      typeof value === 'boolean'
        ? localizer.text(value ? 'notifications.on' : 'notifications.off')
        : typeof value === 'object'
          ? new Intl.ListFormat(localizer.locale, { type: 'unit', style: 'short' }).format(
              value.map((event) => this.#nameOf(event)),
            )
          : value;
    return fields.map((path) => ({
      path,
      label: localizer.text(`notifications.${path}`),
      before: textOf(before[path]) ?? '',
      now: textOf(now[path]) ?? '',
      mine: textOf(this.#edit.draft[path]),
    }));
  }

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return loadingOrErrorView('form', 3, this.#read, localizer);
    const { policy, settings } = value;
    if (!settings) return html`<p class="empty" part="denied">${localizer.text('notifications.notOffered')}</p>`;
    const draft = { ...settings, ...this.#edit.draft };
    return html`
      <slot name="header"></slot>
      <form
        part="form"
        novalidate
        aria-busy=${this.#edit.form.pending}
        @submit=${this.#edit.handleSubmit}
        @input=${this.#edit.handleInput}
      >
        ${mailNoticeView(settings, localizer)}
        ${this.#renderSwitch(draft, settings)} ${this.#renderEmail(draft)} ${this.#renderEvents(policy, draft)}
        ${obstacleView(this.#edit, localizer)}
        <div class="actions">${saveView(this.#edit, localizer)} ${savedView(this.#edit, localizer)}</div>
      </form>
      <slot name="footer"></slot>
    `;
  }

  /* eslint-disable lit-a11y/role-has-required-aria-attrs -- a native checkbox says itself whether it is checked */
  #renderSwitch({ enabled }: SettingsDraft, stored: SettingsDraft) {
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

  #renderEmail({ email, enabled }: SettingsDraft) {
    const { localizer } = this.#localize;
    const { form } = this.#edit;
    const error = form.error('email');
    return inputView({
      id: 'email',
      label: localizer.text('notifications.email'),
      requirement: enabled ? 'required' : 'optional',
      error: error === 'format' ? 'email' : error,
      localizer,
      type: 'email',
      autocomplete: 'email',
      maxLength: 254,
      tooLong: form.tooLong('email'),
      value: email,
    });
  }

  #renderEvents({ notifications }: Policy, { enabled, events }: SettingsDraft) {
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
}
