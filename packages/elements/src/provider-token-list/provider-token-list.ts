import type { OwnerKind, Policy, Provider, ProviderToken } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { property, state } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { mayManage, maySee, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy, sharedProviders } from '../connection/shared-clients.js';
import { providerName } from '../locales/given-name.js';
import { focusedIn } from '../controllers/focus.js';
import { ListStatusController } from '../controllers/list-status-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ModalController } from '../controllers/modal-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { RemovalController } from '../controllers/removal-controller.js';
import { plusIcon } from '../icons/icons.js';
import { conflicts } from '../locales/en/conflicts.js';
import { lists } from '../locales/en/lists.js';
import { providerTokens } from '../locales/en/provider-tokens.js';
import { comparedFields } from '../provider-token-form/changes.js';
import type { ProviderTokenCancelEvent, ProviderTokenSavedEvent } from '../events/provider-token-events.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { providerMarkStyles } from '../styles/provider-mark.styles.js';
import { tableStyles } from '../styles/table.styles.js';
import { dialogView } from '../views/dialog.js';
import { listStatusView } from '../views/list-status.js';
import { ownerListName } from '../views/owner.js';
import { headRangeView, pagesView, rangeText } from '../views/pages.js';
import { removalView } from '../views/removal.js';
import { rowMenuView } from '../views/row-menu.js';
import { noMatchView, searchView } from '../views/search.js';
import { refreshStatusView, skeletonView, loadingOrErrorView } from '../views/skeleton.js';
import { tableView } from '../views/table.js';
import { columnsOf } from './columns.js';
import { OwnedLists, ownerOf } from './owned-lists.js';
import { type FormSubject, formTitle, tokenTitle } from './titles.js';
import { tokenFacts } from './token-facts.js';
import { ProviderTokenDeleteEvent } from '../events/provider-token-delete-event.js';
import { styles } from './provider-token-list.styles.js';
import {
  isPerProvider,
  type Offer,
  type ProviderTokenRow,
  providerNameOf,
  providerOf,
  rowsOf,
  titleOf,
} from './rows.js';

const texts = { ...conflicts, ...lists, ...providerTokens };

/**
 * @tag provider-token-list
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
 * @csspart status-message - The outcome of the last action.
 * @csspart show - The button that brings the token of the last action into view.
 * @csspart group - The tokens of one owner.
 * @csspart title - Whose tokens these are.
 * @csspart frame - What is around a table.
 * @csspart table - The table.
 * @csspart row - A token's row.
 * @csspart mark - The letters or the icon of a provider.
 * @csspart description - A token's description.
 * @csspart status - A token's status.
 * @csspart link - The way to a provider's own instructions.
 * @csspart menu-button - What opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart pages - The buttons between pages.
 * @csspart range - Which of the tokens are shown.
 * @csspart empty - What is said where there is nothing to list.
 * @csspart read-only - Why tokens cannot be changed.
 * @csspart denied - Why tokens cannot be seen.
 * @csspart dialog - The form, or what is asked before a token is deleted.
 * @csspart dialog-title - The title of either.
 * @csspart about - What tells the thing that it is about from others.
 * @csspart form - The `<provider-token-form>`.
 * @csspart cancel - The button that keeps a token.
 * @csspart confirm - The button that deletes a token.
 * @csspart changes - What somebody else has changed of it meanwhile.
 * @csspart problem - What went wrong.
 */
export class ProviderTokenListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, tableStyles, dialogStyles, providerMarkStyles, styles];

  /** The owner of the tokens; by default each that the policy offers. */
  @property() owner?: OwnerKind;

  /** The subject of the open form. */
  @state() private subject: FormSubject | undefined;

  readonly #offer: ReadController<Offer> = new ReadController<Offer>(this, {
    read: async ({ client, organizationId }) => {
      const [policy, providers] = await Promise.all([sharedPolicy(client, organizationId), sharedProviders(client)]);
      return { policy, providers };
    },
    sourceChanged: (isOtherPerson) => {
      // A draft for the former organization is kept, and saved there.
      if (isOtherPerson) this.#formModal.close();
      this.#removal.modal.close();
      this.#status.handleSourceChanged();
      this.#arriving = undefined;
    },
  });
  readonly #lists: OwnedLists = new OwnedLists(this, {
    owner: () => this.owner,
    // One row a provider is one page: of each there is one token, or a few.
    pageSize: () => (this.#isPerProvider ? 100 : undefined),
    acted: () => this.#status.clear(),
    shown: (list, news) => this.#status.handleShown(list, news),
  });
  readonly #status: ListStatusController = new ListStatusController(this, {
    lists: () => this.#lists.both,
    localizer: () => this.#localize.localizer,
    title: () => this.#titleText,
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#offer.value?.policy,
  );
  readonly #formModal: ModalController = new ModalController(this, {
    dismiss: () => this.#form?.mayLeave() ?? true,
    closed: () => {
      this.subject = undefined;
    },
  });
  readonly #removal: RemovalController<ProviderToken> = new RemovalController(this, {
    allowed: (token) => this.dispatchEvent(new ProviderTokenDeleteEvent('provider-token-delete', token)),
    remove: (token, signal) => this.#tokensOf(token).delete(token.id, { version: token.version, signal }),
    read: (token, signal) => this.#tokensOf(token).get(token.id, { signal }),
    compare: (before, now) =>
      comparedFields({
        before,
        now,
        provider: providerOf(now.provider, this.#providers),
        fields: this.#offer.value?.policy.providerTokens?.fields,
        localizer: this.#localize.localizer,
      }),
    removed: ({ item, wasGone }) => {
      this.#status.tell(this.#localize.localizer.text('providerToken.deleted', { name: this.#tokenTitle(item) }));
      if (wasGone) void this.#lists[ownerOf(item)].read.refresh();
      else this.dispatchEvent(new ProviderTokenDeleteEvent('provider-token-deleted', item));
    },
  });
  /** The token just saved: with it, the button that opened the form may go. */
  #arriving: string | undefined;

  protected override updated(): void {
    if (this.#lists.has(this.#arriving)) this.#focusArrived();
  }

  get #isPerProvider(): boolean {
    return this.#offer.value !== undefined && isPerProvider(this.#offer.value.policy);
  }

  get #providers(): readonly Provider[] {
    const { localizer } = this.#localize;
    return (this.#offer.value?.providers ?? []).map((it) => ({ ...it, name: providerName(it, localizer) }));
  }

  #tokenTitle(token: ProviderToken): string {
    return tokenTitle(token, this.#providers, this.#localize.localizer);
  }

  #tokensOf(token: ProviderToken) {
    const { client } = this.connection;
    const { policy } = this.#offer.value ?? {};
    const resources = client && policy && ownedResources(client, ownerOf(token), policy);
    if (!resources) throw new TypeError('There is no list');
    return resources.providerTokens;
  }

  get #search() {
    const { q, search, both } = this.#lists;
    return { q, search, lists: both, localizer: this.#localize.localizer };
  }

  get #form() {
    return this.renderRoot.querySelector('provider-token-form');
  }

  #focusArrived(): void {
    const menu = this.#removal.menuButton(this.#arriving ?? '');
    this.#arriving = undefined;
    if (focusedIn(this)) return;
    (this.#isPerProvider ? menu : this.renderRoot.querySelector<HTMLElement>('[part="add"]'))?.focus();
  }

  /** Everything that failed: what one press is for, and mostly for one reason. */
  readonly #retry = (): void => {
    if (this.#offer.error) void this.#offer.refresh();
    this.#lists.retry();
  };

  async #openForm(subject: FormSubject): Promise<void> {
    const { organization } = this.#offer.value?.policy ?? {};
    this.subject = { ...subject, organizationId: organization?.id };
    this.#status.clear();
    this.#formModal.open();
    await this.updateComplete;
    this.#form?.focus();
  }

  readonly #handleAddAgain = (): void => {
    this.subject = this.subject && { ...this.subject, isAddedAgain: true };
  };

  readonly #handleCancel = (event: ProviderTokenCancelEvent): void => {
    // Between this element and its form: the host did not put that there.
    event.stopPropagation();
    this.#formModal.close();
    // An attempt whose answer was lost may have done something all the same.
    this.#lists.refresh();
  };

  readonly #handleSaved = ({ providerToken }: ProviderTokenSavedEvent): void => {
    const isNew = this.subject?.token?.id !== providerToken.id;
    this.#lists.show(providerToken);
    this.#formModal.close();
    // Only now: behind an open dialog, nothing is seen or spoken.
    const id = isNew ? 'providerToken.added' : 'providerToken.changed';
    const name = this.#tokenTitle(providerToken);
    this.#status.tell(this.#localize.localizer.text(id, { name }), {
      id: providerToken.id,
      find: () =>
        // The server knows the name that the provider came with.
        this.#lists.find(
          providerToken.name || providerNameOf(providerToken.provider, this.#offer.value?.providers ?? []),
        ),
    });
    this.#arriving = providerToken.id;
  };

  override render() {
    const { value: offer, error, slow } = this.#offer;
    const { localizer } = this.#localize;
    return html`
      ${offer ? this.#renderHead(offer) : nothing}
      ${listStatusView(this.#status, this.#noMatchText, localizer)}
      ${offer ? this.#renderLists(offer) : loadingOrErrorView('table list', 5, { error, slow, refresh: this.#retry }, localizer)}
      ${this.subject ? this.#renderForm(this.subject) : nothing}
      ${this.#removal.item ? this.#renderRemoval(this.#removal.item) : nothing}
      ${offer ? html`<slot name="footer"></slot>` : nothing}
    `;
  }

  /** Nothing where something matches. */
  get #noMatchText(): string {
    if (!this.#lists.isWithoutMatch) return '';
    return this.#localize.localizer.text('providerToken.noMatch', { q: this.#lists.answered });
  }

  /** Which lists these are, and what of them is shown. */
  get #titleText(): string {
    const { localizer } = this.#localize;
    const { policy } = this.#offer.value ?? {};
    if (!policy) return '';
    const owners = this.#lists.ownersIn(policy).filter((kind) => this.#lists[kind].rows.length > 0);
    const listed = owners.map((kind) =>
      localizer.text('listed', {
        list: ownerListName(kind, policy, localizer),
        range: rangeText(this.#lists[kind].range, localizer),
      }),
    );
    return listed.join('\n') || localizer.text('providerToken.emptyReadOnly');
  }

  #renderHead({ policy }: Offer) {
    const { localizer } = this.#localize;
    const owners = this.#lists.ownersIn(policy);
    const canRead = owners.some((kind) => maySee(kind, policy));
    const canAdd = owners.some((kind) => mayManage(kind, policy));
    const isEmpty = !this.#isPerProvider && this.#lists.isEmpty(policy);
    // A single list has no title to show its range beside.
    const only = owners.length === 1 ? owners[0] : undefined;
    return html`
      <slot name="header"></slot>
      ${canRead ? html`<p class="advice" part="advice">${localizer.text('providerToken.advice')}</p>` : nothing}
      ${
        this.#isPerProvider || !canRead
          ? nothing
          : html`<div class=${isEmpty ? 'empty' : 'toolbar'} part=${isEmpty ? 'empty' : 'toolbar'}>
              ${
                isEmpty
                  ? html`<slot name="empty">
                      ${localizer.text(canAdd ? 'providerToken.empty' : 'providerToken.emptyReadOnly')}
                    </slot>`
                  : html`${searchView(localizer.text('providerToken.search'), this.#search)}${
                      only ? headRangeView(this.#lists[only], localizer) : nothing
                    }`
              }
              ${
                // In one place whatever else is drawn: the focus comes back to it from a dialog.
                canAdd ? this.#renderAdd() : nothing
              }
            </div>`
      }
    `;
  }

  #renderLists(offer: Offer) {
    const { policy } = offer;
    const isEmpty = !this.#isPerProvider && this.#lists.isEmpty(policy);
    return isEmpty ? nothing : this.#renderGroups(this.#lists.ownersIn(policy), offer);
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

  #renderGroups(owners: readonly OwnerKind[], offer: Offer) {
    return this.#lists.isWithoutMatch
      ? noMatchView(this.#status.isOutcome ? this.#noMatchText : '', this.#search)
      : owners.map((kind) => this.#renderGroup(kind, owners.length > 1, offer));
  }

  #renderGroup(kind: OwnerKind, isTitled: boolean, offer: Offer) {
    const { localizer } = this.#localize;
    const { policy } = offer;
    const { isSearching, rows, read } = this.#lists[kind];
    const organization = policy.organization?.name;
    // The search has results in the other group.
    if (isSearching && rows.length === 0 && read.value && !read.error) return nothing;
    return html`<section part="group">
      ${isTitled ? html`<h2 part="title">${ownerListName(kind, policy, localizer)}${headRangeView(this.#lists[kind], localizer)}</h2>` : nothing}
      ${
        maySee(kind, policy) && !mayManage(kind, policy) && organization
          ? html`<p class="note" part="read-only">${localizer.text('providerToken.readOnly', { organization })}</p>`
          : nothing
      }
      ${maySee(kind, policy) ? this.#renderTokens(kind, offer) : this.#renderDenied(policy)}
    </section>`;
  }

  /** Only the organization's tokens: the person's own are theirs to see. */
  #renderDenied({ organization }: Policy) {
    const { localizer } = this.#localize;
    return html`<p class="none" part="denied">
      ${
        organization
          ? localizer.text('providerToken.denied', {
              organization: organization.name,
              role: localizer.term('role', organization.role),
            })
          : localizer.text('sections.denied.no_organization')
      }
    </p>`;
  }

  #renderTokens(kind: OwnerKind, offer: Offer) {
    const { policy } = offer;
    const { localizer } = this.#localize;
    const list = this.#lists[kind];
    const { read } = list;
    if (read.waiting) return skeletonView('table', 2, localizer, read);
    const problem = refreshStatusView({ error: read.error, slow: read.slow, refresh: this.#retry }, localizer);
    if (!read.value) return problem;
    const rows = rowsOf(list.rows, { policy, providers: this.#providers });
    if (rows.length === 0) return html`${problem}<p class="none">${localizer.text('providerToken.emptyGroup')}</p>`;
    const label = ownerListName(kind, policy, localizer);
    return html`${problem}${tableView<ProviderTokenRow>({
      label,
      columns: columnsOf(policy, localizer),
      rows,
      page: list.page,
      idOf: ({ token, providerId }) => token?.id ?? providerId,
      freshIds: this.#status.rowIds,
      isBusy: read.pending,
      actions: mayManage(kind, policy) ? (row) => this.#renderActions(row, kind, offer) : undefined,
    })}${pagesView(label, list, localizer)}`;
  }

  #askToDelete(token: ProviderToken): void {
    this.#status.clear();
    this.#removal.ask(token);
  }

  /** The name of a row in its buttons' labels, different from those of all other rows. */
  #spokenName(row: ProviderTokenRow, kind: OwnerKind, { policy }: Offer): string {
    const { localizer } = this.#localize;
    const name = titleOf(row);
    if (!this.#lists.hasNamesake(row, kind, policy)) return name;
    return localizer.text('owner.named', { name, owner: ownerListName(kind, policy, localizer) });
  }

  #renderActions(row: ProviderTokenRow, owner: OwnerKind, offer: Offer) {
    const { localizer } = this.#localize;
    const { providerId, token } = row;
    const name = this.#spokenName(row, owner, offer);
    return token
      ? rowMenuView({
          id: `menu-${token.id}`,
          label: localizer.text('actions', { name }),
          actions: [
            { label: localizer.text('edit'), run: () => void this.#openForm({ token, owner }) },
            { label: localizer.text('delete'), run: () => this.#askToDelete(token), destructive: true },
          ],
        })
      : html`<button
          type="button"
          part="add"
          aria-haspopup="dialog"
          aria-label=${localizer.text('providerToken.addFor', { provider: name })}
          @click=${() => this.#openForm({ provider: providerId, owner })}
        >
          ${localizer.text('providerToken.add')}
        </button>`;
  }

  #renderForm(subject: FormSubject) {
    const { token, provider, owner, organizationId } = subject;
    const { localizer } = this.#localize;
    const { client } = this.connection;
    return dialogView({
      modal: this.#formModal,
      title: formTitle(subject, this.#providers, localizer),
      content: html`<provider-token-form
        part="form"
        .client=${client}
        .organizationId=${organizationId}
        .locale=${localizer.locale}
        .messages=${localizer.messages}
        .tokenId=${token?.id}
        .provider=${provider}
        .owner=${owner}
        ?provider-named=${token ? !token.name : provider !== undefined}
        @add-again=${this.#handleAddAgain}
        @provider-token-cancel=${this.#handleCancel}
        @provider-token-saved=${this.#handleSaved}
      ></provider-token-form>`,
    });
  }

  #renderRemoval(token: ProviderToken) {
    const { localizer } = this.#localize;
    return removalView(
      this.#removal,
      {
        title: localizer.text('providerToken.deleteTitle'),
        consequence: localizer.text('providerToken.deleteBody', {
          provider: providerNameOf(token.provider, this.#providers),
        }),
        facts: tokenFacts(token, this.#providers, localizer),
        confirm: localizer.text('providerToken.delete'),
        confirming: localizer.text('deleting'),
      },
      localizer,
    );
  }
}
