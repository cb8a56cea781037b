import { fullName, type Policy, type Profile, type ProfileField } from '@ai-cockpit/sdk';
import { html, nothing } from 'lit';
import type { profile as texts } from '../locales/en/profile.js';
import type { Localizer } from '../locales/localizer.js';

type ProfileLocalizer = Localizer<keyof typeof texts>;
type ManagedBy = Policy['profile']['fields'][ProfileField]['managedBy'];

/** Why something can only be read: who to ask instead. */
export const readOnlyText = (managedBy: ManagedBy, localizer: ProfileLocalizer): string =>
  localizer.text(managedBy ? `profile.managedBy.${managedBy}` : 'profile.readOnly');

/** The person's role in the active organization. */
export const roleText = ({ organization }: Policy, localizer: ProfileLocalizer): string =>
  organization ? localizer.term('role', organization.role) : localizer.text('profile.noRole');

export interface FactsView {
  readonly profile: Profile;
  readonly policy: Policy;
  readonly localizer: ProfileLocalizer;
  /** Opens the fields that can be edited, where any can. */
  readonly edit: () => void;
}

/** Who somebody is, to read; beside the first of what they may change, the button that opens the fields. */
export const factsView = ({ profile, policy, localizer, edit }: FactsView) => {
  const { fields } = policy.profile;
  const visible = (...names: ProfileField[]) => names.filter((name) => fields[name].access !== 'hidden');
  const names = (['firstName', 'lastName'] as const).filter((name) => fields[name].access !== 'hidden');
  const seen = Object.fromEntries(names.map((name) => [name, profile[name]]));
  const rows = [
    {
      of: names,
      label: localizer.text('profile.name'),
      value: fullName({ firstName: '', lastName: '', ...seen }, localizer.locale),
    },
    { of: visible('email'), label: localizer.text('profile.email'), value: profile.email },
    { of: visible('role'), label: localizer.text('profile.role'), value: roleText(policy, localizer), isBadge: true },
  ].filter(({ of }) => of.length > 0);
  const editable = rows.find(({ of }) => of.some((name) => fields[name].access === 'edit'));
  if (rows.length === 0) return nothing;
  return html`<dl class="facts" part="facts">
    ${rows.map((row) => {
      const managed = row.of.find((name) => fields[name].access === 'read');
      return html`<div part="field">
        <dt part="label">${row.label}</dt>
        <dd part="value">
          <bdi class=${row.isBadge ? 'badge role' : ''}>${row.value || '—'}</bdi>
          ${
            row === editable
              ? html`<button type="button" part="edit" id="edit" @click=${edit}>${localizer.text('profile.edit')}</button>`
              : nothing
          }
        </dd>
        ${managed ? html`<dd class="note" part="help">${readOnlyText(fields[managed].managedBy, localizer)}</dd>` : nothing}
      </div>`;
    })}
  </dl>`;
};
