import type { ApiKey, ApiKeysPolicy, ApiKeyStatusFilter } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from '../connection/properties.js';
import { apiKeyName } from '../api-keys/created-key.js';
import { KeyRemoval, keyRemovalView } from '../api-keys/key-removal.js';
import { activeRemovalOf, type RemovalKind } from '../api-keys/removal-kind.js';
import { Connected } from '../connection/connected.js';
import { AccessController } from '../controllers/access-controller.js';
import { BulkController } from '../controllers/bulk-controller.js';
import { ListController } from '../controllers/list-controller.js';
import { ListStatusController } from '../controllers/list-status-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import type { ApiKeyCreatedEvent } from '../events/api-key-create-events.js';
import { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';
import { apiKey } from '../locales/en/api-key.js';
import { apiKeys } from '../locales/en/api-keys.js';
import { conflicts } from '../locales/en/conflicts.js';
import { lists } from '../locales/en/lists.js';
import { cellStyles } from '../styles/cell.styles.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { tableStyles } from '../styles/table.styles.js';
import { deniedText, keysDeniedView } from '../views/denied.js';
import { type ListTable, type ListView, listView } from '../views/list.js';
import { headRangeView } from '../views/pages.js';
import { rowMenuView } from '../views/row-menu.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { styles } from './api-key-list.styles.js';
import { bulkButtonView, bulkRevokeView, bulkSelection } from './bulk-revoke.js';
import { apiKeyColumns, type ApiKeySort } from './columns.js';
import { endingOf, existing, isOffered, type KeysAccess, type KeysOwner, keySourceOf } from './key-source.js';
import { statusFilterText, statusFilterView } from './status-filter.js';

export { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';

const firstSort = '-createdAt';
const titles = { organization: 'apiKeys.title', user: 'apiKeys.ownTitle', all: 'apiKeys.allTitle' } as const;
const emptyTexts = { organization: 'apiKeys.empty', user: 'apiKeys.ownEmpty', all: 'apiKeys.allEmpty' } as const;

const texts = { ...apiKey, ...apiKeys, ...conflicts, ...lists };

/**
 * @tag api-key-list
 * @summary The API keys of a person or an organization, to find, sort, create, revoke and delete, as the policy allows. For an
 * administrator also all keys, each with its owner.
 *
 * @fires {ApiKeyRemovalEvent} api-key-revoke - Before a key is revoked, each of several too; `preventDefault()` keeps it working.
 * @fires {ApiKeyRemovalEvent} api-key-revoked - After a key is revoked.
 * @fires {ApiKeyRemovalEvent} api-key-delete - Before a key is deleted; `preventDefault()` keeps it.
 * @fires {ApiKeyRemovalEvent} api-key-deleted - After a key is deleted.
 * @fires {ApiKeyCreateEvent} api-key-create - Before a key is created.
 * @fires {ApiKeyCreatedEvent} api-key-created - After a key is created.
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the list.
 * @slot empty - Replaces the text of an empty list.
 * @slot footer - Below the list.
 *
 * @csspart advice - How to treat keys.
 * @csspart toolbar - Title, search and the button to create a key.
 * @csspart title - Whose keys these are.
 * @csspart own-title - The title above the person's own keys.
 * @csspart search - The search field.
 * @csspart filter - The choice of a status.
 * @csspart create - The `<api-key-create>`.
 * @csspart status-message - The outcome of the last action.
 * @csspart show - The button that brings the key of the last action into view.
 * @csspart frame - The container of the table.
 * @csspart table - The table.
 * @csspart row - A key's row.
 * @csspart sort - A heading that sorts by its column.
 * @csspart status - A key's status.
 * @csspart warning - The note that a key expires soon.
 * @csspart used-from - Where a key was last used from.
 * @csspart menu-button - The button that opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart select - The box that selects a key, or all on the page.
 * @csspart bulk-revoke - The button that revokes all selected keys.
 * @csspart bulk-list - The selected keys in the dialog.
 * @csspart bulk-row - A selected key in the dialog.
 * @csspart bulk-result - The result of revoking a selected key.
 * @csspart pages - The buttons between pages.
 * @csspart range - The range of the keys shown.
 * @csspart empty - The text shown when there is nothing to list.
 * @csspart read-only - The reason why the person cannot change keys.
 * @csspart dialog - The confirmation before a key is revoked or deleted.
 * @csspart dialog-title - The title of the dialog.
 * @csspart about - The facts that identify the key.
 * @csspart cancel - The button that keeps a key.
 * @csspart confirm - The button that ends a key.
 * @csspart changes - The changes that another person made meanwhile.
 * @csspart problem - An error.
 * @csspart denied - The reason why there is no list.
 */
export class ApiKeyListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, tableStyles, cellStyles, styles];

  /** The owner of the keys; by default that of the policy. `all` is for administrators: all keys, to find and to revoke. */
  @property() owner?: KeysOwner;

  /** Keys on a page, 1–100; by default 25, and 10 where the element is narrower than 560 pixels. */
  @property({ type: Number, attribute: 'page-size' }) pageSize?: number;

  readonly #access: AccessController<object, KeysOwner> = new AccessController(this, {
    owner: () => this.owner,
    sourceChanged: () => {
      this.#removal.modal.close();
      this.#bulk.clear();
      this.#created = undefined;
    },
  });
  readonly #list: ListController<ApiKey, ApiKeySort, ApiKeyStatusFilter> = new ListController(this, {
    list: async (context, request) => {
      const { client, signal } = context;
      const keys = keySourceOf(client, await this.#access.load(context));
      return keys ? await keys.list({ ...request, signal }) : { data: [], nextCursor: null };
    },
    pageSize: () => this.pageSize,
    sort: firstSort,
    // Not every owner's keys can be sorted by the same columns.
    dependencies: () => [this.owner],
    refreshOn: ({ resource }) => resource === 'apiKey',
    status: () => this.#status,
  });
  readonly #status: ListStatusController = new ListStatusController(this, () => this.#view);
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#access.value?.policy,
  );
  readonly #removal: KeyRemoval = new KeyRemoval(this, {
    keys: () => existing(this.#access.value?.keys),
    revoke: (id, options) => this.#keys.revoke(id, options),
    localizer: () => this.#localize.localizer,
    hasActions: (key) => this.#endingOf(key) !== undefined,
    focusFallback: () => this.#focusList(),
    removed: ({ item, wasGone }, kind) => {
      const text = this.#localize.localizer.text(wasGone ? 'apiKeys.alreadyDeleted' : `apiKeys.${kind}`, {
        name: apiKeyName(item),
      });
      this.#report(text, kind === 'revoked' && !wasGone ? item : undefined);
      if (wasGone) void this.#list.read.refresh();
    },
  });
  /** An administrator revokes several keys at once. */
  readonly #bulk: BulkController<ApiKey> = new BulkController(this, {
    allowed: (key) => this.dispatchEvent(new ApiKeyRemovalEvent('revoke', key)),
    act: ({ id }, signal) => this.#keys.revoke(id, { signal }),
    acted: (key) => this.dispatchEvent(new ApiKeyRemovalEvent('revoked', key)),
    closed: (keys) =>
      this.#status.report(
        this.#localize.localizer.counted('apiKeys.bulk.revoked', keys.length),
        undefined,
        keys.map(({ id }) => id),
      ),
    focusList: () => this.#focusList(),
  });
  #created: ApiKey | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.hasUpdated && changed.has('owner')) this.#bulk.clear();
    // Keys that expired or were revoked meanwhile, here or elsewhere.
    const ended = this.#list.rows.filter((key) => this.#bulk.has(key) && this.#endingOf(key) !== 'revoke');
    if (ended.length > 0) this.#bulk.select(ended, false);
  }

  #endingOf(key: ApiKey): RemovalKind | undefined {
    const { value: access } = this.#access;
    return access && endingOf(key, access);
  }

  /** The client's resource for the keys in the list. */
  get #keys() {
    const { client } = this.connection;
    const { value: access } = this.#access;
    return existing(client && access && keySourceOf(client, access));
  }

  #focusList(): void {
    const find = (selector: string) => this.renderRoot.querySelector<HTMLElement>(selector);
    (find('api-key-create') ?? find('.search'))?.focus();
  }

  /** Captures the click before it closes the dialog, whose outcome stays. */
  readonly #handleCreateClick = { handleEvent: () => this.#status.clear(), capture: true };

  readonly #handleCreated = ({ apiKey }: ApiKeyCreatedEvent): void => {
    this.#created = apiKey;
  };

  /** Reports the created key only now: behind an open dialog, the report could neither be seen nor heard. */
  readonly #handleCreateClosed = (): void => {
    // A request whose answer was lost may have created a key.
    if (!this.#created) return void this.#list.read.refresh();
    this.#report(this.#localize.localizer.text('apiKeys.created', { name: apiKeyName(this.#created) }), this.#created);
    this.#created = undefined;
  };

  /** Reports the last action, and marks its key if that is still in the list. */
  #report(text: string, key: ApiKey | undefined): void {
    this.#status.report(text, key && { id: key.id, find: () => this.#list.find('', firstSort) });
  }

  get #noMatchText(): string {
    const { localizer } = this.#localize;
    const { q, status } = this.#list.appliedQuery;
    if (!status) return localizer.text('apiKeys.noMatch', { q });
    return localizer.text(q ? 'apiKeys.noMatchOfStatus' : 'apiKeys.noneOfStatus', {
      q,
      status: statusFilterText(status, localizer),
    });
  }

  /** Repeats both reads: without a policy, both have failed. */
  readonly #retry = (): void => {
    void this.#access.refresh();
    void this.#list.read.refresh();
  };

  override render() {
    return listView(this.#view);
  }

  get #view(): ListView<ApiKey> {
    const { localizer } = this.#localize;
    const { value: access, error, slow } = this.#access;
    const list = this.#list;
    const view = { localizer, status: this.#status, searchable: list, noMatchText: () => this.#noMatchText };
    if (!access) {
      const reading = { error, slow, refresh: this.#retry };
      return { ...view, instead: loadingOrErrorView('table list', 5, reading, localizer), emptyText: '', sections: [] };
    }
    const { owner, canManage, policy } = access;
    const { apiKeys } = policy;
    const named = { owner: policy.organization?.name ?? '' };
    const emptyText = localizer.text(emptyTexts[owner], named);
    const { client } = this.connection;
    if (!client || !apiKeys || !keySourceOf(client, access)) {
      const isKnown = isOffered(access);
      return {
        ...view,
        instead: keysDeniedView(isKnown, policy, localizer),
        emptyText: isKnown ? deniedText('api-keys', policy, localizer) : emptyText,
        sections: [],
      };
    }
    const { item } = this.#removal;
    const label = localizer.text(titles[owner], named);
    return {
      ...view,
      intro: owner === 'all' ? nothing : this.#renderNote(access, apiKeys),
      heading: html`<h2 part=${owner === 'user' ? 'title own-title' : 'title'}>${label}${headRangeView(list, localizer)}</h2>`,
      searchLabel: localizer.text('apiKeys.search'),
      tools: html`${statusFilterView(list, owner, apiKeys, localizer)}${owner === 'all' ? bulkButtonView(this.#bulk, localizer) : nothing}`,
      add: canManage ? this.#renderCreate(owner) : nothing,
      emptyText,
      sections: [{ list, label, table: () => this.#tableOf(access, apiKeys) }],
      dialogs: html`
        ${item ? keyRemovalView(this.#removal, item, apiKeys, this.#consequenceOf(item, owner), localizer) : nothing}
        ${this.#bulk.modal.isOpen ? bulkRevokeView(this.#bulk, apiKeys, localizer) : nothing}
      `,
    };
  }

  #renderNote({ canManage, policy }: KeysAccess, apiKeys: ApiKeysPolicy) {
    const { localizer } = this.#localize;
    return canManage
      ? html`<p class="advice" part="advice">${localizer.text(`apiKeys.advice.${activeRemovalOf(apiKeys)}`)}</p>`
      : html`<p class="advice" part="read-only">
          ${localizer.text('apiKeys.readOnly', { organization: policy.organization?.name ?? '' })}
        </p>`;
  }

  #renderCreate(owner: KeysOwner) {
    const { localizer } = this.#localize;
    const { client, organizationId } = this.connection;
    return html`<api-key-create
      part="create"
      .client=${client}
      .organizationId=${organizationId}
      .locale=${localizer.locale}
      .messages=${localizer.messages}
      .owner=${owner}
      @click=${this.#handleCreateClick}
      @api-key-created=${this.#handleCreated}
      @close=${this.#handleCreateClosed}
    ></api-key-create>`;
  }

  #tableOf({ owner, canManage }: KeysAccess, apiKeys: ApiKeysPolicy): ListTable<ApiKey> {
    const { localizer } = this.#localize;
    const canRevoke = (key: ApiKey) => this.#endingOf(key) === 'revoke';
    return {
      columns: apiKeyColumns(owner, apiKeys, this.#list, localizer),
      rows: this.#list.rows,
      idOf: ({ id }) => id,
      sortLabel: localizer.text('sortBy'),
      selection: owner === 'all' ? bulkSelection(this.#bulk, canRevoke, localizer) : undefined,
      actions: owner === 'all' || canManage ? (key) => this.#renderMenu(key) : undefined,
    };
  }

  #renderMenu(key: ApiKey) {
    const { localizer } = this.#localize;
    const kind = this.#endingOf(key);
    if (!kind) return nothing;
    const run = () => {
      this.#status.clear();
      this.#removal.askTo(kind, key);
    };
    return rowMenuView({
      id: `menu-${key.id}`,
      label: localizer.text('actions', { name: apiKeyName(key) }),
      actions: [{ label: localizer.text(kind === 'revoke' ? 'apiKeys.revoke' : 'delete'), run, destructive: true }],
    });
  }

  #consequenceOf(key: ApiKey, owner: KeysOwner): string {
    const { localizer } = this.#localize;
    const name = apiKeyName(key);
    if (key.status !== 'active') return localizer.text('apiKeys.noLongerWorks', { name });
    if (owner !== 'all') return localizer.text('apiKeys.stopsWorking', { name });
    return localizer.text('apiKeys.ofOthersStopsWorking', { name, owner: key.owner.name });
  }
}
