import type { OwnerKind, Policy, Provider, ProviderToken } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { property } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { sharedProviders } from '../connection/shared-clients.js';
import { type Access, AccessController } from '../controllers/access-controller.js';
import { providerName } from '../locales/given-name.js';
import { focusedIn } from '../controllers/focus.js';
import { ListStatusController } from '../controllers/list-status-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { RemovalController } from '../controllers/removal-controller.js';
import { plusIcon } from '../icons/icons.js';
import { conflicts } from '../locales/en/conflicts.js';
import { lists } from '../locales/en/lists.js';
import { providerTokens } from '../locales/en/provider-tokens.js';
import { comparedFields } from '../provider-tokens/changes.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { providerMarkStyles } from '../styles/provider-mark.styles.js';
import { tableStyles } from '../styles/table.styles.js';
import { type ListSection, type ListTable, type ListView, listView } from '../views/list.js';
import { ownerListName } from '../views/owner.js';
import { headRangeView } from '../views/pages.js';
import { rowMenuView } from '../views/row-menu.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { providerTokenColumns } from './columns.js';
import { OwnedLists, ownerOf } from './owned-lists.js';
import { type FormSubject, formTitle, tokenTitle } from './titles.js';
import { TokenFormDialog } from './token-form-dialog.js';
import { tokenRemovalView } from './token-removal.js';
import { ProviderTokenDeleteEvent } from '../events/provider-token-delete-event.js';
import { ownerGroupView, tokensDeniedView } from './owner-group.js';
import { styles } from './provider-token-list.styles.js';
import {
  isPerProvider,
  type ProviderTokenRow,
  providerNameOf,
  providerOf,
  providerTokenRows,
  rowTitle,
} from './rows.js';

const texts = { ...conflicts, ...lists, ...providerTokens };

/**
 * @tag provider-token-list
 * @summary Provider tokens of a person and of the organization, to find, add, edit and delete, as the policy allows.
 *
 * @fires {ProviderTokenDeleteEvent} provider-token-delete - Before a token is deleted; `preventDefault()` keeps it.
 * @fires {ProviderTokenDeleteEvent} provider-token-deleted - After a token is deleted.
 * @fires {ProviderTokenSaveEvent} provider-token-save - Before a token is saved; `preventDefault()` cancels saving.
 * @fires {ProviderTokenSavedEvent} provider-token-saved - After a token is saved.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the list.
 * @slot empty - Replaces the text of an empty list.
 * @slot footer - Below the list.
 *
 * @csspart advice - Advice about tokens; in a row, how to fix a broken one.
 * @csspart toolbar - The search and the button to add a token.
 * @csspart search - The search field.
 * @csspart add - A button that adds a token.
 * @csspart status-message - The outcome of the last action.
 * @csspart show - The button that brings the token of the last action into view.
 * @csspart group - The tokens of one owner.
 * @csspart title - The owner of the tokens.
 * @csspart frame - The container of a table.
 * @csspart table - The table.
 * @csspart row - A token's row.
 * @csspart mark - The letters or the icon of a provider.
 * @csspart description - A token's description.
 * @csspart status - A token's status.
 * @csspart link - The link to the provider's instructions.
 * @csspart menu-button - The button that opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart pages - The buttons between pages.
 * @csspart range - The range of the tokens shown.
 * @csspart empty - The text shown when there is nothing to list.
 * @csspart read-only - The reason why the person cannot change tokens.
 * @csspart denied - The reason why the person cannot see tokens.
 * @csspart dialog - The form, or the confirmation before a token is deleted.
 * @csspart dialog-title - The title of the dialog.
 * @csspart about - The facts that identify the token.
 * @csspart form - The `<provider-token-form>`.
 * @csspart cancel - The button that keeps a token.
 * @csspart confirm - The button that deletes a token.
 * @csspart changes - The changes that another person made meanwhile.
 * @csspart problem - An error.
 */
export class ProviderTokenListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, tableStyles, dialogStyles, providerMarkStyles, styles];

  /** The owner of the tokens; by default each that the policy offers. */
  @property() owner?: OwnerKind;

  readonly #access: AccessController<{ readonly providers: readonly Provider[] }> = new AccessController(this, {
    read: async ({ client }) => ({ providers: await sharedProviders(client) }),
    sourceChanged: (isOtherPerson) => {
      // A draft for the previous organization is kept, and saved there.
      if (isOtherPerson) this.#formDialog.close();
      this.#removal.modal.close();
      this.#savedId = undefined;
    },
  });
  readonly #lists: OwnedLists = new OwnedLists(this, {
    owner: () => this.owner,
    load: (context) => this.#access.load(context),
    // With one row for each provider, all rows are on one page.
    pageSize: () => (this.#isPerProvider ? 100 : undefined),
    status: () => this.#status,
  });
  readonly #status: ListStatusController = new ListStatusController(this, () => this.#view);
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#access.value?.policy,
  );
  readonly #formDialog: TokenFormDialog = new TokenFormDialog(this, {
    localizer: () => this.#localize.localizer,
    title: (subject) => formTitle(subject, this.#providers, this.#localize.localizer),
    // A request whose answer was lost may have saved the token.
    cancelled: () => this.#lists.refresh(),
    saved: (token) => this.#lists.show(token),
    closed: (token, isNew) => this.#reportSaved(token, isNew),
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
        fields: this.#access.value?.policy.providerTokens?.fields,
        localizer: this.#localize.localizer,
      }),
    focusFallback: () => this.#addButton?.focus(),
    removed: ({ item, wasGone }) => {
      this.#status.report(this.#localize.localizer.text('providerToken.deleted', { name: this.#tokenTitle(item) }));
      if (wasGone) void this.#lists[ownerOf(item)].read.refresh();
      else this.dispatchEvent(new ProviderTokenDeleteEvent('provider-token-deleted', item));
    },
  });
  /** The token just saved. When its row appears, the button that opened the form may go. */
  #savedId: string | undefined;

  protected override updated(): void {
    if (this.#lists.has(this.#savedId)) this.#focusSaved();
  }

  get #isPerProvider(): boolean {
    return this.#access.value !== undefined && isPerProvider(this.#access.value.policy);
  }

  get #providers(): readonly Provider[] {
    const { localizer } = this.#localize;
    return (this.#access.value?.providers ?? []).map((it) => ({ ...it, name: providerName(it, localizer) }));
  }

  #tokenTitle(token: ProviderToken): string {
    return tokenTitle(token, this.#providers, this.#localize.localizer);
  }

  #tokensOf(token: ProviderToken) {
    const { tokens } = this.#access.value?.of(ownerOf(token)) ?? {};
    if (!tokens) throw new TypeError('There is no list');
    return tokens;
  }

  /** The button above the list, or the search where the person adds no tokens. */
  get #addButton() {
    return (
      this.renderRoot.querySelector<HTMLElement>('.primary') ?? this.renderRoot.querySelector<HTMLElement>('.search')
    );
  }

  #focusSaved(): void {
    const menu = this.#removal.menuButton(this.#savedId ?? '');
    this.#savedId = undefined;
    if (focusedIn(this)) return;
    (this.#isPerProvider ? menu : this.#addButton)?.focus();
  }

  /** Repeats everything that failed, as the reason is mostly the same. */
  readonly #retry = (): void => {
    if (this.#access.error) void this.#access.refresh();
    this.#lists.retry();
  };

  #openForm(subject: FormSubject): void {
    this.#status.clear();
    void this.#formDialog.open({ ...subject, organizationId: this.#access.value?.policy.organization?.id });
  }

  #reportSaved(token: ProviderToken, isNew: boolean): void {
    const id = isNew ? 'providerToken.added' : 'providerToken.changed';
    this.#status.report(this.#localize.localizer.text(id, { name: this.#tokenTitle(token) }), {
      id: token.id,
      find: () =>
        // The server finds the provider by its original name, not by the translated one.
        this.#lists.find(token.name || providerNameOf(token.provider, this.#access.value?.providers ?? [])),
    });
    this.#savedId = token.id;
  }

  override render() {
    return listView(this.#view);
  }

  get #view(): ListView<ProviderTokenRow> {
    const { localizer } = this.#localize;
    const { value: access, error, slow } = this.#access;
    const view = {
      localizer,
      status: this.#status,
      searchable: this.#lists,
      noMatchText: () => localizer.text('providerToken.noMatch', { q: this.#lists.appliedSearch }),
      dialogs: html`
        ${this.#formDialog.render()}
        ${this.#removal.item ? tokenRemovalView(this.#removal, this.#removal.item, this.#providers, localizer) : nothing}
      `,
    };
    if (!access) {
      const reading = { error, slow, refresh: this.#retry };
      return { ...view, instead: loadingOrErrorView('table list', 5, reading, localizer), emptyText: '', sections: [] };
    }
    const { policy, of } = access;
    const owners = this.#lists.ownersIn(policy);
    const canRead = owners.some((kind) => of(kind).tokens);
    const canAdd = owners.some((kind) => of(kind).canManage);
    // A single list has no title to show its range beside.
    const only = owners.length === 1 ? owners[0] : undefined;
    return {
      ...view,
      intro: canRead ? html`<p class="advice" part="advice">${localizer.text('providerToken.advice')}</p>` : nothing,
      searchLabel: isPerProvider(policy) || !canRead ? undefined : localizer.text('providerToken.search'),
      tools: only ? headRangeView(this.#lists[only], localizer) : nothing,
      add: canAdd ? this.#renderAdd() : nothing,
      emptyText: localizer.text(canAdd ? 'providerToken.empty' : 'providerToken.emptyReadOnly'),
      sections: owners.map((kind) => this.#sectionOf(kind, owners.length > 1, access)),
    };
  }

  #sectionOf(kind: OwnerKind, isTitled: boolean, access: Access): ListSection<ProviderTokenRow> {
    const { localizer } = this.#localize;
    const { policy } = access;
    const { tokens, canManage } = access.of(kind);
    const list = this.#lists[kind];
    const label = ownerListName(kind, policy, localizer);
    const title = isTitled ? html`${label}${headRangeView(list, localizer)}` : undefined;
    const isReadOnly = tokens !== undefined && !canManage;
    return {
      list,
      label,
      instead: tokens ? undefined : tokensDeniedView(policy, localizer),
      outline: 2,
      emptyText: localizer.text('providerToken.emptyGroup'),
      retry: this.#retry,
      table: () => this.#tableOf(kind, access),
      frame: (content) => ownerGroupView({ title, isReadOnly, content }, policy, localizer),
    };
  }

  #tableOf(kind: OwnerKind, { policy, of }: Access): ListTable<ProviderTokenRow> {
    return {
      columns: providerTokenColumns(policy, this.#localize.localizer),
      rows: providerTokenRows(this.#lists[kind].rows, { policy, providers: this.#providers }),
      idOf: ({ token, providerId }) => token?.id ?? providerId,
      actions: of(kind).canManage ? (row) => this.#renderActions(row, kind, policy) : undefined,
    };
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

  #askToDelete(token: ProviderToken): void {
    this.#status.clear();
    this.#removal.ask(token);
  }

  /** The name of a row in the labels of its buttons, unique in the element. */
  #uniqueName(row: ProviderTokenRow, kind: OwnerKind, policy: Policy): string {
    const { localizer } = this.#localize;
    const name = rowTitle(row);
    if (!this.#lists.hasNamesake(row, kind, policy)) return name;
    return localizer.text('owner.named', { name, owner: ownerListName(kind, policy, localizer) });
  }

  #renderActions(row: ProviderTokenRow, owner: OwnerKind, policy: Policy) {
    const { localizer } = this.#localize;
    const { providerId, token } = row;
    const name = this.#uniqueName(row, owner, policy);
    return token
      ? rowMenuView({
          id: `menu-${token.id}`,
          label: localizer.text('actions', { name }),
          actions: [
            { label: localizer.text('edit'), run: () => this.#openForm({ token, owner }) },
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
}
