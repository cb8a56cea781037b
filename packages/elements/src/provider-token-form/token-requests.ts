import type { Cockpit, OwnerKind, ProviderToken } from '@ai-cockpit/sdk';
import { ownedResources } from '../connection/owned-resources.js';
import type { EditOptions } from '../controllers/edit-controller.js';
import type { FormModel } from './form-model.js';
import { type FilledForm, isTaken, newProviderToken, providerTokenPatch } from './provider-token-request.js';
import type { TokenEdits } from './token-draft.js';

export interface TokenRequestsOptions {
  readonly model: () => FormModel | undefined;
  /** Shows a model whose token was read meanwhile. */
  readonly show: (model: FormModel) => void;
  readonly filledForm: (model: FormModel) => FilledForm;
}

type Requests = Required<
  Pick<EditOptions<ProviderToken, TokenEdits>, 'load' | 'create' | 'update' | 'isAlreadyStored'>
>;

/** The requests of a form that adds a token or changes one. */
export const tokenRequests = ({ model, show, filledForm }: TokenRequestsOptions): Requests => {
  const current = () => {
    const value = model();
    if (!value) throw new TypeError('The form is not there');
    return { value, filled: filledForm(value) };
  };
  const resourceOf = (client: Cockpit) => {
    const { value, filled } = current();
    // The value is one of the policy's owners, or the token's own.
    const resources = ownedResources(client, filled.valueAt('owner') as OwnerKind, value.policy);
    if (!resources) throw new TypeError('There is no organization');
    return resources.providerTokens;
  };
  return {
    load: ({ id }, { client, signal }) => resourceOf(client).get(id, { signal }),
    update: ({ version }, { client, signal }) => {
      const { value, filled } = current();
      const { token } = value;
      if (!token) throw new TypeError('There is no token');
      return resourceOf(client).update(token.id, providerTokenPatch(token, filled), { version, signal });
    },
    create: async ({ client, signal }) => {
      const { value, filled } = current();
      const resource = resourceOf(client);
      try {
        return await resource.create(newProviderToken(filled), { signal });
      } catch (error) {
        if (!isTaken(error)) throw error;
        // The provider has a token already, perhaps from an attempt whose answer was lost: the form edits that token now.
        const { data } = await resource.list({ limit: 100, signal });
        show({ ...value, token: data.find(({ provider }) => provider === filled.provider.id) });
        throw error;
      }
    },
    isAlreadyStored: (now) => Object.keys(providerTokenPatch(now, current().filled)).length === 0,
  };
};
