import type { ApiKeysPolicy } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import { createKeyText, keyCreationProblemView, keyFieldsView } from '../api-keys/key-fields.js';
import { activeRemovalOf } from '../api-keys/removal-kind.js';
import { slowView } from '../views/skeleton.js';
import type { ReplacingKeyForm } from './replacing-key-form.js';
import { type ApiKeySingleLocalizer, type Outcome, outcomeView } from './views.js';

interface CreateFormView {
  readonly keyForm: ReplacingKeyForm;
  readonly policy: ApiKeysPolicy;
  readonly outcome: Outcome | undefined;
  readonly handleEdit: (event: Event) => void;
  readonly localizer: ApiKeySingleLocalizer;
}

/** The form that creates the key or replaces it, with the outcome of the last action beside its button. */
export const createFormView = ({ keyForm, policy, outcome, handleEdit, localizer }: CreateFormView) => {
  const { form, isActive, isBlocked, isUncertain } = keyForm;
  return html`<form
    id="create"
    part="form"
    novalidate
    aria-busy=${form.pending}
    @submit=${keyForm.handleSubmit}
    @input=${handleEdit}
  >
    ${isBlocked && !keyForm.isEdited ? nothing : keyFieldsView({ policy, localizer, keyForm })}
    ${keyCreationProblemView(keyForm, policy, localizer)}
    ${
      form.problem && isActive
        ? html`<p part="previous-key-note">${localizer.text(isUncertain ? 'apiKeySingle.mayBeReplaced' : 'apiKeySingle.stillWorks')}</p>`
        : nothing
    }
    ${slowView(form.slow, localizer)}
    <div class="actions">
      <button
        class="primary"
        part="create"
        aria-disabled=${form.pending || isBlocked}
        aria-describedby=${isBlocked ? 'reason' : nothing}
      >
        ${createKeyText(policy.verb, form.pending, localizer)}
      </button>
      ${outcomeView(outcome, localizer)}
    </div>
    ${
      isBlocked
        ? html`<p class="note" part="reason" id="reason">
            ${localizer.text(`apiKeySingle.onlyOne.${activeRemovalOf(policy)}`)}
          </p>`
        : nothing
    }
  </form>`;
};
