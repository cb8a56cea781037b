import './api-key-create/define.js';
import './api-key-list/define.js';
import './api-key-single/define.js';
import './cockpit-client/define.js';
import './organization-select/define.js';
import './profile-form/define.js';
import './profile-tabs/define.js';
import './provider-token-form/define.js';
import './provider-token-list/define.js';
import './secret-reveal/define.js';

// Types alone: the classes themselves come from the modules that register nothing.
export type * from './api-key-create/api-key-create.js';
export type * from './api-key-list/api-key-list.js';
export type * from './api-key-single/api-key-single.js';
export type * from './cockpit-client/cockpit-client.js';
export type { ConnectedInterface } from './connection/connected.js';
export type { CockpitErrorEvent } from './connection/error-event.js';
export type { Scope } from './connection/scope.js';
export type { CockpitSessionExpiredEvent } from './connection/session-expired-event.js';
export type { MessageId, Messages } from './locales/localizer.js';
export type * from './organization-select/organization-select.js';
export type * from './profile-form/profile-form.js';
export type * from './profile-tabs/profile-tabs.js';
export type * from './provider-token-form/provider-token-events.js';
export type * from './provider-token-form/provider-token-form.js';
export type * from './provider-token-list/provider-token-delete-event.js';
export type * from './provider-token-list/provider-token-list.js';
export type * from './secret-reveal/secret-reveal.js';
