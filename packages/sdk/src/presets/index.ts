import type { HostPolicy } from '../contract/host-policy.js';
import { aiCockpitOne } from './ai-cockpit-one.js';

/** The host policies that ship, by the name that the server's `POLICY` takes. */
export const presets: Readonly<Record<string, HostPolicy>> = {
  'ai-cockpit-one': aiCockpitOne,
};

export { aiCockpitOne };
