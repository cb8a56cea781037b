import type { ProviderToken } from '@ai-cockpit/sdk';
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
  const resource = () => {
    const { value, filled } = current();
    // A later contract may have more kinds of organizations.
    const { tokens } = value.of(filled.valueAt('owner') === 'user' ? 'user' : 'organization');
    if (!tokens) throw new TypeError('There is no organization');
    return tokens;
  };
  return {
    load: ({ id }, { signal }) => resource().get(id, { signal }),
    update: ({ version }, { signal }) => {
      const { value, filled } = current();
      const { token } = value;
      if (!token) throw new TypeError('There is no token');
      return resource().update(token.id, providerTokenPatch(token, filled), { version, signal });
    },
    create: async ({ signal }) => {
      const { value, filled } = current();
      const tokens = resource();
      try {
        return await tokens.create(newProviderToken(filled), { signal });
      } catch (error) {
        if (!isTaken(error)) throw error;
        // The provider has a token already, perhaps from an attempt whose answer was lost: the form edits that token now.
        const { data } = await tokens.list({ limit: 100, signal });
        show({ ...value, token: data.find(({ provider }) => provider === filled.provider.id) });
        throw error;
      }
    },
    isAlreadyStored: (now) => Object.keys(providerTokenPatch(now, current().filled)).length === 0,
  };
};
