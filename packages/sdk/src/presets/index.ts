import type { HostPolicy } from '../contract/host-policy.js';
import { aiCockpitOne } from './ai-cockpit-one.js';
import { aicHub } from './aic-hub.js';
import { aipConsole } from './aip-console.js';
import { duplocloud } from './duplocloud.js';
import { environmentOperationsCenter } from './environment-operations-center.js';

/** The host policies that ship, by the name that the server's `POLICY` takes. */
export const presets: Readonly<Record<string, HostPolicy>> = {
  'ai-cockpit-one': aiCockpitOne,
  'aic-hub': aicHub,
  duplocloud,
  'environment-operations-center': environmentOperationsCenter,
  'aip-console': aipConsole,
};

export { aiCockpitOne, aicHub, aipConsole, duplocloud, environmentOperationsCenter };
