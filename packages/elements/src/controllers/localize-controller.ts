import type { Policy } from '@ai-cockpit/sdk';
import type { LitElement, ReactiveController } from 'lit';
import { type ConnectedInterface, nowOf } from '../connection/connected.js';
import { CockpitErrorEvent } from '../events/cockpit-error-event.js';
import {
  canonicalTag,
  catalogueOf,
  giveUpLanguage,
  type Language,
  languageFor,
  loadLanguage,
  primaryOf,
  tagsFor,
} from '../locales/languages.js';
import { type Catalogue, Localizer, type MessageId, type Messages } from '../locales/localizer.js';

type Host = LitElement & ConnectedInterface;

/** The nearest `lang` above, through all shadow roots. */
const languageOf = (element: Element): string | undefined => {
  const root = element.getRootNode();
  return (
    element.closest('[lang]')?.getAttribute('lang') ?? (root instanceof ShadowRoot ? languageOf(root.host) : undefined)
  );
};

/** The language of the host, else of the page, else of the browser. */
const tagFor = (host: Host): string =>
  canonicalTag(host.connection.locale) ?? canonicalTag(languageOf(host)) ?? canonicalTag(navigator.language) ?? 'en';

/** The languages on their way, by the element that waits for one. */
const arrivals = new WeakMap<LitElement, Promise<void>>();

/** Until then, what an element would say is not there yet. */
export const languageArrives = (element: LitElement): Promise<void> | undefined => arrivals.get(element);

/**
 * The texts of one element: its own and those all share, in its locale, with the host's wording and noun. A language is
 * loaded when it is first asked for; until it is there, the one before is spoken, and before the first, none.
 */
export class LocalizeController<Own extends MessageId> implements ReactiveController {
  readonly #host: Host;
  readonly #texts: Readonly<Record<Own, string>>;
  readonly #policy: () => Policy | undefined;
  #localizer: Localizer<Own> | undefined;
  /** The inputs that the localizer was created for. */
  #madeFor: readonly unknown[] = [];
  #asked: string | undefined;
  #spoken: string | undefined;

  constructor(host: Host, texts: Readonly<Record<Own, string>>, policy: () => Policy | undefined = () => undefined) {
    this.#host = host;
    this.#texts = texts;
    this.#policy = policy;
    host.addController(this);
  }

  /** Whether there is a language to speak yet. */
  get isReady(): boolean {
    return this.#spoken !== undefined;
  }

  get localizer(): Localizer<Own> {
    const tag = tagFor(this.#host);
    if (tag !== this.#asked) {
      this.#asked = tag;
      this.#ask(tag);
    }
    const present = [
      tag,
      this.#spoken,
      this.#policy(),
      this.#host.connection.messages,
      this.#host.matches(':dir(rtl)'),
    ] as const;
    if (!this.#localizer || present.some((it, at) => it !== this.#madeFor[at])) {
      this.#madeFor = present;
      this.#localizer = this.#make(...present);
    }
    return this.#localizer;
  }

  hostUpdated(): void {
    for (const child of this.#host.renderRoot.children) {
      // Slotted content is in the language of the host page.
      if (child instanceof HTMLElement && child.localName !== 'slot') child.lang = this.localizer.locale;
    }
  }

  #make(
    asked: string,
    spoken: string | undefined,
    policy: Policy | undefined,
    own: Messages | undefined,
    isRightToLeft: boolean,
  ): Localizer<Own> {
    const texts = this.#texts;
    if (!spoken) return new Localizer({ locale: asked, texts, messages: { loading: '' } });
    const language = languageFor(spoken);
    const hasWording = [policy?.messages, own].some((by) => by?.[spoken] ?? by?.[primaryOf(spoken)]);
    return new Localizer({
      // In a language that nobody has written texts for, dates would stand in English sentences.
      locale: language || hasWording ? spoken : 'en',
      texts,
      translation: catalogueOf(language ?? 'en'),
      messages: Object.assign(
        {},
        ...[policy?.messages, own].flatMap((by) => tagsFor(spoken).map((tag) => by?.[tag])),
      ) as Catalogue,
      noun: policy?.apiKeys?.noun,
      now: () => nowOf(this.#host),
      isRightToLeft,
    });
  }

  #ask(tag: string): void {
    const language = languageFor(tag) ?? 'en';
    // Nothing waits for the former language any longer.
    arrivals.delete(this.#host);
    if (catalogueOf(language)) this.#spoken = tag;
    else arrivals.set(this.#host, this.#load(tag, language));
  }

  async #load(tag: string, language: Language): Promise<void> {
    let spoken = tag;
    const attempt = loadLanguage(language);
    try {
      await attempt;
    } catch (error) {
      spoken = 'en';
      if (giveUpLanguage(language, attempt)) this.#host.dispatchEvent(new CockpitErrorEvent(error));
    }
    if (tag !== this.#asked) return;
    this.#spoken = spoken;
    this.#host.requestUpdate();
  }
}
