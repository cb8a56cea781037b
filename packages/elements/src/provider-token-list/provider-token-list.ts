import { type OwnerKind, type Policy, type Provider, type ProviderToken } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { createRef, ref } from 'lit/directives/ref.js';
import { Connected } from '../connection/connected.js';
import { mayManage, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy, sharedProviders } from '../connection/shared-clients.js';
import { ListController } from '../controllers/list-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { plusIcon } from '../icons/icons.js';
import type {
  ProviderTokenCancelEvent,
  ProviderTokenSavedEvent,
} from '../provider-token-form/provider-token-events.js';
import type { ProviderTokenFormElement } from '../provider-token-form/provider-token-form.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { tableStyles } from '../styles/table.styles.js';
import { dialogView } from '../views/dialog.js';
import { ownerName } from '../views/owner.js';
import { pagesView } from '../views/pages.js';
import { problemView } from '../views/problem.js';
import { tableSkeletonView } from '../views/skeleton.js';
import { styles } from './provider-token-list.styles.js';
import { type ProviderTokenRow, providerTokenTableView, tokenTitle } from './provider-token-table.js';
import { TokenRemoval } from './token-removal.js';

interface Offer {
  readonly policy: Policy;
  readonly providers: readonly Provider[];
}

/** What the form is open for: a token to edit, or a new one, of a provider and an owner where these are given. */
interface FormSubject {
  readonly token?: ProviderToken;
  readonly provider?: string;
  readonly owner?: OwnerKind | undefined;
}

/** `provider-token-delete` before a token is deleted, cancelable; `provider-token-deleted` after. */
export class ProviderTokenDeleteEvent extends Event {
  readonly providerToken: ProviderToken;

  constructor(type: 'provider-token-delete' | 'provider-token-deleted', providerToken: ProviderToken) {
    super(type, { bubbles: true, composed: true, cancelable: type === 'provider-token-delete' });
    this.providerToken = providerToken;
  }
}

const hiddenFields = { name: 'hidden', code: 'hidden', description: 'hidden' } as const;

const isRead = (kind: OwnerKind, { organization }: Policy) =>
  kind === 'user' || (organization !== null && organization.access !== 'none');

/**
 * @summary Provider tokens of a person and of the organization: found, added, edited and deleted, as the policy lets it.
 *
 * @fires {ProviderTokenDeleteEvent} provider-token-delete - Before a token is deleted; `preventDefault()` keeps it.
 * @fires {ProviderTokenDeleteEvent} provider-token-deleted - After a token is deleted.
 * @fires {ProviderTokenSaveEvent} provider-token-save - Before a token is saved; `preventDefault()` keeps it from being.
 * @fires {ProviderTokenSavedEvent} provider-token-saved - After a token is saved.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the list.
 * @slot empty - What is said where there is no token yet.
 * @slot footer - Below the list.
 *
 * @csspart advice - What to know about tokens; in a row, what to do about a broken one.
 * @csspart toolbar - The search and the button to add a token.
 * @csspart search - The search field.
 * @csspart add - A button that adds a token.
 * @csspart group - The tokens of one owner.
 * @csspart title - Whose tokens these are.
 * @csspart frame - What is around a table.
 * @csspart table - The table.
 * @csspart row - A token's row.
 * @csspart status - A token's status.
 * @csspart link - The way to a provider's own instructions.
 * @csspart menu-button - What opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart pages - The buttons between pages.
 * @csspart empty - What is said where there is nothing to list.
 * @csspart read-only - Why tokens cannot be changed.
 * @csspart denied - Why tokens cannot be seen.
 * @csspart dialog - The form, or what is asked before a token is deleted.
 * @csspart dialog-title - The title of either.
 * @csspart form - The `<provider-token-form>`.
 * @csspart cancel - The button that keeps a token.
 * @csspart confirm - The button that deletes a token.
 * @csspart problem - What went wrong.
 */
export class ProviderTokenListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, tableStyles, dialogStyles, styles];

  /** Whose tokens; by default of each owner that the policy offers. */
  @property() owner?: OwnerKind;

  /** What the form is open for. */
  @state() private subject: FormSubject | undefined;
  /** What has just been done, for those who hear rather than see it. */
  @state() private announcement = '';
  /** The token just saved, marked for a moment. */
  @state() private freshId: string | undefined;

  readonly #offer = new ReadController<Offer>(this, {
    read: async ({ client, organizationId }) => {
      const [policy, providers] = await Promise.all([sharedPolicy(client, organizationId), sharedProviders(client)]);
      return { policy, providers };
    },
  });
  readonly #lists = { user: this.#listOf('user'), organization: this.#listOf('organization') };
  readonly #localize = new LocalizeController(this, () => this.#offer.value?.policy);
  readonly #form = createRef<ProviderTokenFormElement>();
  readonly #formModal = new ModalController(this, {
    dismiss: () => this.#form.value?.mayLeave() ?? true,
    closed: () => {
      this.subject = undefined;
    },
  });
  readonly #removal = new TokenRemoval(this);
  /** The place of a row that is about to go, to give the focus to its successor. */
  #leaving: { id: string; index: number } | undefined;
  /** The token just saved: with it, the button that opened the form may go. */
  #arriving: string | undefined;
  #reported: unknown;

  protected override updated(): void {
    const { user, organization } = this.#lists;
    const error = this.#offer.error ?? user.read.error ?? organization.read.error;
    if (error && error !== this.#reported) this.reportLapse(error);
    this.#reported = error;
    const isShown = (id: string) => [...user.rows, ...organization.rows].some((token) => token.id === id);
    if (this.#leaving && !isShown(this.#leaving.id)) this.#focusSuccessor();
    if (this.#arriving !== undefined && isShown(this.#arriving)) this.#focusArrived();
  }

  #listOf(kind: OwnerKind) {
    return new ListController<ProviderToken, 'name'>(this, {
      list: async ({ client, organizationId, signal }, query) => {
        const policy = await sharedPolicy(client, organizationId);
        const isShown = this.#ownersIn(policy).includes(kind) && isRead(kind, policy);
        const tokens = isShown ? ownedResources(client, kind, policy)?.providerTokens : undefined;
        return tokens ? await tokens.list({ ...query, signal }) : { data: [], nextCursor: null };
      },
      // One row a provider is one page: of each there is one token, or a few.
      pageSize: () => (this.#isPerProvider ? 100 : 25),
      sort: 'name',
      refreshOn: ({ operationId, organizationId }) =>
        operationId.endsWith('ProviderToken') && (organizationId === null) === (kind === 'user'),
      dependencies: () => [this.owner],
    });
  }

  #ownersIn({ providerTokens }: Policy): readonly OwnerKind[] {
    return providerTokens?.owners.filter((kind) => kind === (this.owner ?? kind)) ?? [];
  }

  get #isPerProvider(): boolean {
    return this.#offer.value?.policy.providerTokens?.presentation === 'perProvider';
  }

  #providerOf(token: ProviderToken): Provider | undefined {
    return this.#offer.value?.providers.find(({ id }) => id === token.provider);
  }

  #titleOf(token: ProviderToken): string {
    return tokenTitle(token, this.#providerOf(token));
  }

  #search(q: string): void {
    for (const list of Object.values(this.#lists)) list.search(q);
  }

  #focusSuccessor(): void {
    const { index = 0 } = this.#leaving ?? {};
    this.#leaving = undefined;
    const menus = this.#menuButtons;
    (menus[Math.min(index, menus.length - 1)] ?? this.#addButton)?.focus();
  }

  #focusArrived(): void {
    const menu = this.#menuIndexOf(this.#arriving ?? '');
    this.#arriving = undefined;
    if (this.shadowRoot?.activeElement) return;
    (this.#isPerProvider ? this.#menuButtons[menu] : this.#addButton)?.focus();
  }

  #menuIndexOf(tokenId: string): number {
    return this.#menuButtons.findIndex((button) => button.getAttribute('popovertarget') === `menu-${tokenId}`);
  }

  get #menuButtons(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('[part="menu-button"]')];
  }

  get #addButton(): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>('[part="add"]');
  }

  /** Everything that failed: what one press is for, and mostly for one reason. */
  readonly #retry = (): void => {
    const { user, organization } = this.#lists;
    for (const read of [this.#offer, user.read, organization.read]) if (read.error) void read.refresh();
  };

  readonly #openForm = async (subject: FormSubject): Promise<void> => {
    this.subject = subject;
    this.freshId = undefined;
    this.#formModal.open();
    await this.updateComplete;
    this.#form.value?.focus();
  };

  readonly #handleCancel = (event: ProviderTokenCancelEvent): void => {
    // Between this element and its form: the host did not put that there.
    event.stopPropagation();
    this.#formModal.close();
  };

  #handleSaved({ providerToken }: ProviderTokenSavedEvent): void {
    const isNew = !this.subject?.token;
    this.#formModal.close();
    // Only now: behind an open dialog, nothing is seen or spoken.
    this.freshId = providerToken.id;
    const id = isNew ? 'providerToken.added' : 'providerToken.changed';
    this.announcement = this.#localize.localizer.text(id, { name: this.#titleOf(providerToken) });
    this.#arriving = providerToken.id;
  }

  async #handleDelete(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { client } = this.connection;
    const { token } = this.#removal;
    const { policy } = this.#offer.value ?? {};
    if (!client || !policy || !token) return;
    const kind = token.owner.kind === 'user' ? 'user' : 'organization';
    const outcome = await this.#removal.confirm(
      event.currentTarget as HTMLFormElement,
      ownedResources(client, kind, policy)?.providerTokens,
      () => this.dispatchEvent(new ProviderTokenDeleteEvent('provider-token-delete', token)),
    );
    if (!outcome) return this.reportLapse(this.#removal.form.problem);
    this.#leaving = { id: token.id, index: this.#menuIndexOf(token.id) };
    this.announcement = this.#localize.localizer.text('providerToken.deleted', { name: this.#titleOf(token) });
    if (outcome === 'gone') return this.#lists[kind].read.refresh();
    this.dispatchEvent(new ProviderTokenDeleteEvent('provider-token-deleted', token));
  }

  override render() {
    const { localizer } = this.#localize;
    const { value: offer, error } = this.#offer;
    if (!offer) {
      return error ? problemView({ error, localizer, retry: this.#retry }) : tableSkeletonView(4, localizer);
    }
    const { policy } = offer;
    const owners = this.#ownersIn(policy);
    const readable = owners.filter((kind) => isRead(kind, policy));
    const manageable = owners.filter((kind) => mayManage(kind, policy));
    const lists = readable.map((kind) => this.#lists[kind]);
    const isEmpty =
      !this.#isPerProvider &&
      lists.length > 0 &&
      lists.length === owners.length &&
      lists.every(({ read, rows, isSearching }) => read.value && rows.length === 0 && !isSearching);
    return html`
      <slot name="header"></slot>
      ${readable.length > 0 ? html`<p class="advice" part="advice">${localizer.text('providerToken.advice')}</p>` : nothing}
      ${isEmpty ? this.#renderEmpty(manageable.length > 0) : this.#renderLists(owners, offer, manageable)}
      <p class="visually-hidden" role="status">${this.announcement}</p>
      ${this.#formModal.isOpen ? this.#renderForm(this.subject ?? {}) : nothing}
      ${this.#removal.token ? this.#renderRemoval(this.#removal.token) : nothing}
      <slot name="footer"></slot>
    `;
  }

  #renderLists(owners: readonly OwnerKind[], offer: Offer, manageable: readonly OwnerKind[]) {
    const searched = Object.values(this.#lists).filter(({ isSearching }) => isSearching);
    const isWithoutMatch =
      searched.length > 0 && searched.every(({ read, rows }) => read.value && !read.error && rows.length === 0);
    return html`
      ${this.#isPerProvider || owners.every((kind) => !isRead(kind, offer.policy)) ? nothing : this.#renderToolbar(manageable.length > 0)}
      ${isWithoutMatch ? this.#renderNoMatch() : owners.map((kind) => this.#renderGroup(kind, owners.length > 1, offer))}
    `;
  }

  #renderEmpty(canAdd: boolean) {
    const { localizer } = this.#localize;
    return html`<div class="empty" part="empty">
      <slot name="empty">${localizer.text(canAdd ? 'providerToken.empty' : 'providerToken.emptyReadOnly')}</slot>
      ${canAdd ? this.#renderAdd() : nothing}
    </div>`;
  }

  #renderAdd() {
    return html`<button
      type="button"
      class="primary"
      part="add"
      aria-haspopup="dialog"
      @click=${() => this.#openForm({ owner: this.owner })}
    >
      ${plusIcon}${this.#localize.localizer.text('providerToken.add')}
    </button>`;
  }

  #renderToolbar(canAdd: boolean) {
    const { localizer } = this.#localize;
    return html`<div class="toolbar" part="toolbar">
      <input
        class="search"
        part="search"
        type="search"
        maxlength="100"
        aria-label=${localizer.text('providerToken.search')}
        placeholder=${localizer.text('search')}
        .value=${live(this.#lists.user.q)}
        @input=${({ target }: InputEvent) => this.#search((target as HTMLInputElement).value)}
      />
      ${canAdd ? this.#renderAdd() : nothing}
    </div>`;
  }

  #renderNoMatch() {
    const { localizer } = this.#localize;
    return html`<div class="empty" part="empty" role="status">
      <p>${localizer.text('providerToken.noMatch', { q: this.#lists.user.q })}</p>
      <button type="button" @click=${() => this.#search('')}>${localizer.text('clearSearch')}</button>
    </div>`;
  }

  #renderGroup(kind: OwnerKind, isTitled: boolean, offer: Offer) {
    const { localizer } = this.#localize;
    const { policy } = offer;
    const { isSearching, rows, read } = this.#lists[kind];
    const organization = policy.organization?.name;
    // What was searched for was found in the other group.
    if (isSearching && rows.length === 0 && read.value && !read.error) return nothing;
    return html`<section part="group">
      ${isTitled ? html`<h2 part="title">${ownerName(kind, policy, localizer)}</h2>` : nothing}
      ${
        isRead(kind, policy) && !mayManage(kind, policy) && organization
          ? html`<p class="note" part="read-only">${localizer.text('providerToken.readOnly', { organization })}</p>`
          : nothing
      }
      ${isRead(kind, policy) ? this.#renderTokens(kind, offer) : this.#renderDenied(organization)}
    </section>`;
  }

  #renderDenied(organization: string | undefined) {
    const { localizer } = this.#localize;
    return html`<p class="none" part="denied">
      ${
        organization
          ? localizer.text('sections.denied.role', { organization })
          : localizer.text('sections.denied.no_organization')
      }
    </p>`;
  }

  #renderTokens(kind: OwnerKind, { policy, providers }: Offer) {
    const { localizer } = this.#localize;
    const list = this.#lists[kind];
    const { read } = list;
    const problem = read.error ? problemView({ error: read.error, localizer, retry: this.#retry }) : nothing;
    if (!read.value) return read.error ? problem : tableSkeletonView(3, localizer);
    const rows = this.#rowsOf(list.rows, policy, providers);
    if (rows.length === 0) return html`${problem}<p class="none">${localizer.text('providerToken.emptyGroup')}</p>`;
    return html`
      ${problem}
      ${providerTokenTableView({
        label: ownerName(kind, policy, localizer),
        rows,
        fields: policy.providerTokens?.fields ?? hiddenFields,
        freshId: this.freshId,
        isBusy: read.pending,
        localizer,
        actions: mayManage(kind, policy)
          ? {
              add: (provider) => void this.#openForm({ provider, owner: kind }),
              edit: (token) => void this.#openForm({ token, owner: kind }),
              remove: (token) => this.#removal.ask(token),
            }
          : undefined,
      })}
      ${pagesView(list, localizer)}
    `;
  }

  #rowsOf(
    tokens: readonly ProviderToken[],
    { providerTokens }: Policy,
    providers: readonly Provider[],
  ): readonly ProviderTokenRow[] {
    const rowOf = (token: ProviderToken) => ({
      providerId: token.provider,
      provider: this.#providerOf(token),
      token,
    });
    if (!this.#isPerProvider) return tokens.map(rowOf);
    return (providerTokens?.providers ?? []).flatMap((providerId): ProviderTokenRow[] => {
      const own = tokens.filter(({ provider }) => provider === providerId).map(rowOf);
      const provider = providers.find(({ id }) => id === providerId);
      return own.length > 0 ? own : [{ providerId, provider, token: undefined }];
    });
  }

  #renderForm({ token, provider, owner }: FormSubject) {
    const { localizer } = this.#localize;
    const { client, organizationId, locale } = this.connection;
    return dialogView({
      modal: this.#formModal,
      title: token
        ? localizer.text('providerToken.editTitle', { name: this.#titleOf(token) })
        : localizer.text('providerToken.addTitle'),
      content: html`<provider-token-form
        part="form"
        .client=${client}
        .organizationId=${organizationId}
        .locale=${locale}
        .tokenId=${token?.id}
        .provider=${provider}
        .owner=${owner}
        ${ref(this.#form)}
        @provider-token-cancel=${this.#handleCancel}
        @provider-token-saved=${this.#handleSaved}
      ></provider-token-form>`,
    });
  }

  #renderRemoval(token: ProviderToken) {
    return this.#removal.view({
      title: this.#titleOf(token),
      provider: this.#providerOf(token)?.name ?? token.provider,
      localizer: this.#localize.localizer,
      confirm: (event) => void this.#handleDelete(event),
    });
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'provider-token-delete': ProviderTokenDeleteEvent;
    'provider-token-deleted': ProviderTokenDeleteEvent;
  }
}
