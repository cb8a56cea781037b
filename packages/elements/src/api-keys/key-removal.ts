import type { ApiKey, ApiKeysPolicy, Cockpit } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type RemovalOptions, type Removed, RemovalController } from '../controllers/removal-controller.js';
import { ApiKeyRemovalEvent } from '../events/api-key-removal-event.js';
import type { ConflictId, Localizer } from '../locales/localizer.js';
import { removalView } from '../views/removal.js';
import { type ApiKeyListLocalizer, comparedKeyFields } from './key-cells.js';
import { keyFacts } from './key-facts.js';
import { past, type RemovalKind } from './removal-kind.js';

export interface KeyRemovalOptions extends Pick<RemovalOptions<ApiKey>, 'hasActions' | 'focusFallback'> {
  readonly keys: () => Pick<Cockpit['apiKeys'], 'get' | 'revoke' | 'delete'>;
  /** Revokes a key that the person may not read or delete; by default, `keys` does. */
  readonly revoke?: (id: string, options: { readonly signal: AbortSignal }) => Promise<ApiKey>;
  readonly localizer: () => ApiKeyListLocalizer;
  /** Called after a key was removed, before the host page is told. */
  readonly removed: (outcome: Removed<ApiKey>, kind: 'revoked' | 'deleted') => void;
}

/** Revokes or deletes a key once the person confirms it; the host page is asked before and told after. */
export class KeyRemoval extends RemovalController<ApiKey> {
  kind: RemovalKind = 'delete';

  constructor(
    host: LitElement & ConnectedInterface,
    { keys, revoke, localizer, removed, ...options }: KeyRemovalOptions,
  ) {
    super(host, {
      ...options,
      allowed: (key) => host.dispatchEvent(new ApiKeyRemovalEvent(this.kind, key)),
      remove: ({ id, version }, signal) =>
        this.kind === 'delete'
          ? keys().delete(id, { version, signal })
          : revoke
            ? revoke(id, { signal })
            : keys().revoke(id, { signal }),
      read: ({ id }, signal) => keys().get(id, { signal }),
      compare: (before, now) => comparedKeyFields(before, now, localizer()),
      removed: (outcome) => {
        const kind = past[this.kind];
        removed(outcome, kind);
        const { item, left = item, wasGone } = outcome;
        if (!wasGone) host.dispatchEvent(new ApiKeyRemovalEvent(kind, left));
      },
    });
  }

  /** Asks the person whether to end a key in that way. */
  askTo(kind: RemovalKind, key: ApiKey): void {
    this.kind = kind;
    this.ask(key);
  }
}

/** The confirmation of a removal; render it only while there is an `item`. */
export const keyRemovalView = (
  removal: KeyRemoval,
  key: ApiKey,
  policy: ApiKeysPolicy,
  consequence: string,
  localizer: ApiKeyListLocalizer & Localizer<ConflictId>,
) => {
  const isRevoking = removal.kind === 'revoke';
  const title = localizer.text(isRevoking ? 'apiKeys.revokeTitle' : 'apiKeys.deleteTitle');
  return removalView(
    removal,
    {
      title,
      consequence,
      facts: keyFacts(key, policy, localizer),
      confirm: title,
      confirming: localizer.text(isRevoking ? 'apiKeys.revoking' : 'deleting'),
    },
    localizer,
  );
};
