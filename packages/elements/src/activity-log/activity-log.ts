import type { Activity, ListActivityParams, Policy } from '@ai-cockpit/sdk';
import { html, LitElement, nothing } from 'lit';
import { property } from '../connection/properties.js';
import { Connected } from '../connection/connected.js';
import { AccessController } from '../controllers/access-controller.js';
import { ListController } from '../controllers/list-controller.js';
import { ListStatusController } from '../controllers/list-status-controller.js';
import { LocalizeController } from '../controllers/localize-controller.js';
import { activity } from '../locales/en/activity.js';
import { lists } from '../locales/en/lists.js';
import { controlStyles } from '../styles/control.styles.js';
import { hostStyles } from '../styles/host.styles.js';
import { tableStyles } from '../styles/table.styles.js';
import { listStatusView } from '../views/list-status.js';
import { headRangeView, pagesView, rangeText } from '../views/pages.js';
import { noMatchView, searchView } from '../views/search.js';
import { refreshStatusView, skeletonView, loadingOrErrorView } from '../views/skeleton.js';
import { tableView } from '../views/table.js';
import { styles } from './activity-log.styles.js';
import { cellView } from './activity-view.js';

type ActivitySort = NonNullable<ListActivityParams['sort']>;

const columns = ['what', 'who', 'when', 'source'] as const;
const texts = { ...activity, ...lists };

/**
 * @tag activity-log
 * @summary What happened to which credential: who did it, when and from where. A person's own doings and what was done to
 * what is theirs; for an administrator, also to what is the organization's.
 *
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the list.
 * @slot empty - What is said where nothing has happened yet.
 * @slot footer - Below the list.
 *
 * @csspart toolbar - Title and search.
 * @csspart title - The title.
 * @csspart own-title - The same, as it stands above a list of one's own.
 * @csspart search - The search field.
 * @csspart frame - What is around the table.
 * @csspart table - The table.
 * @csspart row - Something that happened.
 * @csspart outcome - What says that something was refused, or failed.
 * @csspart sort - The heading that sorts by its column.
 * @csspart status-message - What has last become of the list.
 * @csspart pages - The buttons between pages.
 * @csspart range - Which of the entries are shown.
 * @csspart empty - What is said where there is nothing to list.
 * @csspart problem - What went wrong.
 */
export class ActivityLogElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, tableStyles, styles];

  /** Entries on a page, 1–100; by default 25, and 10 where the element is narrower than 560 pixels. */
  @property({ type: Number, attribute: 'page-size' }) pageSize?: number;

  readonly #access: AccessController = new AccessController(this, {
    sourceChanged: () => this.#status.handleSourceChanged(),
  });
  readonly #list: ListController<Activity, ActivitySort> = new ListController(this, {
    list: ({ client, signal }, query) => client.activity.list({ ...query, signal }),
    pageSize: () => this.pageSize,
    sort: '-at',
    // Every write adds an entry.
    refreshOn: () => true,
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
    () => this.#access.value?.policy,
  );

  get #search() {
    const { q, search } = this.#list;
    return { q, search, lists: [this.#list], localizer: this.#localize.localizer };
  }

  /** Repeats both reads: without a policy, both have failed. */
  readonly #retry = (): void => {
    void this.#access.refresh();
    void this.#list.read.refresh();
  };

  /** Nothing where something matches. */
  get #noMatchText(): string {
    if (!this.#list.isWithoutMatch) return '';
    return this.#localize.localizer.text('activity.noMatch', { q: this.#list.answered });
  }

  /** Which list this is, and what of it is shown. */
  get #titleText(): string {
    const { localizer } = this.#localize;
    if (this.#list.rows.length === 0) return localizer.text('activity.empty');
    const list = localizer.text('activity.title');
    return localizer.text('listed', { list, range: rangeText(this.#list.range, localizer) });
  }

  override render() {
    const { localizer } = this.#localize;
    const { policy } = this.#access.value ?? {};
    const { read, rows, isSearching } = this.#list;
    const isEmpty = read.value !== undefined && !read.error && rows.length === 0 && !isSearching;
    return html`
      ${policy ? this.#renderHead(isEmpty) : nothing}
      ${listStatusView(this.#status, this.#noMatchText, localizer)}
      ${this.#renderBody(policy, isEmpty)}
    `;
  }

  #renderHead(isEmpty: boolean) {
    const { localizer } = this.#localize;
    return html`
      <slot name="header"></slot>
      ${
        isEmpty
          ? html`<div class="empty" part="empty">
              <slot name="empty"><p>${localizer.text('activity.empty')}</p></slot>
            </div>`
          : html`<div class="toolbar" part="toolbar">
              <h2 part="title own-title">${localizer.text('activity.title')}${headRangeView(this.#list, localizer)}</h2>
              ${searchView(localizer.text('activity.search'), this.#search)}
            </div>`
      }
    `;
  }

  #renderBody(policy: Policy | undefined, isEmpty: boolean) {
    const { error, slow } = this.#access;
    if (!policy)
      return loadingOrErrorView('table list', 5, { error, slow, refresh: this.#retry }, this.#localize.localizer);
    return html`${isEmpty ? nothing : this.#renderList(policy)}<slot name="footer"></slot>`;
  }

  #renderList({ userId }: Policy) {
    const { localizer } = this.#localize;
    const { read, rows, page, sort } = this.#list;
    if (read.waiting) return skeletonView('table', 4, localizer, read);
    const problem = refreshStatusView(read, localizer);
    if (rows.length === 0)
      return read.error ? problem : noMatchView(this.#status.isOutcome ? this.#noMatchText : '', this.#search);
    const label = localizer.text('activity.title');
    const byTime = {
      direction: sort === 'at' ? ('ascending' as const) : ('descending' as const),
      toggle: () => this.#list.sortBy('-at', 'at'),
    };
    return html`${problem}${tableView<Activity>({
      label,
      columns: columns.map((column) => ({
        title: localizer.text(`activity.column.${column}`),
        cell: (entry) => cellView(column, entry, userId, localizer),
        sort: column === 'when' ? byTime : undefined,
      })),
      rows,
      page,
      idOf: ({ id }) => id,
      freshIds: [],
      isBusy: read.pending,
    })}${pagesView(label, this.#list, localizer)}`;
  }
}
