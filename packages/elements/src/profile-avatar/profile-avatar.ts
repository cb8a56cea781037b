import { ApiError, avatarLimits, type Profile, VersionStaleError } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { Connected } from '../connection/connected.js';
import { SessionRenewed } from '../connection/session-expired-event.js';
import { state } from '../connection/properties.js';
import { shareAvatar } from '../connection/shared-clients.js';
import { AvatarController } from '../controllers/avatar-controller.js';
import { ConflictController } from '../controllers/conflict-controller.js';
import { FormController } from '../controllers/form-controller.js';
import { LeaveGuardController } from '../controllers/leave-guard-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ObjectUrlController } from '../controllers/object-url-controller.js';
import { type Person, personReading } from '../controllers/person-reading.js';
import { ReadController } from '../controllers/read-controller.js';
import { RemovalController } from '../controllers/removal-controller.js';
import { SavableController } from '../controllers/savable-controller.js';
import { alertIcon, checkIcon } from '../icons/icons.js';
import { megapixelsText, sizeText, typesText } from '../locales/files.js';
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
import { noticeView, problemView } from '../views/problem.js';
import { removalView } from '../views/removal.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { AvatarRemoveEvent, AvatarSaveEvent } from '../events/avatar-events.js';
import { chosenLimits, type PictureLimits, readableTypes, readPicture, type RefusedPicture } from './picture.js';
import { styles } from './profile-avatar.styles.js';

export { AvatarRemoveEvent, AvatarSaveEvent } from '../events/avatar-events.js';

/** By problem code: the note beside a picture that the server refused. */
const refusals: Partial<Record<string, RefusedPicture>> = { too_large: 'detail', media_type_unsupported: 'unreadable' };

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

  /** The choice that is not yet saved. */
  @state() private chosen: Blob | undefined;
  @state() private refused: RefusedPicture | undefined;
  @state() private wasRemoved = false;
  /** A file is being read, which takes some seconds for a very large one. */
  @state() private isReading = false;

  readonly #read: ReadController<Person> = new ReadController(this, {
    ...personReading,
    sourceChanged: (isOtherPerson) => {
      if (!isOtherPerson) return;
      this.#drop();
      this.#removal.modal.close();
    },
  });
  readonly #avatar: AvatarController = new AvatarController(this, () => this.#read.value?.profile);
  readonly #preview: ObjectUrlController = new ObjectUrlController(this);
  readonly #form: FormController = new FormController(this);
  readonly #conflict: ConflictController<Profile> = new ConflictController(this, {
    compare: ({ avatarUrl }) => [
      {
        path: 'avatar',
        label: '',
        before: avatarUrl ?? '',
        now: this.#read.value?.profile.avatarUrl ?? '',
        mine: 'chosen',
      },
    ],
  });
  readonly #removal: RemovalController<Profile> = new RemovalController<Profile>(this, {
    allowed: (profile) => this.dispatchEvent(new AvatarRemoveEvent('avatar-remove', profile)),
    remove: ({ version }, signal) => this.#client.profile.removeAvatar({ version, signal }),
    read: (_, signal) => this.#client.profile.get({ signal }),
    // Whichever picture it is by now, it is to go.
    compare: () => [],
    removed: ({ left }) => {
      this.wasRemoved = true;
      this.#form.saved = false;
      this.#show(left);
      this.#focusOn('[part="edit"]');
      const { value } = this.#read;
      if (value) this.dispatchEvent(new AvatarRemoveEvent('avatar-removed', left ?? value.profile));
    },
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#read.value?.policy,
  );
  readonly #savable: SavableController;
  /** The file chosen last, which may still have to be read. */
  #latest: File | undefined;

  constructor() {
    super();
    const isDirty = () => this.chosen !== undefined;
    new LeaveGuardController(this, isDirty);
    this.#savable = new SavableController(this, { isDirty, save: () => this.#save() });
  }

  get #client() {
    const { client } = this.connection;
    if (!client) throw new TypeError('There is no client');
    return client;
  }

  get #limits(): PictureLimits {
    return { ...avatarLimits, ...this.#read.value?.policy.profile.fields.avatar };
  }

  /** Shows what a write has answered; where it answered nothing, what is there now is still to be read. */
  #show(profile: Profile | undefined): void {
    const { value } = this.#read;
    if (value && profile) this.#read.show({ ...value, profile });
    else void this.#read.refresh();
  }

  #focusOn(selector: string): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>(selector)?.focus());
  }

  #drop(): void {
    this.#latest = undefined;
    this.isReading = false;
    this.chosen = undefined;
    this.refused = undefined;
    this.wasRemoved = false;
    this.#form.reset();
    this.#conflict.settle();
  }

  readonly #choose = (): void => this.renderRoot.querySelector('input')?.click();

  readonly #handleFile = async ({ target }: Event): Promise<void> => {
    const input = target as HTMLInputElement;
    const [file] = input.files ?? [];
    // The same one can be chosen again.
    input.value = '';
    if (!file) return;
    this.#latest = file;
    this.isReading = true;
    const picture = await readPicture(file, this.#limits);
    // Another may have been chosen meanwhile, or somebody else have come.
    if (file !== this.#latest) return;
    this.isReading = false;
    if (!this.#read.value || this.#form.pending) return;
    this.wasRemoved = false;
    if (typeof picture === 'string') {
      this.refused = picture;
      return;
    }
    this.#form.reset();
    this.refused = undefined;
    this.chosen = picture;
    this.#conflict.from(this.#read.value.profile);
    this.#focusOn(`[part="${this.#savable.formGroup ? 'edit' : 'save'}"]`);
  };

  readonly #handleSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    void (this.#savable.formGroup ?? this.#savable).save();
  };

  async #save(): Promise<boolean> {
    const { chosen } = this;
    const { value } = this.#read;
    const form = this.renderRoot.querySelector('form');
    if (!chosen || !value || !form) return chosen === undefined;
    const base = this.#conflict.from(value.profile);
    const { problem } = this.#form;
    // Whether it was done when nobody answered is told by what is there now.
    const wasUnanswered = problem !== undefined && !(problem instanceof ApiError || problem instanceof SessionRenewed);
    this.refused = undefined;
    const saved = await this.#form.submit(
      form,
      (signal) =>
        this.#conflict.send(
          base,
          ({ version }) => this.#client.profile.setAvatar(chosen, { version, signal }),
          async () => {
            const profile = await this.#client.profile.get({ signal });
            this.#show(profile);
            return profile;
          },
          (now) =>
            wasUnanswered && now.version === base.version + 1 && now.avatarUrl !== base.avatarUrl ? now : undefined,
        ),
      () => this.dispatchEvent(new AvatarSaveEvent('avatar-save', value.profile)),
    );
    if (!saved) {
      const { problem } = this.#form;
      const refused = problem instanceof ApiError ? refusals[problem.code] : undefined;
      if (refused) {
        this.#form.problem = undefined;
        this.refused = refused;
      }
      return false;
    }
    // Else the one before would come back until that is read.
    if (saved.avatarUrl) shareAvatar(this.#client, saved.avatarUrl, chosen);
    this.chosen = undefined;
    this.#show(saved);
    // Where the page has saved it, the focus is on the page's Save.
    if (!this.#savable.formGroup) this.#focusOn('[part="edit"]');
    this.dispatchEvent(new AvatarSaveEvent('avatar-saved', saved));
    return true;
  }

  readonly #cancel = (): void => {
    if (this.#form.pending) return;
    this.#drop();
    this.#focusOn('[part="edit"]');
  };

  readonly #handleRemove = (): void => {
    const { value } = this.#read;
    if (!value) return;
    this.#drop();
    this.#removal.ask(value.profile);
  };

  override render() {
    const { localizer } = this.#localize;
    const { value } = this.#read;
    if (!value) return loadingOrErrorView('block', 1, this.#read, localizer);
    const { policy, profile } = value;
    const { access, managedBy } = policy.profile.fields.avatar;
    if (access === 'hidden') return nothing;
    const { chosen } = this;
    return html`
      <form
        part="form"
        class=${chosen ? 'preview' : ''}
        novalidate
        aria-label=${localizer.text('avatar.label')}
        aria-busy=${this.#form.pending || this.isReading}
        @submit=${this.#handleSubmit}
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
        ${this.#conflict.isOpen ? this.#renderConflict(profile) : this.#renderProblem()}
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
    if (this.chosen) return localizer.text('avatar.preview');
    return profile.avatarUrl === null
      ? localizer.text('avatar.none')
      : localizer.text('avatar.of', { name: personName(profile, localizer.locale) });
  }

  #renderControl({ avatarUrl }: Profile) {
    const { localizer } = this.#localize;
    const { chosen, refused } = this;
    const { maxBytes, maxPixels } = chosenLimits;
    const words = {
      types: typesText(readableTypes, localizer.locale),
      size: sizeText(maxBytes, localizer.locale),
      pixels: megapixelsText(maxPixels, localizer.locale),
    };
    const note = localizer.text(refused ? `avatar.refused.${refused}` : 'avatar.help', words);
    return html`<div class="control">
      <input type="file" hidden accept=${readableTypes.join()} @change=${this.#handleFile} />
      <div class="actions">
        <button type="button" part="edit" aria-describedby="note" aria-disabled=${this.#form.pending} @click=${() => this.#form.pending || this.#choose()}>
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
        ${this.#renderOutcome()}
      </div>
      <p class="note ${refused ? 'error' : ''}" part=${refused ? 'error' : 'help'} id="note" role=${refused ? 'alert' : nothing}>${refused ? alertIcon : nothing}${note}</p>
    </div>`;
  }

  #renderSave() {
    const { localizer } = this.#localize;
    const conflict = this.#conflict;
    const label = localizer.text('avatar.save');
    const { saved: isSaved, problem } = this.#form;
    const hasOwnSave = conflict.isOpen || !this.#savable.formGroup;
    const edit = { form: this.#form, conflict, hasOwnSave, isSaved, problem, useTheirs: this.#cancel };
    // The conflict's own buttons settle it.
    return html`
      ${saveView(edit, localizer, label)}
      ${conflict.isOpen ? nothing : this.#renderCancel()}
    `;
  }

  #renderCancel() {
    return html`<button type="button" part="cancel" aria-disabled=${this.#form.pending} @click=${this.#cancel}>
      ${this.#localize.localizer.text('cancel')}
    </button>`;
  }

  /** The outcome, shown and announced. */
  #renderOutcome() {
    const { localizer } = this.#localize;
    const { saved, slow } = this.#form;
    const { formGroup } = this.#savable;
    const done = this.wasRemoved ? 'avatar.removed' : saved && !formGroup ? 'saved' : undefined;
    return html`<span role="status" class=${done ? 'saved' : 'note'} part="saved"
      >${
        done
          ? html`${checkIcon}${localizer.text(done)}`
          : slow
            ? localizer.text('slow')
            : this.isReading
              ? localizer.text('avatar.reading')
              : this.chosen && formGroup
                ? localizer.text('avatar.unsaved')
                : nothing
      }</span
    >`;
  }

  #renderConflict(profile: Profile) {
    const { localizer } = this.#localize;
    return noticeView(
      localizer.text('conflict.title'),
      localizer.text('avatar.conflict'),
      html`<p class="theirs" part="changes">${avatarView({ src: this.#avatar.src, person: profile })} ${localizer.text('conflict.now')}</p>`,
    );
  }

  #renderProblem() {
    const { problem, unplaced } = this.#form;
    return problem && !(problem instanceof VersionStaleError)
      ? problemView({ error: problem, localizer: this.#localize.localizer, unplaced })
      : nothing;
  }
}
