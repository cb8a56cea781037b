import { contradictionsIn, describeContradiction, HostPolicy } from '@ai-cockpit/sdk/contract';
import { presets } from '@ai-cockpit/sdk/presets';
import { html, LitElement, nothing } from 'lit';
import { someKeys, someTokens } from '../server/seeds.js';
import { startStoryServer, type StoryServer } from '../server/story-server.js';

type Issue = NonNullable<ReturnType<typeof HostPolicy.safeParse>['error']>['issues'][number];

const quoted = (values: readonly unknown[]) => values.map((value) => JSON.stringify(value)).join(', ');

/** The error at one place of a policy, as text. */
const wordsFor = (issue: Issue): string => {
  const place = issue.path.join('.') || 'The policy';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `${place}: nothing is known of ${quoted(issue.keys)}.`;
    case 'invalid_value':
      return `${place}: has to be one of ${quoted(issue.values)}.`;
    case 'invalid_type':
      return `${place}: ${issue.input === undefined ? 'is missing, or' : 'is of the wrong kind: it'} has to be of type ${issue.expected}.`;
    default:
      return `${place}: ${issue.message}.`;
  }
};

/** A policy that was read, or what keeps it from being one. */
const read = (text: string): { policy: HostPolicy } | { faults: readonly string[] } => {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { faults: [`This is not JSON: ${error instanceof Error ? error.message : String(error)}`] };
  }
  const { data, error } = HostPolicy.safeParse(json, { reportInput: true });
  if (error) return { faults: error.issues.map(wordsFor) };
  try {
    const contradictions = contradictionsIn(data);
    return contradictions.length > 0 ? { faults: contradictions.map(describeContradiction) } : { policy: data };
  } catch (error) {
    // The merged override is not a valid policy.
    return { faults: [String(error)] };
  }
};

/** As far as the policy offers it. */
const seed = async (server: StoryServer): Promise<void> => {
  for (const fill of [someKeys, someTokens]) await fill(server).catch(() => undefined);
};

const [first = ''] = Object.keys(presets);

const textOf = (preset: string) => JSON.stringify(presets[preset], null, 2);

/** A host's policy as JSON, and what comes of it: each valid edit starts the server anew with it. */
export class PolicyWorkbench extends LitElement {
  static override properties = { server: { state: true }, faults: { state: true }, person: {} };

  /** In whose name the page is seen. */
  declare person: string;
  declare private server: StoryServer | undefined;
  declare private faults: readonly string[];
  /** Of the last edit: an earlier one that is slower does not win. */
  #edit = 0;

  constructor() {
    super();
    this.person = 'ana';
    this.faults = [];
  }

  /** Drawn in the page itself, whose styles it has. */
  protected override createRenderRoot() {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#read(textOf(first));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#edit += 1;
    void this.server?.close();
    this.server = undefined;
  }

  async #apply(policy: HostPolicy): Promise<void> {
    const edit = (this.#edit += 1);
    const server = await startStoryServer({ policy, seed }).catch((error: unknown) => {
      this.faults = [`The server does not start with it: ${String(error)}`];
    });
    if (!server) return;
    if (edit !== this.#edit) return server.close();
    const former = this.server;
    this.server = server;
    await this.updateComplete;
    await former?.close();
  }

  readonly #handleChoice = ({ target }: Event): void => {
    const text = textOf((target as HTMLSelectElement).value);
    const field = this.querySelector('textarea');
    if (field) field.value = text;
    this.#read(text);
  };

  readonly #handleInput = ({ target }: InputEvent): void => {
    this.#read((target as HTMLTextAreaElement).value);
  };

  #read(text: string): void {
    // A request in progress is for an older text.
    this.#edit += 1;
    const outcome = read(text);
    this.faults = 'faults' in outcome ? outcome.faults : [];
    if ('policy' in outcome) void this.#apply(outcome.policy);
  }

  override render() {
    const { server, faults, person } = this;
    return html`
      <div class="policy-text">
        <label for="policy-preset">Begin with</label>
        <select id="policy-preset" @change=${this.#handleChoice}>
          ${Object.keys(presets).map((name) => html`<option>${name}</option>`)}
        </select>
        <label for="policy-text">The policy of the host</label>
        <textarea
          id="policy-text"
          spellcheck="false"
          autocomplete="off"
          aria-invalid=${faults.length > 0}
          aria-describedby="policy-faults"
          .defaultValue=${textOf(first)}
          @input=${this.#handleInput}
        ></textarea>
        <div id="policy-faults" role="alert">
          ${
            faults.length > 0
              ? html`<p>The page beside still shows the last policy that could be read.</p>
                  <ul>
                    ${faults.map((fault) => html`<li>${fault}</li>`)}
                  </ul>`
              : nothing
          }
        </div>
      </div>
      <cockpit-client .client=${server?.as(person)}><profile-tabs></profile-tabs></cockpit-client>
    `;
  }
}
customElements.define('policy-workbench', PolicyWorkbench);
