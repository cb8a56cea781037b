export type { CallOptions, VersionOptions } from './call.js';
export { ChangeEvent, type ChangeTarget, type Write } from './change-target.js';
export { Cockpit, type CockpitOptions, createCockpit, type OwnedResources } from './cockpit.js';
export type { Activity } from './contract/endpoints/activity.js';
export type { ApiKey, ApiKeyPage } from './contract/endpoints/api-keys.js';
export type { ApiKeyStatusFilter, NewApiKey } from './contract/api-keys.js';
export type { Page } from './contract/endpoints/list.js';
export type { NotificationSettings } from './contract/endpoints/notifications.js';
export type { NotificationSettingsPatch } from './contract/notifications.js';
export type { Owner, OwnerKind, Role } from './contract/endpoints/owner.js';
export type {
  ApiKeyColumn,
  ApiKeysPolicy,
  Policy,
  MenuField,
  ProfileField,
  ProfileFieldPolicy,
  ProviderTokensPolicy,
  SectionId,
} from './contract/endpoints/policy.js';
export type { ResourceKind } from './contract/operation.js';
export type { OperationId } from './contract/operations.js';
export type { FieldError, Problem } from './contract/endpoints/problem.js';
export { type FieldErrorCode, fieldErrorCodes, type ProblemCode } from './contract/endpoints/problem-codes.js';
export { avatarLimits, type Profile } from './contract/endpoints/profile.js';
export type { ProfilePatch } from './contract/profile.js';
export type { ProviderToken } from './contract/endpoints/provider-tokens.js';
export type { NewProviderToken, ProviderTokenPatch } from './contract/provider-tokens.js';
export type { Provider, ProviderField } from './contract/endpoints/providers.js';
export { fullName } from './contract/full-name.js';
export { relativeTime, waitingTime } from './contract/relative-time.js';
export { warnDeveloper } from './developer-warnings.js';
export { reduceAddress, takesAddress } from './contract/input/address.js';
export { isBlank } from './contract/input/blank.js';
export { trimEdges } from './contract/input/characters.js';
export { credentialErrorCode } from './contract/input/credential.js';
export { readEmail } from './contract/input/email.js';
export { visibleText } from './contract/input/visible-text.js';
export { ApiKeyFormatError, CredentialFormatError } from './credentials.js';
export * from './errors.js';
export type { ErrorInfo, Hooks, RequestInfo, ResponseInfo } from './hooks.js';
export { createIdempotencyKey } from './idempotency-key.js';
export type { List, ListParams } from './list.js';
export type { ActivityResource, ListActivityParams } from './resources/activity.js';
export type { AllApiKeysResource, ListAllApiKeysParams } from './resources/administration.js';
export type {
  ApiKeysResource,
  CreatedApiKey,
  ListApiKeysParams,
  MintOptions,
  RevokeOptions,
} from './resources/api-keys.js';
export type { NotificationSettingsResource } from './resources/notification-settings.js';
export type { ProfileResource } from './resources/profile.js';
export type { ListProviderTokensParams, ProviderTokensResource } from './resources/provider-tokens.js';
export type { ProvidersResource } from './resources/providers.js';
export type { RetryOptions } from './retry.js';
export { Secret } from './secret.js';
export type { GetAccessToken } from './session.js';
export type { ConnectionOptions, Transport } from './transport.js';
