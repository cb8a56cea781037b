import type { Cockpit, OwnerKind, ProviderToken } from '@ai-cockpit/sdk';
import { ownedResources } from '../connection/owned-resources.js';
import type { ConflictController } from '../controllers/conflict-controller.js';
import type { Contents } from './contents.js';
import type { Present } from './present.js';
import { isTaken, newProviderToken, providerTokenPatch } from './provider-token-request.js';
import type { SecretInputs } from './secret-inputs.js';

/** The parts of a form that saving reads from, and `show` for a token that was read meanwhile. */
export interface FormParts {
  readonly contents: Contents;
  readonly secrets: SecretInputs;
  readonly conflict: ConflictController<ProviderToken>;
  readonly show: (present: Present) => void;
}

/** Adds the token of a filled form, or changes the one being edited, unless somebody else has changed it meanwhile. */
export const saveProviderToken = (
  client: Cockpit,
  present: Present,
  { contents, secrets, conflict, show }: FormParts,
  signal: AbortSignal,
): Promise<ProviderToken> => {
  const { policy, token } = present;
  const { chosen: provider, valueAt } = contents;
  // The value is one of the policy's owners, or the token's own.
  const { providerTokens } = ownedResources(client, valueAt('owner') as OwnerKind, policy) ?? {};
  if (!provider || !policy.providerTokens || !providerTokens) throw new TypeError('There is nothing to send');
  const filled = { provider, fields: policy.providerTokens.fields, valueAt, secretAt: secrets.valueAt };
  if (!token) {
    return providerTokens.create(newProviderToken(filled), { signal }).catch(async (error: unknown) => {
      if (!isTaken(error)) throw error;
      // The provider has a token already, perhaps from an attempt whose answer was lost: from now on, that is edited.
      const { data } = await providerTokens.list({ limit: 100, signal });
      show({ ...present, token: data.find((other) => other.provider === provider.id) });
      throw error;
    });
  }
  return conflict.send(
    conflict.from(token),
    ({ version }) => providerTokens.update(token.id, providerTokenPatch(token, filled), { version, signal }),
    async () => {
      const now = await providerTokens.get(token.id, { signal });
      contents.dropUnchanged();
      show({ ...present, token: now });
      return now;
    },
    (now) => (Object.keys(providerTokenPatch(now, filled)).length === 0 ? now : undefined),
  );
};
