import { ApiError, avatarLimits, type Profile } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { Connected } from '../connection/connected.js';
import { state } from '../connection/properties.js';
import { shareAvatar } from '../connection/shared-clients.js';
import { AccessController } from '../controllers/access-controller.js';
import { AvatarController } from '../controllers/avatar-controller.js';
import { EditController } from '../controllers/edit-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ObjectUrlController } from '../controllers/object-url-controller.js';
import { type PersonData, personReading } from '../controllers/person-reading.js';
import { RemovalController } from '../controllers/removal-controller.js';
import { avatar } from '../locales/en/avatar.js';
import { conflicts } from '../locales/en/conflicts.js';
import { lists } from '../locales/en/lists.js';
import { profile } from '../locales/en/profile.js';
import { avatarStyles } from '../styles/avatar.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { saveView } from '../views/conflict.js';
import { avatarView, personName } from '../views/person.js';
import { removalView } from '../views/removal.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { AvatarRemoveEvent, AvatarSaveEvent } from '../events/avatar-events.js';
import { outcomeView, pictureNoteView, pictureObstacleView, refusalOf } from './notes.js';
import { readableTypes, type RefusedPicture } from './picture.js';
import { PictureInput } from './picture-input.js';
import { styles } from './profile-avatar.styles.js';

export { AvatarRemoveEvent, AvatarSaveEvent } from '../events/avatar-events.js';

const texts = { ...avatar, ...conflicts, ...lists, ...profile };

/**
 * @tag profile-avatar
 * @summary A person's picture, as the policy lets it be seen, chosen, looked at, saved and removed.
 *
 * A file that is chosen is drawn anew in the browser, square and small: nothing else of what is in it is sent. So the
 * policy's limits hold for what is sent; what is chosen may be a photo of up to 100 MB and 120 megapixels.
 *
 * @fires {AvatarSaveEvent} avatar-save - Before saving; `preventDefault()` keeps it from being saved.
 * @fires {AvatarSaveEvent} avatar-saved - After saving.
 * @fires {AvatarRemoveEvent} avatar-remove - Before removing; `preventDefault()` keeps it.
 * @fires {AvatarRemoveEvent} avatar-removed - After removing.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @csspart form - All of it.
 * @csspart avatar - The picture, or the initials in its place.
 * @csspart edit - The button that chooses a file.
 * @csspart remove - The button that removes the picture.
 * @csspart save - The button that saves what was chosen; where the page has one for all its forms, there is none here.
 * @csspart cancel - The button that drops what was chosen.
 * @csspart help - Which files there can be.
 * @csspart error - What is wrong with the file that was chosen.
 * @csspart problem - What went wrong beyond that.
 * @csspart use-theirs - The button that keeps what somebody else has set meanwhile.
 * @csspart saved - What says that it was saved.
 * @csspart dialog - What asks before it is removed.
 */
export class ProfileAvatarElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, avatarStyles, styles];

  /** Why the file that was chosen last is refused. */
  @state() private refused: RefusedPicture | undefined;
  @state() private wasRemoved = false;
  readonly #read: AccessController<PersonData> = new AccessController(this, {
    ...personReading,
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.#reset();
      this.#removal.modal.close();
    },
  });
  readonly #avatar: AvatarController = new AvatarController(this, () => this.#read.value?.profile);
  readonly #preview: ObjectUrlController = new ObjectUrlController(this);
  readonly #picture: PictureInput = new PictureInput(this, {
    limits: () => ({ ...avatarLimits, ...this.#read.value?.policy.profile.fields.avatar }),
    onRead: (picture) => this.#setPicture(picture),
  });
  readonly #edit: EditController<Profile, { avatar: Blob }> = new EditController(this, {
    stored: () => this.#read.value?.profile,
    show: (profile) => this.#show(profile),
    load: (_, { client, signal }) => client.profile.get({ signal }),
    update: async ({ version }, { client, draft: { avatar }, signal }) => {
      if (!avatar) throw new TypeError('There is no picture');
      try {
        return await client.profile.setAvatar(avatar, { version, signal });
      } catch (error) {
        if (!(error instanceof ApiError)) this.#isUncertain = true;
        throw error;
      }
    },
    compare: (before, now) => [
      { path: 'avatar', label: '', before: before.avatarUrl ?? '', now: now.avatarUrl ?? '', mine: 'chosen' },
    ],
    // Two pictures cannot be compared: the version and the address tell that this one was saved.
    isAlreadyStored: (now, base) =>
      this.#isUncertain && now.version === base.version + 1 && now.avatarUrl !== base.avatarUrl,
    maySave: ({ avatar }, profile) => {
      this.refused = undefined;
      return (
        avatar !== undefined && profile !== undefined && this.dispatchEvent(new AvatarSaveEvent('avatar-save', profile))
      );
    },
    onSaved: (profile, { avatar }) => {
      this.#isUncertain = false;
      // The former picture would be shown until the new one is read.
      if (profile.avatarUrl && avatar) shareAvatar(this.#client, profile.avatarUrl, avatar);
      // A form group keeps the focus on its Save.
      if (!this.#edit.formGroup) this.#edit.focusOn('#edit');
      this.dispatchEvent(new AvatarSaveEvent('avatar-saved', profile));
    },
  });
  readonly #removal: RemovalController<Profile> = new RemovalController<Profile>(this, {
    allowed: (profile) => this.dispatchEvent(new AvatarRemoveEvent('avatar-remove', profile)),
    remove: ({ version }, signal) => this.#client.profile.removeAvatar({ version, signal }),
    read: (_, signal) => this.#client.profile.get({ signal }),
    // Whichever picture it is by now, it is to go.
    compare: () => [],
    removed: ({ left }) => {
      this.wasRemoved = true;
      this.#show(left);
      this.#edit.focusOn('#edit');
      const { value } = this.#read;
      if (value) this.dispatchEvent(new AvatarRemoveEvent('avatar-removed', left ?? value.profile));
    },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  /** Whether a request was sent without a definite answer. */
  #isUncertain = false;

  get #client() {
    const { client } = this.connection;
    if (!client) throw new TypeError('There is no client');
    return client;
  }

  /** Shows what a write has answered; where it answered nothing, what is there now is still to be read. */
  #show(profile: Profile | undefined): void {
    const { value } = this.#read;
    if (value && profile) this.#read.show({ ...value, profile });
    else void this.#read.refresh();
  }

  #reset(): void {
    this.#picture.cancel();
    this.#edit.reset();
    this.#isUncertain = false;
    this.refused = undefined;
    this.wasRemoved = false;
  }

  readonly #choose = (): void => this.renderRoot.querySelector('input')?.click();

  #setPicture(picture: Blob | RefusedPicture): void {
    if (!this.#read.value || this.#edit.form.pending) return;
    this.wasRemoved = false;
    this.refused = typeof picture === 'string' ? picture : undefined;
    if (typeof picture === 'string') return;
    this.#isUncertain = false;
    this.#edit.form.reset();
    this.#edit.change({ avatar: picture });
    this.#edit.focusOn(this.#edit.formGroup ? '#edit' : 'form button:not([type])');
  }

  readonly #cancel = (): void => {
    if (this.#edit.form.pending) return;
    this.#reset();
    this.#edit.focusOn('#edit');
  };

  readonly #handleRemove = (): void => {
    const { value } = this.#read;
    if (!value) return;
    this.#reset();
    this.#removal.ask(value.profile);
  };

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return loadingOrErrorView('block', 1, this.#read, localizer);
    const { policy, profile } = value;
    const { access, managedBy } = policy.profile.fields.avatar;
    if (access === 'hidden') return nothing;
    const chosen = this.#edit.draft.avatar;
    return html`
      <form
        part="form"
        class=${chosen ? 'preview' : ''}
        novalidate
        aria-label=${localizer.text('avatar.label')}
        aria-busy=${this.#edit.form.pending || this.#picture.isReading}
        @submit=${this.#edit.handleSubmit}
      >
        ${avatarView({
          src: this.#preview.of(chosen) ?? this.#avatar.src,
          person: profile,
          label: this.#labelOf(profile),
        })}
        ${
          access === 'edit'
            ? this.#renderControl(profile)
            : html`<p class="note" part="help">${localizer.text(managedBy ? `profile.managedBy.${managedBy}` : 'profile.readOnly')}</p>`
        }
        ${pictureObstacleView(this.#edit, avatarView({ src: this.#avatar.src, person: profile }), localizer)}
      </form>
      ${
        this.#removal.item
          ? removalView(
              this.#removal,
              {
                title: localizer.text('avatar.removal.title'),
                consequence: localizer.text('avatar.removal.consequence'),
                confirm: localizer.text('avatar.remove'),
                confirming: localizer.text('avatar.removing'),
              },
              localizer,
            )
          : nothing
      }
    `;
  }

  #labelOf(profile: Profile): string {
    const { localizer } = this.#localize;
    if (this.#edit.draft.avatar) return localizer.text('avatar.preview');
    return profile.avatarUrl === null
      ? localizer.text('avatar.none')
      : localizer.text('avatar.of', { name: personName(profile, localizer.locale) });
  }

  #renderControl({ avatarUrl }: Profile) {
    const { localizer } = this.#localize;
    const { form, draft } = this.#edit;
    const chosen = draft.avatar;
    return html`<div class="control">
      <input type="file" hidden accept=${readableTypes.join()} @change=${this.#picture.handleChange} />
      <div class="actions">
        <button type="button" part="edit" id="edit" aria-describedby="note" aria-disabled=${form.pending} @click=${() => form.pending || this.#choose()}>
          ${localizer.text('avatar.edit')}
        </button>
        ${chosen ? this.#renderSave() : nothing}
        ${
          avatarUrl !== null && !chosen
            ? html`<button type="button" part="remove" @click=${this.#handleRemove}>
                ${localizer.text('avatar.remove')}
              </button>`
            : nothing
        }
        ${outcomeView(this.#edit, { wasRemoved: this.wasRemoved, isReading: this.#picture.isReading, isChosen: chosen !== undefined }, localizer)}
      </div>
      ${pictureNoteView(this.refused ?? refusalOf(this.#edit.problem), localizer)}
    </div>`;
  }

  #renderSave() {
    const { localizer } = this.#localize;
    const { form, conflict } = this.#edit;
    // The conflict's own buttons settle it.
    return html`
      ${saveView(this.#edit, localizer, localizer.text('avatar.save'), this.#cancel)}
      ${
        conflict.isOpen
          ? nothing
          : html`<button type="button" part="cancel" aria-disabled=${form.pending} @click=${this.#cancel}>
              ${localizer.text('cancel')}
            </button>`
      }
    `;
  }
}
