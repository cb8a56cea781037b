import type { CallOptions } from './call.js';
import { ChangeBus } from './change-bus.js';
import type { ChangeTarget } from './change-target.js';
import type { Policy } from './contract/endpoints/policy.js';
import { ActivityResource } from './resources/activity.js';
import { AllApiKeysResource } from './resources/administration.js';
import { ApiKeysResource } from './resources/api-keys.js';
import { NotificationSettingsResource } from './resources/notification-settings.js';
import { PolicyResource } from './resources/policy.js';
import { ProfileResource } from './resources/profile.js';
import { ProviderTokensResource } from './resources/provider-tokens.js';
import { ProvidersResource } from './resources/providers.js';
import { type GetAccessToken, session } from './session.js';
import { SessionUser } from './session-user.js';
import { type ConnectionOptions, Transport } from './transport.js';

export interface CockpitOptions extends ConnectionOptions {
  /** Without this function, or if it returns `null`, the session is the host's cookie. */
  getAccessToken?: GetAccessToken | undefined;
}

/** The resources of an owner of credentials: a person or an organization. */
export interface OwnedResources {
  readonly providerTokens: ProviderTokensResource;
  readonly apiKeys: ApiKeysResource;
}

const ownedBy = (transport: Transport): OwnedResources => ({
  providerTokens: new ProviderTokensResource(transport),
  apiKeys: new ApiKeysResource(transport),
});

/** A client for one person's session. */
export class Cockpit implements OwnedResources {
  /** The base URL of the API, as passed to the client. */
  readonly baseUrl: string;
  readonly profile: ProfileResource;
  readonly notificationSettings: NotificationSettingsResource;
  readonly providers: ProvidersResource;
  readonly providerTokens: ProviderTokensResource;
  readonly apiKeys: ApiKeysResource;
  /** The resources of an administrator of an organization. */
  readonly administration: { readonly apiKeys: AllApiKeysResource };
  readonly activity: ActivityResource;
  /**
   * Dispatches a `ChangeEvent` after each successful write, by this client or by another of the same person, and an
   * event of type `user` once somebody else is signed in.
   */
  readonly changes: ChangeTarget;
  readonly #policy: PolicyResource;
  readonly #transport: Transport;
  readonly #user: SessionUser;

  constructor({ getAccessToken, ...connection }: CockpitOptions) {
    this.baseUrl = connection.baseUrl;
    // The narrower signatures hold, as only the SDK dispatches events here, and only of these types.
    const changes = new EventTarget() as ChangeTarget;
    const bus = new ChangeBus(connection.baseUrl, changes);
    const user = new SessionUser(connection.baseUrl, changes, bus, () => this.profile.get());
    const transport = new Transport(connection, session(getAccessToken), { user, bus });
    this.#policy = new PolicyResource(transport, user);
    this.profile = new ProfileResource(transport, user);
    this.notificationSettings = new NotificationSettingsResource(transport);
    this.providers = new ProvidersResource(transport);
    ({ providerTokens: this.providerTokens, apiKeys: this.apiKeys } = ownedBy(transport));
    this.administration = { apiKeys: new AllApiKeysResource(transport) };
    this.activity = new ActivityResource(transport);
    this.changes = changes;
    this.#transport = transport;
    this.#user = user;
  }

  /** The id of the signed-in person, once an answer has named them. */
  get userId(): string | undefined {
    return this.#user.id;
  }

  /**
   * Returns the current time in milliseconds since the epoch, by the `Date` headers of the server's answers. Before
   * the first answer, this is the computer's time. Compare `expiresAt`, `createdAt` and the like with it.
   */
  now(): number {
    return this.#transport.clock.now();
  }

  /** Returns the policy of the person in an organization; by default in their first. */
  policy(organizationId?: string, options?: CallOptions): Promise<Policy> {
    return this.#policy.get(organizationId, options);
  }

  /** The resources of an organization. */
  organization(id: string): OwnedResources {
    return ownedBy(this.#transport.forOrganization(id));
  }

  /** Stops exchanging messages with other tabs. Calls still work. */
  close(): void {
    this.#user.close();
  }
}

export const createCockpit = (options: CockpitOptions): Cockpit => new Cockpit(options);
