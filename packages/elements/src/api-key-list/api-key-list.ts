import type { ApiKey, ApiKeyStatusFilter, Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property } from '../connection/properties.js';
import type { ApiKeyCreatedEvent } from '../events/api-key-create-events.js';
import { apiKeyName } from '../api-keys/created-key.js';
import { comparedKeyFields, detailedKeyCellView } from '../api-keys/key-cells.js';
import { keyFacts } from '../api-keys/key-facts.js';
import { Connected } from '../connection/connected.js';
import { ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { BulkController } from '../controllers/bulk-controller.js';
import { ListController } from '../controllers/list-controller.js';
import { ListStatusController } from '../controllers/list-status-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { RemovalController } from '../controllers/removal-controller.js';
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
import { listStatusView } from '../views/list-status.js';
import { headRangeView, pagesView, rangeText } from '../views/pages.js';
import { removalView } from '../views/removal.js';
import { rowMenuView } from '../views/row-menu.js';
import { noMatchView, searchView } from '../views/search.js';
import { refreshStatusView, skeletonView, loadingOrErrorView } from '../views/skeleton.js';
import type { Selection } from '../views/select.js';
import { tableView } from '../views/table.js';
import { styles } from './api-key-list.styles.js';
import { activeRemovalOf, past, type RemovalKind } from '../api-keys/removal-kind.js';
import { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';
import { bulkButtonView, bulkRevokeView } from './bulk-revoke.js';
import { allSortsOf, type ApiKeySort, sortsOf } from './columns.js';
import {
  columnsOf,
  endingOf,
  isOffered,
  type KeysOwner,
  keySourceOf,
  mayCreate,
  mayEnd,
  mayRead,
} from './key-source.js';
import { statusFilterText, statusFilterView } from './status-filter.js';

export { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';

const firstSort = '-createdAt';
const titles = { organization: 'apiKeys.title', user: 'apiKeys.ownTitle', all: 'apiKeys.allTitle' } as const;
const emptiness = { organization: 'apiKeys.empty', user: 'apiKeys.ownEmpty', all: 'apiKeys.allEmpty' } as const;

const texts = { ...apiKey, ...apiKeys, ...conflicts, ...lists };

/**
 * @tag api-key-list
 * @summary The API keys of a person or an organization: found, sorted, made, revoked and deleted, as the policy lets it. For an
 * administrator also everybody's, each with its owner.
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
 * @slot empty - What is said where there is no key yet.
 * @slot footer - Below the list.
 *
 * @csspart advice - How to treat keys.
 * @csspart toolbar - Title, search and the button to create a key.
 * @csspart title - Whose keys these are.
 * @csspart own-title - The same, where they are the person's own.
 * @csspart search - The search field.
 * @csspart filter - The choice of a status.
 * @csspart create - The `<api-key-create>`.
 * @csspart status-message - The outcome of the last action.
 * @csspart show - The button that brings the key of the last action into view.
 * @csspart frame - What is around the table.
 * @csspart table - The table.
 * @csspart row - A key's row.
 * @csspart sort - A heading that sorts by its column.
 * @csspart status - A key's status.
 * @csspart warning - What says that a key expires soon.
 * @csspart used-from - Where a key was last used from.
 * @csspart menu-button - What opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart select - The box that selects a key, or all on the page.
 * @csspart bulk-revoke - The button that revokes all selected keys.
 * @csspart bulk-list - The selected keys in the dialog.
 * @csspart bulk-row - One of them.
 * @csspart bulk-result - What became of it.
 * @csspart pages - The buttons between pages.
 * @csspart range - Which of the keys are shown.
 * @csspart empty - What is said where there is nothing to list.
 * @csspart read-only - Why keys can only be looked at.
 * @csspart dialog - What is asked before a key is revoked or deleted.
 * @csspart dialog-title - Its title.
 * @csspart about - What tells the thing that it is about from others.
 * @csspart cancel - The button that keeps a key.
 * @csspart confirm - The button that ends a key.
 * @csspart changes - What somebody else has changed of it meanwhile.
 * @csspart problem - What went wrong.
 * @csspart denied - Why there is no list.
 */
export class ApiKeyListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, tableStyles, cellStyles, styles];

  /** The owner of the keys; by default that of the policy. `all` is for administrators: everybody's, to find and to revoke. */
  @property() owner?: KeysOwner;

  /** Keys on a page, 1–100; by default 25, and 10 where the element is narrower than 560 pixels. */
  @property({ type: Number, attribute: 'page-size' }) pageSize?: number;

  readonly #policy: ReadController<Policy> = new ReadController(this, {
    read: ({ client, organizationId }) => sharedPolicy(client, organizationId),
    sourceChanged: () => {
      this.#removal.modal.close();
      this.#bulk.clear();
      this.#status.handleSourceChanged();
      this.#created = undefined;
    },
  });
  readonly #list: ListController<ApiKey, ApiKeySort, ApiKeyStatusFilter> = new ListController(this, {
    list: async ({ client, organizationId, signal }, query) => {
      const policy = await sharedPolicy(client, organizationId);
      const owner = this.#ownerIn(policy);
      const keys = policy.apiKeys && mayRead(owner, policy) ? keySourceOf(client, owner, policy) : undefined;
      return keys ? await keys.list({ ...query, signal }) : { data: [], nextCursor: null };
    },
    pageSize: () => this.pageSize,
    sort: firstSort,
    dependencies: () => [this.owner],
    refreshOn: ({ resource }) => resource === 'apiKey',
    acted: () => this.#status.clear(),
    shown: (news) => this.#status.handleShown(this.#list, news),
  });
  readonly #status: ListStatusController = new ListStatusController(this, {
    lists: () => [this.#list],
    localizer: () => this.#localize.localizer,
    title: () => this.#titleText,
  });
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#policy.value,
  );
  readonly #removal: RemovalController<ApiKey> = new RemovalController(this, {
    allowed: (key) => this.dispatchEvent(new ApiKeyRemovalEvent(this.#removalKind, key)),
    remove: ({ id, version }, signal) =>
      this.#removalKind === 'revoke'
        ? this.#keys.revoke(id, { signal })
        : this.#ownKeys.delete(id, { version, signal }),
    read: ({ id }, signal) => this.#ownKeys.get(id, { signal }),
    compare: (before, now) => comparedKeyFields(before, now, this.#localize.localizer),
    hasActions: (key) => this.#endingOf(key) !== undefined,
    removed: ({ item, left = item, wasGone }) => {
      const kind = past[this.#removalKind];
      const text = this.#localize.localizer.text(wasGone ? 'apiKeys.gone' : `apiKeys.${kind}`, {
        name: apiKeyName(item),
      });
      this.#tell(text, kind === 'revoked' && !wasGone ? item : undefined);
      if (wasGone) void this.#list.read.refresh();
      else this.dispatchEvent(new ApiKeyRemovalEvent(kind, left));
    },
  });
  /** An administrator revokes several at once. */
  readonly #bulk: BulkController<ApiKey> = new BulkController(this, {
    allowed: (key) => this.dispatchEvent(new ApiKeyRemovalEvent('revoke', key)),
    act: ({ id }, signal) => this.#keys.revoke(id, { signal }),
    acted: (key) => this.dispatchEvent(new ApiKeyRemovalEvent('revoked', key)),
    closed: (keys) =>
      this.#status.tell(
        this.#localize.localizer.counted('apiKeys.bulk.revoked', keys.length),
        undefined,
        keys.map(({ id }) => id),
      ),
  });
  #removalKind: RemovalKind = 'delete';
  #created: ApiKey | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Not every list is sorted by the same columns.
    if (this.hasUpdated && changed.has('owner')) {
      this.#list.sort = firstSort;
      this.#bulk.clear();
    }
    // Ended meanwhile, here or elsewhere.
    const ended = this.#list.rows.filter((key) => this.#bulk.has(key) && this.#endingOf(key) !== 'revoke');
    if (ended.length > 0) this.#bulk.select(ended, false);
  }

  #ownerIn({ apiKeys }: Policy): KeysOwner {
    return this.owner ?? apiKeys?.owner ?? 'user';
  }

  #endingOf(key: ApiKey): RemovalKind | undefined {
    const { value: policy } = this.#policy;
    return policy && endingOf(key, this.#ownerIn(policy), policy);
  }

  /** Those that the list is of. */
  get #keys() {
    const { client } = this.connection;
    const { value: policy } = this.#policy;
    const keys = client && policy && keySourceOf(client, this.#ownerIn(policy), policy);
    if (!keys) throw new TypeError('There is no list');
    return keys;
  }

  /** The same where they are the person's to delete too. */
  get #ownKeys() {
    const { client } = this.connection;
    const { value: policy } = this.#policy;
    const owner = policy && this.#ownerIn(policy);
    const owned = client && owner && owner !== 'all' && ownedResources(client, owner, policy);
    if (!owned) throw new TypeError('There is no list');
    return owned.apiKeys;
  }

  /** Before the click closes its dialog, whose outcome is to stay. */
  readonly #handleCreateClick = { handleEvent: () => this.#status.clear(), capture: true };

  readonly #handleCreated = ({ apiKey }: ApiKeyCreatedEvent): void => {
    this.#created = apiKey;
  };

  /** Only now: behind an open dialog, nothing is seen or spoken. */
  readonly #handleCreateClosed = (): void => {
    // An attempt whose answer was lost may have made one all the same.
    if (!this.#created) return void this.#list.read.refresh();
    this.#tell(this.#localize.localizer.text('apiKeys.created', { name: apiKeyName(this.#created) }), this.#created);
    this.#created = undefined;
  };

  /** Says what has just been done, and to which key, where there still is one. */
  #tell(text: string, key: ApiKey | undefined): void {
    this.#status.tell(text, key && { id: key.id, find: () => this.#list.find('', firstSort) });
  }

  /** Nothing where something matches. */
  get #noMatchText(): string {
    if (!this.#list.isWithoutMatch) return '';
    const { localizer } = this.#localize;
    const { answered: q, answeredStatus } = this.#list;
    if (!answeredStatus) return localizer.text('apiKeys.noMatch', { q });
    const status = statusFilterText(answeredStatus, localizer);
    return localizer.text(q ? 'apiKeys.noMatchOfStatus' : 'apiKeys.noneOfStatus', { q, status });
  }

  /** Which list this is, and what of it is shown. */
  get #titleText(): string {
    const { localizer } = this.#localize;
    const { value: policy } = this.#policy;
    if (!policy) return '';
    const owner = this.#ownerIn(policy);
    if (this.#isDenied(policy) && isOffered(owner, policy)) return deniedText('api-keys', policy, localizer);
    const named = { owner: policy.organization?.name ?? '' };
    if (this.#list.rows.length === 0) return localizer.text(emptiness[owner], named);
    const list = localizer.text(titles[owner], named);
    return localizer.text('listed', { list, range: rangeText(this.#list.range, localizer) });
  }

  get #search() {
    const { q, search } = this.#list;
    return { q, search, lists: [this.#list], localizer: this.#localize.localizer };
  }

  /** Repeats both reads: without a policy, both have failed. */
  readonly #retry = (): void => {
    void this.#policy.refresh();
    void this.#list.read.refresh();
  };

  override render() {
    const { localizer } = this.#localize;
    const { value: policy } = this.#policy;
    return html`
      ${this.#renderHead(policy)}
      ${listStatusView(this.#status, this.#noMatchText, localizer)}
      ${this.#renderBody(policy)}
    `;
  }

  get #isEmpty(): boolean {
    const { read, rows, isSearching } = this.#list;
    return read.value !== undefined && !read.error && rows.length === 0 && !isSearching;
  }

  #isDenied(policy: Policy): boolean {
    return !policy.apiKeys || !mayRead(this.#ownerIn(policy), policy);
  }

  #renderHead(policy: Policy | undefined) {
    if (!policy?.apiKeys || this.#isDenied(policy)) return nothing;
    const { localizer } = this.#localize;
    const owner = this.#ownerIn(policy);
    const { client, organizationId } = this.connection;
    const isEmpty = this.#isEmpty;
    const named = { owner: policy.organization?.name ?? '' };
    return html`
      <slot name="header"></slot>
      ${owner === 'all' ? nothing : this.#renderNote(mayCreate(owner, policy), policy)}
      <div class=${isEmpty ? 'empty' : 'toolbar'} part=${isEmpty ? 'empty' : 'toolbar'}>
        ${
          isEmpty
            ? html`<slot name="empty"><p>${localizer.text(emptiness[owner], named)}</p></slot>`
            : html`<h2 part=${owner === 'user' ? 'title own-title' : 'title'}>${localizer.text(titles[owner], named)}${headRangeView(this.#list, localizer)}</h2>
                ${searchView(localizer.text('apiKeys.search'), this.#search)}
                ${statusFilterView(this.#list, owner, policy.apiKeys, localizer)}
                ${owner === 'all' ? bulkButtonView(this.#bulk, localizer) : nothing}`
        }
        ${
          // In one place whatever else is drawn: its dialog stays open while the list behind it is read again.
          mayCreate(owner, policy)
            ? html`<api-key-create
                part="create"
                .client=${client}
                .organizationId=${organizationId}
                .locale=${localizer.locale}
                .messages=${localizer.messages}
                .owner=${owner}
                @click=${this.#handleCreateClick}
                @api-key-created=${this.#handleCreated}
                @close=${this.#handleCreateClosed}
              ></api-key-create>`
            : nothing
        }
      </div>
    `;
  }

  #renderBody(policy: Policy | undefined) {
    const { localizer } = this.#localize;
    const { error, slow } = this.#policy;
    if (!policy) return loadingOrErrorView('table list', 5, { error, slow, refresh: this.#retry }, localizer);
    const owner = this.#ownerIn(policy);
    if (this.#isDenied(policy)) return keysDeniedView(isOffered(owner, policy), policy, localizer);
    const title = localizer.text(titles[owner], { owner: policy.organization?.name ?? '' });
    return html`
      ${this.#isEmpty ? nothing : this.#renderList(title, policy)}
      ${this.#removal.item ? this.#renderRemoval(this.#removal.item) : nothing}
      ${this.#bulk.modal.isOpen ? this.#renderBulk(policy) : nothing}
      <slot name="footer"></slot>
    `;
  }

  #renderNote(canCreate: boolean, { organization, apiKeys }: Policy) {
    const { localizer } = this.#localize;
    return canCreate && apiKeys
      ? html`<p class="advice" part="advice">${localizer.text(`apiKeys.advice.${activeRemovalOf(apiKeys)}`)}</p>`
      : html`<p class="advice" part="read-only">
          ${localizer.text('apiKeys.readOnly', { organization: organization?.name ?? '' })}
        </p>`;
  }

  #renderList(title: string, policy: Policy) {
    const { localizer } = this.#localize;
    const { read, rows } = this.#list;
    if (read.waiting) return skeletonView('table', 4, localizer, read);
    const problem = refreshStatusView(read, localizer);
    if (rows.length > 0)
      return html`${problem}${this.#renderTable(title, policy)}${pagesView(title, this.#list, localizer)}`;
    if (read.error) return problem;
    const { answeredStatus, clear } = this.#list;
    return answeredStatus
      ? noMatchView(
          this.#status.isOutcome ? this.#noMatchText : '',
          { search: clear, localizer },
          localizer.text('clearFilter'),
        )
      : noMatchView(this.#status.isOutcome ? this.#noMatchText : '', this.#search);
  }

  #renderTable(label: string, policy: Policy) {
    const { localizer } = this.#localize;
    const { apiKeys } = policy;
    const owner = this.#ownerIn(policy);
    if (!apiKeys) return nothing;
    const { read, rows, page } = this.#list;
    return tableView<ApiKey>({
      label,
      columns: columnsOf(owner, apiKeys).map((column) => ({
        title: localizer.term('apiKeys.column', column),
        cell: (key) => detailedKeyCellView(column, key, apiKeys, localizer, owner === 'all'),
        sort: this.#sortBy(column, owner),
      })),
      rows,
      page,
      idOf: ({ id }) => id,
      freshIds: this.#status.rowIds,
      isBusy: read.pending,
      sortLabel: localizer.text('sortBy'),
      selection: owner === 'all' ? this.#selection : undefined,
      actions: mayEnd(owner, policy) ? (key) => this.#renderMenu(key) : undefined,
    });
  }

  #sortBy(column: string, owner: KeysOwner) {
    const { sort } = this.#list;
    const sorts = (owner === 'all' ? allSortsOf : sortsOf)[column];
    return (
      sorts && {
        direction: !sorts.includes(sort)
          ? ('none' as const)
          : sort.startsWith('-')
            ? ('descending' as const)
            : ('ascending' as const),
        toggle: () => this.#list.sortBy(...sorts),
      }
    );
  }

  get #selection(): Selection<ApiKey> {
    const { localizer } = this.#localize;
    return {
      allLabel: localizer.text('apiKeys.bulk.selectAll'),
      labelOf: (key) => localizer.text('apiKeys.bulk.select', { name: apiKeyName(key) }),
      canSelect: (key) => this.#endingOf(key) === 'revoke',
      has: (key) => this.#bulk.has(key),
      select: (keys, isSelected) => this.#bulk.select(keys, isSelected),
    };
  }

  #renderMenu(key: ApiKey) {
    const { localizer } = this.#localize;
    const kind = this.#endingOf(key);
    if (!kind) return nothing;
    const run = () => {
      this.#status.clear();
      this.#removalKind = kind;
      this.#removal.ask(key);
    };
    return rowMenuView({
      id: `menu-${key.id}`,
      label: localizer.text('actions', { name: apiKeyName(key) }),
      actions: [{ label: localizer.text(kind === 'revoke' ? 'apiKeys.revoke' : 'delete'), run, destructive: true }],
    });
  }

  #renderBulk({ apiKeys }: Policy) {
    return apiKeys && bulkRevokeView(this.#bulk, apiKeys, this.#localize.localizer);
  }

  #renderRemoval(key: ApiKey) {
    const { localizer } = this.#localize;
    const isRevoking = this.#removalKind === 'revoke';
    const title = localizer.text(isRevoking ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle');
    const { apiKeys } = this.#policy.value ?? {};
    return removalView(
      this.#removal,
      {
        title,
        consequence: this.#consequenceOf(key),
        facts: apiKeys ? keyFacts(key, apiKeys, localizer) : [],
        confirm: title,
        confirming: localizer.text(isRevoking ? 'apiKeys.revoking' : 'deleting'),
      },
      localizer,
    );
  }

  #consequenceOf(key: ApiKey): string {
    const { localizer } = this.#localize;
    const name = apiKeyName(key);
    if (key.status !== 'active') return localizer.text('apiKeys.worksNoMore', { name });
    if (this.owner !== 'all') return localizer.text('apiKeys.stopsWorking', { name });
    return localizer.text('apiKeys.ofOthersStopsWorking', { name, owner: key.owner.name });
  }
}
