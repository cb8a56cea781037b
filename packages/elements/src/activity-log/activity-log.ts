import type { Activity, ListActivityParams } from '@ai-cockpit/sdk';
import { html, LitElement } from 'lit';
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
import { type ListTable, type ListView, listView } from '../views/list.js';
import { headRangeView } from '../views/pages.js';
import { loadingOrErrorView } from '../views/skeleton.js';
import { styles } from './activity-log.styles.js';
import { activityCellView } from './activity-view.js';

type ActivitySort = NonNullable<ListActivityParams['sort']>;

const columns = ['what', 'who', 'when', 'source'] as const;
const texts = { ...activity, ...lists };

/**
 * @tag activity-log
 * @summary The activity of credentials: which action, by whom, when and from where. Lists a person's own actions and those on
 * their credentials; for an administrator, also those on the organization's.
 *
 * @fires {CockpitSessionExpiredEvent} cockpit-session-expired - The session has ended.
 *
 * @slot header - Above the list.
 * @slot empty - Replaces the text of an empty list.
 * @slot footer - Below the list.
 *
 * @csspart toolbar - Title and search.
 * @csspart title - The title.
 * @csspart own-title - The title, named as above a person's own list.
 * @csspart search - The search field.
 * @csspart frame - The container of the table.
 * @csspart table - The table.
 * @csspart row - An entry.
 * @csspart outcome - The badge of an action that was rejected or failed.
 * @csspart sort - The heading that sorts by its column.
 * @csspart status-message - The live region of the list.
 * @csspart pages - The buttons between pages.
 * @csspart range - The range of the entries shown.
 * @csspart empty - The text shown when there is nothing to list.
 * @csspart problem - An error.
 */
export class ActivityLogElement extends Connected(LitElement) {
  static override styles = [hostStyles, controlStyles, tableStyles, styles];

  /** Entries on a page, 1–100; by default 25, and 10 where the element is narrower than 560 pixels. */
  @property({ type: Number, attribute: 'page-size' }) pageSize?: number;

  readonly #access = new AccessController(this);
  readonly #list: ListController<Activity, ActivitySort> = new ListController(this, {
    list: ({ client, signal }, request) => client.activity.list({ ...request, signal }),
    pageSize: () => this.pageSize,
    sort: '-at',
    // Every write adds an entry.
    refreshOn: () => true,
    status: () => this.#status,
  });
  readonly #status: ListStatusController = new ListStatusController(this, () => this.#view);
  readonly #localize: LocalizeController<keyof typeof texts> = new LocalizeController(
    this,
    texts,
    () => this.#access.value?.policy,
  );

  /** Repeats both reads: without a policy, both have failed. */
  readonly #retry = (): void => {
    void this.#access.refresh();
    void this.#list.read.refresh();
  };

  get #view(): ListView<Activity> {
    const { localizer } = this.#localize;
    const { value, error, slow } = this.#access;
    const list = this.#list;
    const label = localizer.text('activity.title');
    return {
      localizer,
      status: this.#status,
      instead: value
        ? undefined
        : loadingOrErrorView('table list', 5, { error, slow, refresh: this.#retry }, localizer),
      heading: html`<h2 part="title own-title">${label}${headRangeView(list, localizer)}</h2>`,
      searchLabel: localizer.text('activity.search'),
      searchable: list,
      emptyText: localizer.text('activity.empty'),
      noMatchText: () => localizer.text('activity.noMatch', { q: list.appliedQuery.q }),
      sections: [{ list, label, table: () => this.#tableOf(value?.policy.userId ?? '') }],
    };
  }

  override render() {
    return listView(this.#view);
  }

  #tableOf(userId: string): ListTable<Activity> {
    const { localizer } = this.#localize;
    return {
      columns: columns.map((column) => ({
        title: localizer.text(`activity.column.${column}`),
        cell: (entry) => activityCellView(column, entry, userId, localizer),
        sort: column === 'when' ? this.#list.columnSort('-at', 'at') : undefined,
      })),
      rows: this.#list.rows,
      idOf: ({ id }) => id,
    };
  }
}
