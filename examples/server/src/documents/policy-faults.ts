import { contradictionsIn, HostPolicy, mergeOverrides, policyRoles } from '@ai-cockpit/sdk/contract';
import { placeOf, readDocument } from './document-faults.js';
import { contradictionLine } from './near-match.js';

/** Faults of the terms that an override makes, named by their place in that override. */
const overrideFaults = (policy: HostPolicy): string[] =>
  (policy.overrides ?? []).flatMap((override, at) => {
    const nameOf = (path: readonly PropertyKey[]) => placeOf(['overrides', at, 'policy', ...path]);
    const reading = readDocument(HostPolicy, mergeOverrides(policy, [override]), nameOf);
    return 'faults' in reading ? reading.faults.map(addAdvice) : [];
  });

/** Members of the terms for everybody stay beside those of an override. */
const addAdvice = (fault: string): string =>
  /: has .* and /.test(fault) ? `${fault}. In an override, null takes a member away` : fault;

/** Faults of the terms that all overrides of a role make together. */
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

/**
 * A policy as it is read, or each fault as a line.
 *
 * @param providers The ids of the catalogue. Without them, every id is believed.
 */
export const checkPolicy = (
  document: unknown,
  providers: Iterable<string> | undefined,
): { policy: HostPolicy } | { faults: string[] } => {
  const reading = readDocument(HostPolicy, document);
  if ('faults' in reading) return reading;
  const policy = reading.data;
  const ofOverrides = overrideFaults(policy);
  const ofTerms = ofOverrides.length > 0 ? ofOverrides : roleFaults(policy);
  // Contradictions can be looked for once the terms of every role fit the schema.
  const faults = ofTerms.length > 0 ? ofTerms : contradictionsIn(policy, { providers }).map(contradictionLine);
  return faults.length > 0 ? { faults } : { policy };
};
