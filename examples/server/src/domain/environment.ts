import type { Background } from '../ports/background.js';
import type { Clock } from '../ports/clock.js';
import type { Directory } from '../ports/directory.js';
import type { Images } from '../ports/images.js';
import type { MailServer } from '../ports/mail.js';
import type { Random } from '../ports/random.js';
import type { Catalogue } from '../providers/catalogue.js';
import type { Store } from '../store/store.js';
import type { ActivityLog } from './activity.js';
import type { DataKeys } from './data-keys.js';
import type { Minting } from './minting.js';
import type { Peppers } from './peppers.js';
import type { HostPolicies } from './policy.js';

/** All that the domain stands on. */
export interface Environment {
  store: Store;
  directory: Directory;
  clock: Clock;
  random: Random;
  background: Background;
  images: Images;
  mail: MailServer;
  policies: HostPolicies;
  catalogue: Catalogue;
  dataKeys: DataKeys;
  minting: Minting;
  activity: ActivityLog;
  /** Milliseconds by which the clocks of two machines may be apart. */
  clockTolerance: number;
  /** Where clients find the API, as `/v1` or `/tools/cockpit/v1`. */
  apiPath: string;
  /** Makes the stored hashes of API keys useless to whoever has only the database. */
  peppers: Peppers;
}
