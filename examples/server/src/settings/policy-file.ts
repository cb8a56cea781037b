import { basename } from 'node:path';
import { contradictionsIn, describeContradiction, HostPolicy, resolveHostPolicy } from '@ai-cockpit/sdk/contract';
import { presets } from '@ai-cockpit/sdk/presets';
import * as z from 'zod/mini';
import type { Catalogue } from '../providers/catalogue.js';
import { describeIssues, placeOf, readDocument, valueAt } from './document-faults.js';
import { readJsonFile } from './files.js';
import { messageFaults } from './message-faults.js';
import { listed, suggestion } from './near-match.js';
import { shown } from './shown.js';

/** A policy and the name it is served under. */
export interface NamedPolicy {
  name: string;
  policy: HostPolicy;
}

/** What an override leaves and is no policy, named by its place in that override. */
const overrideFaults = (policy: HostPolicy): string[] =>
  (policy.overrides ?? []).flatMap((override, at) => {
    try {
      resolveHostPolicy({ ...policy, overrides: [override] });
      return [];
    } catch (error) {
      if (!(error instanceof z.core.$ZodError)) throw error;
      return describeIssues(error.issues, {
        schema: HostPolicy,
        find: (path) => valueAt(override.policy, path),
        name: (path) => placeOf(['overrides', at, 'policy', ...path]),
      });
    }
  });

/** Without a catalogue, which may itself be at fault, every provider is believed. */
const contradictions = (policy: HostPolicy, catalogue: Catalogue | null): string[] => {
  try {
    return contradictionsIn(policy, { providers: catalogue?.keys() }).map(describeContradiction);
  } catch (error) {
    if (!(error instanceof z.core.$ZodError)) throw error;
    return error.issues.map(({ path, message }) => `${placeOf(path)}: ${message}, with all overrides of a role`);
  }
};

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
    return { faults: [`${shown(basename(setting))} must be named in lower-case letters, digits and hyphens`] };
  const file = readJsonFile(setting);
  if ('fault' in file) return { faults: [file.fault] };
  const reading = readDocument(HostPolicy, file.document);
  if ('faults' in reading) return reading;
  const inOverrides = overrideFaults(reading.data);
  const faults = [
    ...(inOverrides.length > 0 ? inOverrides : contradictions(reading.data, catalogue)),
    ...messageFaults(reading.data),
  ];
  return faults.length > 0 ? { faults } : { policy: { name, policy: reading.data } };
};
