import type { Policy } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type Catalogue, Localizer, type MessageId } from '../locales/localizer.js';

type Host = LitElement & ConnectedInterface;

/** The nearest `lang` above, through all shadow roots. */
const languageOf = (element: Element): string | undefined => {
  const root = element.getRootNode();
  return (
    element.closest('[lang]')?.getAttribute('lang') ?? (root instanceof ShadowRoot ? languageOf(root.host) : undefined)
  );
};

const wordingFor = (locale: string, policy: Policy | undefined): Catalogue => {
  const { messages = {} } = policy ?? {};
  return { ...messages[locale.split('-')[0] ?? locale], ...messages[locale] };
};

/** The texts of one element: its own and those all share, in its locale, with the policy's wording and noun. */
export class LocalizeController<Own extends MessageId> {
  readonly #host: Host;
  readonly #texts: Readonly<Record<Own, string>>;
  readonly #policy: () => Policy | undefined;
  #localizer: Localizer<Own> | undefined;
  #madeFor: Policy | undefined;

  constructor(host: Host, texts: Readonly<Record<Own, string>>, policy: () => Policy | undefined = () => undefined) {
    this.#host = host;
    this.#texts = texts;
    this.#policy = policy;
  }

  get localizer(): Localizer<Own> {
    const policy = this.#policy();
    const locale = this.#host.connection.locale ?? languageOf(this.#host) ?? navigator.language;
    if (this.#localizer?.locale !== locale || this.#madeFor !== policy) {
      this.#madeFor = policy;
      this.#localizer = new Localizer(locale, this.#texts, wordingFor(locale, policy), policy?.apiKeys?.noun);
    }
    return this.#localizer;
  }
}
