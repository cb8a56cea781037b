import type { ApiKey, ApiKeysPolicy, ApiKeysResource, OwnerKind, Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { property, state } from 'lit/decorators.js';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import type { ApiKeyCreatedEvent } from '../api-key-create/api-key-create.js';
import { Connected } from '../connection/connected.js';
import { mayManage, ownedResources } from '../connection/owned-resources.js';
import { sharedPolicy } from '../connection/shared-clients.js';
import { ListController } from '../controllers/list-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { ReadController } from '../controllers/read-controller.js';
import { ascendingIcon, descendingIcon } from '../icons/icons.js';
import { controlStyles } from '../styles/control.styles.js';
import { dialogStyles } from '../styles/dialog.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { problemView } from '../views/problem.js';
import { type RowAction, rowMenuView } from '../views/row-menu.js';
import { tableSkeletonView } from '../views/skeleton.js';
import { styles } from './api-key-list.styles.js';
import { type ApiKeySort, cellView, columnTitle, nameOf, sortsOf } from './columns.js';
import { KeyRemoval, type RemovalKind, removalView } from './key-removal.js';

/** `api-key-revoke` and `api-key-delete` before a key ends, cancelable; `api-key-revoked` and `api-key-deleted` after. */
export class ApiKeyRemovalEvent extends Event {
  readonly apiKey: ApiKey;

  constructor(type: RemovalKind | 'revoked' | 'deleted', apiKey: ApiKey) {
    super(`api-key-${type}`, { bubbles: true, composed: true, cancelable: type === 'revoke' || type === 'delete' });
    this.apiKey = apiKey;
  }
}

const past = { revoke: 'revoked', delete: 'deleted' } as const;
const writes = ['createApiKey', 'revokeApiKey', 'deleteApiKey', 'rotateApiKey'];

/**
 * @summary The API keys of a person or an organization: found, sorted, made, revoked and deleted, as the policy lets it.
 *
 * @fires {ApiKeyRemovalEvent} api-key-revoke - Before a key is revoked; `preventDefault()` keeps it working.
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
 * @csspart toolbar - Title, search and the button to create a key.
 * @csspart title - Whose keys these are.
 * @csspart search - The search field.
 * @csspart create - The `<api-key-create>`.
 * @csspart table - The table.
 * @csspart row - A key's row.
 * @csspart status - A key's status.
 * @csspart warning - What says that a key expires soon.
 * @csspart menu-button - What opens the actions of a row.
 * @csspart menu - The actions of a row.
 * @csspart pages - The buttons between pages.
 * @csspart empty - What is said where there is nothing to list.
 * @csspart dialog - What is asked before a key is revoked or deleted.
 * @csspart problem - What went wrong.
 * @csspart denied - Why there is no list.
 */
export class ApiKeyListElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, dialogStyles, styles];

  /** Whose keys; by default as the policy says. */
  @property() owner?: OwnerKind;

  /** Keys on a page, 1–100. */
  @property({ type: Number, attribute: 'page-size' }) pageSize = 25;

  /** What has just been done, for those who hear rather than see it. */
  @state() private announcement = '';
  /** The key just made, marked for a moment. */
  @state() private freshId: string | undefined;

  readonly #policy = new ReadController<Policy>(this, {
    read: ({ client, organizationId }) => sharedPolicy(client, organizationId),
  });
  readonly #list = new ListController<ApiKey, ApiKeySort>(this, {
    list: async ({ client, organizationId }, query) => {
      const policy = await sharedPolicy(client, organizationId);
      const keys = this.#isDenied(policy) ? undefined : ownedResources(client, this.#ownerIn(policy), policy)?.apiKeys;
      return keys ? await keys.list(query) : { data: [], nextCursor: null };
    },
    pageSize: () => this.pageSize,
    sort: '-createdAt',
    dependencies: () => [this.owner],
    refreshOn: ({ operationId }) => writes.includes(operationId),
  });
  readonly #localize = new LocalizeController(this, () => this.#policy.value);
  readonly #removal = new KeyRemoval(this);
  #created: ApiKey | undefined;
  /** The place of a row that is about to go, to give the focus to its successor. */
  #leaving: { id: string; index: number } | undefined;
  #reported: unknown;

  protected override updated(): void {
    const error = this.#policy.error ?? this.#list.read.error;
    if (error && error !== this.#reported) this.reportLapse(error);
    this.#reported = error;
    const { rows } = this.#list;
    if (this.#leaving && !rows.some(({ id }) => id === this.#leaving?.id)) this.#focusSuccessor();
  }

  #ownerIn({ apiKeys }: Policy): OwnerKind {
    return this.owner ?? apiKeys?.owner ?? 'user';
  }

  #isDenied(policy: Policy): boolean {
    const { apiKeys, organization } = policy;
    if (!apiKeys) return true;
    return this.#ownerIn(policy) === 'organization' && (organization?.access ?? 'none') === 'none';
  }

  /** Those that the list is of. */
  get #keys(): ApiKeysResource | undefined {
    const { client } = this.connection;
    const { value: policy } = this.#policy;
    return client && policy && ownedResources(client, this.#ownerIn(policy), policy)?.apiKeys;
  }

  #focusSuccessor(): void {
    const { index = 0 } = this.#leaving ?? {};
    this.#leaving = undefined;
    const menus = [...this.renderRoot.querySelectorAll<HTMLElement>('[part="menu-button"]')];
    const successor = menus[Math.min(index, menus.length - 1)];
    (successor ?? this.renderRoot.querySelector<HTMLElement>('[part="create"]'))?.focus();
  }

  async #handleConfirm(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const { apiKey, kind, form } = this.#removal;
    const keys = this.#keys;
    if (!keys || !apiKey || form.pending) return;
    if (!this.dispatchEvent(new ApiKeyRemovalEvent(kind, apiKey))) return;
    const outcome = await this.#removal.confirm(event.currentTarget as HTMLFormElement, keys);
    if (!outcome) return this.reportLapse(form.problem);
    if (kind === 'delete' || outcome === 'gone') {
      this.#leaving = { id: apiKey.id, index: this.#list.rows.findIndex(({ id }) => id === apiKey.id) };
    }
    const name = nameOf(apiKey);
    if (outcome === 'gone') {
      this.announcement = this.#localize.localizer.text('apiKeys.gone', { name });
      return this.#list.read.refresh();
    }
    this.announcement = this.#localize.localizer.text(`apiKeys.${past[kind]}`, { name });
    this.dispatchEvent(new ApiKeyRemovalEvent(past[kind], outcome));
  }

  #handleCreated({ apiKey }: ApiKeyCreatedEvent): void {
    this.#created = apiKey;
  }

  /** Only now: behind an open dialog, nothing is seen or spoken. */
  #handleCreateClosed(): void {
    // An attempt whose answer was lost may have made one all the same.
    if (!this.#created) return void this.#list.read.refresh();
    this.freshId = this.#created.id;
    this.announcement = this.#localize.localizer.text('apiKeys.created', { name: nameOf(this.#created) });
    this.#created = undefined;
  }

  #handleClearSearch(): void {
    this.#list.search('');
    this.renderRoot.querySelector<HTMLElement>('[part="search"]')?.focus();
  }

  override render() {
    const { localizer } = this.#localize;
    const { value: policy, error, refresh } = this.#policy;
    if (!policy) {
      return error ? problemView({ error, localizer, retry: () => void refresh() }) : tableSkeletonView(4, localizer);
    }
    if (!policy.apiKeys || this.#isDenied(policy)) return this.#renderDenied(policy);
    const owner = this.#ownerIn(policy);
    const canManage = mayManage(owner, policy);
    const { read, rows, isSearching } = this.#list;
    const isEmpty = read.value !== undefined && !read.error && rows.length === 0 && !isSearching;
    return html`
      <slot name="header"></slot>
      ${canManage ? nothing : this.#renderReadOnly(policy)}
      <div class=${isEmpty ? 'empty' : 'toolbar'} part=${isEmpty ? 'empty' : 'toolbar'}>
        ${isEmpty ? html`<slot name="empty"><p>${this.#textFor(policy, 'apiKeys.empty', 'apiKeys.ownEmpty')}</p></slot>` : this.#renderSearch(policy)}
        ${
          // In one place whatever else is drawn: its dialog stays open while the list behind it is read again.
          canManage
            ? html`<api-key-create
                part="create"
                .client=${this.connection.client}
                .organizationId=${this.connection.organizationId}
                .locale=${this.connection.locale}
                .owner=${owner}
                @api-key-created=${this.#handleCreated}
                @close=${this.#handleCreateClosed}
              ></api-key-create>`
            : nothing
        }
      </div>
      ${isEmpty ? nothing : this.#renderList(policy.apiKeys, canManage)}
      <p class="visually-hidden" role="status">${this.announcement}</p>
      ${this.#removal.modal.isOpen ? removalView(this.#removal, localizer, (event) => void this.#handleConfirm(event)) : nothing}
      <slot name="footer"></slot>
    `;
  }

  /** A text that names the organization, or its own form where the keys are the person's. */
  #textFor(
    policy: Policy,
    organizations: 'apiKeys.title' | 'apiKeys.empty',
    own: 'apiKeys.ownTitle' | 'apiKeys.ownEmpty',
  ) {
    const { localizer } = this.#localize;
    return this.#ownerIn(policy) === 'organization' && policy.organization
      ? localizer.text(organizations, { owner: policy.organization.name })
      : localizer.text(own);
  }

  #renderDenied({ apiKeys, organization }: Policy) {
    const { localizer } = this.#localize;
    return html`<p class="empty" part="denied">
      ${
        !apiKeys
          ? localizer.text('apiKey.notOffered')
          : organization
            ? localizer.text('sections.denied.role', { organization: organization.name })
            : localizer.text('sections.denied.no_organization')
      }
    </p>`;
  }

  #renderReadOnly({ organization }: Policy) {
    return html`<p class="muted read-only" part="read-only">
      ${this.#localize.localizer.text('apiKeys.readOnly', { organization: organization?.name ?? '' })}
    </p>`;
  }

  #renderSearch(policy: Policy) {
    return html`
      <h2 id="title" part="title">${this.#textFor(policy, 'apiKeys.title', 'apiKeys.ownTitle')}</h2>
      <input
        class="search"
        part="search"
        type="search"
        maxlength="100"
        aria-label=${this.#localize.localizer.text('apiKeys.search')}
        placeholder=${this.#localize.localizer.text('search')}
        .value=${live(this.#list.q)}
        @input=${({ target }: InputEvent) => this.#list.search((target as HTMLInputElement).value)}
      />
    `;
  }

  #renderList(policy: ApiKeysPolicy, canManage: boolean) {
    const { localizer } = this.#localize;
    const { read, rows } = this.#list;
    if (read.waiting) return tableSkeletonView(4, localizer);
    return html`
      ${read.error ? problemView({ error: read.error, localizer, retry: () => void read.refresh() }) : nothing}
      ${rows.length > 0 ? this.#renderTable(policy, canManage) : read.error ? nothing : this.#renderNoMatch()}
    `;
  }

  #renderNoMatch() {
    const { localizer } = this.#localize;
    return html`<div class="empty" part="empty" role="status">
      <p>${localizer.text('apiKeys.noMatch', { q: this.#list.q })}</p>
      <button type="button" @click=${this.#handleClearSearch}>${localizer.text('clearSearch')}</button>
    </div>`;
  }

  #renderTable(policy: ApiKeysPolicy, canManage: boolean) {
    const { localizer } = this.#localize;
    const { read, rows, hasPrevious, hasNext } = this.#list;
    return html`
      <div class="frame" aria-busy=${read.pending}>
        <table part="table" aria-labelledby="title">
          <thead>
            <tr>
              ${policy.columns.map((column) => this.#renderHeading(column))}
              ${canManage ? html`<td></td>` : nothing}
            </tr>
          </thead>
          <tbody>
            ${repeat(
              rows,
              ({ id }) => id,
              (key) => this.#renderRow(key, policy, canManage),
            )}
          </tbody>
        </table>
      </div>
      ${
        hasPrevious || hasNext
          ? html`<nav class="pages" part="pages" aria-label=${localizer.text('apiKeys.pages')}>
              <button type="button" aria-disabled=${!hasPrevious} @click=${() => this.#list.previous()}>
                ${localizer.text('previous')}
              </button>
              <button type="button" aria-disabled=${!hasNext} @click=${() => this.#list.next()}>
                ${localizer.text('next')}
              </button>
            </nav>`
          : nothing
      }
    `;
  }

  #renderHeading(column: string) {
    const { localizer } = this.#localize;
    const title = columnTitle(column, localizer);
    const sorts = sortsOf[column];
    if (!sorts) return html`<th scope="col">${title}</th>`;
    const { sort } = this.#list;
    const direction = !sorts.includes(sort) ? 'none' : sort.startsWith('-') ? 'descending' : 'ascending';
    const icons = { none: nothing, ascending: ascendingIcon, descending: descendingIcon };
    return html`<th scope="col" aria-sort=${direction}>
      <button type="button" part="sort" @click=${() => this.#list.sortBy(...sorts)}>${title}${icons[direction]}</button>
    </th>`;
  }

  #renderRow(key: ApiKey, policy: ApiKeysPolicy, canManage: boolean) {
    const { localizer } = this.#localize;
    return html`<tr
      part="row"
      class=${key.id === this.freshId ? 'fresh' : ''}
      @animationend=${() => {
        this.freshId = undefined;
      }}
    >
      ${policy.columns.map((column, index) =>
        index === 0
          ? html`<th scope="row">${cellView(column, key, policy, localizer)}</th>`
          : html`<td data-label=${columnTitle(column, localizer)}>${cellView(column, key, policy, localizer)}</td>`,
      )}
      ${
        canManage
          ? html`<td class="row-actions">
              ${rowMenuView({
                id: `menu-${key.id}`,
                label: localizer.text('actions', { name: nameOf(key) }),
                actions: this.#actionsFor(key, policy),
              })}
            </td>`
          : nothing
      }
    </tr>`;
  }

  #actionsFor(key: ApiKey, { removal }: ApiKeysPolicy): RowAction[] {
    const { localizer } = this.#localize;
    const kind = removal === 'revokeThenDelete' && key.status === 'active' ? 'revoke' : 'delete';
    return [
      {
        label: localizer.text(kind === 'revoke' ? 'apiKeys.revoke' : 'delete'),
        run: () => this.#removal.ask(kind, key),
        destructive: true,
      },
    ];
  }
}

declare global {
  interface GlobalEventHandlersEventMap {
    'api-key-revoke': ApiKeyRemovalEvent;
    'api-key-revoked': ApiKeyRemovalEvent;
    'api-key-delete': ApiKeyRemovalEvent;
    'api-key-deleted': ApiKeyRemovalEvent;
  }
}
