import { html, nothing } from 'lit';

/** A detail of something that a dialog is about. */
export interface Fact {
  readonly label: string;
  readonly value: unknown;
}

/** Facts that identify the item of a dialog. Their list has the id `about`. */
export const aboutView = (facts: readonly Fact[]) =>
  facts.length > 0
    ? html`<dl class="about" part="about" id="about">
        ${facts.map(
          ({ label, value }) => html`<dt>${label}</dt>
            <dd>${typeof value === 'string' ? html`<bdi>${value}</bdi>` : value}</dd>`,
        )}
      </dl>`
    : nothing;
