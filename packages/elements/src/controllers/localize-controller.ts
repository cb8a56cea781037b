import type { Policy } from '@ai-cockpit/sdk';
import type { LitElement } from 'lit';
import type { ConnectedInterface } from '../connection/connected.js';
import { type Catalogue, Localizer } from '../locales/localizer.js';

type Host = LitElement & ConnectedInterface;

const languageOf = (element: Element): string | undefined => {
  for (
    let node: Node | null = element;
    node;
    node = node.parentNode ?? (node instanceof ShadowRoot ? node.host : null)
  ) {
    if (node instanceof Element && node.hasAttribute('lang')) return node.getAttribute('lang') ?? undefined;
  }
  return undefined;
};

const wordingFor = (locale: string, policy: Policy | undefined): Catalogue => {
  const { messages = {} } = policy ?? {};
  return { ...messages[locale.split('-')[0] ?? locale], ...messages[locale] };
};

/** The texts of one element: its locale, and what the policy says of wording and noun. */
export class LocalizeController {
  readonly #host: Host;
  readonly #policy: () => Policy | undefined;
  #localizer: Localizer | undefined;
  #key: readonly unknown[] = [];

  constructor(host: Host, policy: () => Policy | undefined = () => undefined) {
    this.#host = host;
    this.#policy = policy;
  }

  get localizer(): Localizer {
    const policy = this.#policy();
    const locale = this.#host.connection.locale ?? languageOf(this.#host) ?? navigator.language;
    const key = [locale, policy];
    if (!this.#localizer || key.some((part, index) => part !== this.#key[index])) {
      this.#key = key;
      this.#localizer = new Localizer(locale, wordingFor(locale, policy), policy?.apiKeys?.noun);
    }
    return this.#localizer;
  }
}
