import { basename } from 'node:path';
import { contradictionsIn, HostPolicy, mergeOverrides, policyRoles } from '@ai-cockpit/sdk/contract';
import { presets } from '@ai-cockpit/sdk/presets';
import type { Catalogue } from '../providers/catalogue.js';
import { placeOf, readDocument } from './document-faults.js';
import { readJsonFile } from './files.js';
import { messageFaults } from './message-faults.js';
import { contradictionLine, listed, suggestion } from './near-match.js';
import { shown } from './shown.js';

/** A policy and the name it is served under. */
export interface NamedPolicy {
  name: string;
  policy: HostPolicy;
}

/** Faults in the policy that results from an override, each with its path in the override. */
const overrideFaults = (policy: HostPolicy): string[] =>
  (policy.overrides ?? []).flatMap((override, at) => {
    const nameOf = (path: readonly PropertyKey[]) => placeOf(['overrides', at, 'policy', ...path]);
    const reading = readDocument(HostPolicy, mergeOverrides(policy, [override]), nameOf);
    return 'faults' in reading ? reading.faults.map(addAdvice) : [];
  });

/** Members of the terms for everybody stay beside those of an override. */
const addAdvice = (fault: string): string =>
  /: has .* and /.test(fault) ? `${fault}. In an override, null takes a member away` : fault;

/** Faults in the policy that all overrides of a role result in together. */
const roleFaults = (policy: HostPolicy): string[] => {
  const { overrides = [] } = policy;
  return policyRoles.flatMap((role) => {
    const reading = readDocument(
      HostPolicy,
      mergeOverrides(
        policy,
        overrides.filter(({ roles }) => roles.includes(role)),
      ),
    );
    return 'faults' in reading ? reading.faults.map((fault) => `${fault} (for ${role}, with all its overrides)`) : [];
  });
};

/** Without a catalogue, which may itself be at fault, every provider is believed. */
const faultsIn = (policy: HostPolicy, catalogue: Catalogue | null): string[] => {
  const inOverrides = overrideFaults(policy);
  if (inOverrides.length > 0) return inOverrides;
  const ofRoles = roleFaults(policy);
  if (ofRoles.length > 0) return ofRoles;
  return contradictionsIn(policy, { providers: catalogue?.keys() }).map(contradictionLine);
};

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
  const reading = readDocument(HostPolicy, file.document);
  const ofMessages = messageFaults(file.document);
  if ('faults' in reading) return { faults: [...reading.faults, ...ofMessages] };
  const faults = [...faultsIn(reading.data, catalogue), ...ofMessages];
  return faults.length > 0 ? { faults } : { policy: { name, policy: reading.data } };
};
