import { html, LitElement } from 'another-lit';
import { createCockpit } from '@ai-cockpit/sdk';
import '@ai-cockpit/elements';

/** A host whose own elements are made with a Lit of another version, and hold ours. */
class HostPanel extends LitElement {
  static override properties = { saved: { state: true } };
  declare saved: string;
  readonly #cockpit = createCockpit({ baseUrl: '/ai-cockpit-one/v1' });

  constructor() {
    super();
    this.saved = '';
  }

  override render() {
    return html`
      <h1>${this.saved ? `${this.saved} was saved` : 'Nothing was saved'}</h1>
      <profile-tabs
        .client=${this.#cockpit}
        @profile-saved=${({ profile }: HTMLElementEventMap['profile-saved']) => {
          this.saved = profile.firstName;
        }}
        ><p slot="header">A paragraph of the host’s</p></profile-tabs
      >
    `;
  }
}

customElements.define('host-panel', HostPanel);
