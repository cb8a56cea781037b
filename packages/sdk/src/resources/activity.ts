import type { activitySorts } from '../contract/activity.js';
import { type Activity, listActivity } from '../contract/endpoints/activity.js';
import { List, type ListParams } from '../list.js';
import type { Transport } from '../transport.js';

export interface ListActivityParams extends ListParams {
  sort?: (typeof activitySorts)[number] | undefined;
}

/** The activity of a person and on their credentials; for administrators, also on those of their organization. */
export class ActivityResource {
  readonly #transport: Transport;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The latest first. */
  list({ cursor, signal, timeout, ...query }: ListActivityParams = {}): List<Activity> {
    return new List(listActivity.id, cursor, (cursor) =>
      this.#transport.request(listActivity, { signal, timeout, query: { ...query, cursor } }),
    );
  }
}
