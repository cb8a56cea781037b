import { basename } from 'node:path';
import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { presets } from '@ai-cockpit/sdk/presets';
import type { Catalogue } from '../providers/catalogue.js';
import { readJsonFile } from './files.js';
import { messageFaults } from './message-faults.js';
import { listed, suggestion } from '../documents/near-match.js';
import { checkPolicy } from '../documents/policy-faults.js';
import { shown } from '../documents/shown.js';

/** A policy and the name it is served under. */
export interface NamedPolicy {
  name: string;
  policy: HostPolicy;
}

/** The name of a file as it may be, as the path that its policy is served at. */
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '') || 'my-host';

/** The policy that `POLICY` names, or its faults. */
export const readPolicy = (
  setting: string,
  catalogue: Catalogue | null,
): { policy: NamedPolicy } | { faults: string[] } => {
  const preset = Object.hasOwn(presets, setting) ? presets[setting] : undefined;
  if (preset) return { policy: { name: setting, policy: preset } };
  const names = Object.keys(presets);
  if (!setting.endsWith('.json'))
    return {
      faults: [`${shown(setting)} is not ${listed(names)}, nor the path of a .json file${suggestion(setting, names)}`],
    };
  const name = basename(setting, '.json');
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name))
    return {
      faults: [
        `${shown(basename(setting))} must be named in lower-case letters, digits and hyphens, as ${slugOf(name)}.json`,
      ],
    };
  const file = readJsonFile(setting);
  if ('fault' in file) return { faults: [file.fault] };
  // Without a catalogue, which may itself be at fault, every provider is believed.
  const reading = checkPolicy(file.document, catalogue?.keys());
  const ofMessages = messageFaults(file.document);
  if ('faults' in reading) return { faults: [...reading.faults, ...ofMessages] };
  return ofMessages.length > 0 ? { faults: ofMessages } : { policy: { name, policy: reading.policy } };
};
