import { type MailLocale, readEmail, relativeTime } from '@ai-cockpit/sdk/contract';
import type { Membership } from '../../ports/directory.js';
import type { Mail } from '../../ports/mail.js';
import type { MailRow, NotificationSettingsRow } from '../../store/tables.js';
import { subjectOf as keySubject } from '../api-keys.js';
import type { Environment } from '../environment.js';
import type { Terms } from '../policy.js';
import { keepersOf, wants } from './audience.js';
import type { Contents, EventContents, ExpiryContents } from './contents.js';
import { type LetterTexts, letterTexts, sharedTexts } from './letter-texts.js';
import { htmlOf, type Letter, textOf } from './letter.js';
import { localeOf, timeZoneOf } from './settings.js';
import type { UnsubscribeLinks } from './unsubscribe-links.js';

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/** To the minute, with the name of the zone. */
const inWords = (at: number, locale: MailLocale, timeZone: string): string =>
  new Intl.DateTimeFormat(locale, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(at);

/** `pt-BR`, else `pt`. */
const textIn = (messages: Terms['messages'], id: string, locale: string): string | undefined =>
  messages?.[locale]?.[id] ?? messages?.[locale.split('-')[0] ?? locale]?.[id];

/** The button of a host that has named no colour. */
const defaultAccent = '#2f5fd0';

/** Everything that the text of one mail is made from. */
interface Writing {
  locale: MailLocale;
  timeZone: string;
  /** For what is the person's own. */
  terms: Terms;
  memberships: Membership[];
  unsubscribeUrl: string;
}

/** Writes out what a mail is about, for the person as they are now. */
export class Letters {
  readonly #environment: Environment;
  readonly #links: UnsubscribeLinks;
  readonly #profileUrl: string;

  constructor(environment: Environment, links: UnsubscribeLinks, profileUrl: string) {
    this.#environment = environment;
    this.#links = links;
    this.#profileUrl = profileUrl;
  }

  /** The mail as it is to be sent; `null` where it is not wanted any more, or has no address to go to. */
  async write({ messageId, userId, contents, createdAt }: MailRow): Promise<Mail | null> {
    const { store, directory, policies } = this.#environment;
    // Written by the outbox, as this.
    const what = JSON.parse(contents) as Contents;
    const settings = await store.notificationSettings.find(userId);
    const address = settings?.email ?? (await store.people.find(userId))?.email ?? '';
    // The host may have filled the table; and by mail a domain goes in ASCII.
    const to = readEmail(address)?.ascii;
    if (!to) return null;
    const memberships = await directory.memberships(userId);
    const locale = settings ? localeOf(settings) : 'en';
    const unsubscribeUrl = await this.#links.write(userId, createdAt);
    const terms = policies.ofPerson({ memberships });
    const writing = { locale, timeZone: timeZoneOf(settings), terms, memberships, unsubscribeUrl };
    const letter =
      what.about === 'event'
        ? await this.#ofEvent(userId, what, writing)
        : await this.#ofExpiry(userId, what, settings, writing);
    return (
      letter && {
        messageId,
        date: createdAt,
        to,
        senderName: this.#productIn(writing),
        subject: letter.title,
        text: textOf(letter),
        html: htmlOf(letter),
        unsubscribeUrl,
      }
    );
  }

  async #ofEvent(userId: string, { event }: EventContents, writing: Writing): Promise<Letter | null> {
    if (!(await wants(this.#environment, userId, event))) return null;
    const { locale, timeZone } = writing;
    const { type, title, occurredAt, link } = event;
    const outcome = this.#outcomeOf(type, writing);
    const subject = this.#text('subject', writing, { outcome, title });
    const isOfApplication = `notifications.event.${type}` in sharedTexts.en;
    const application = event.application ?? (isOfApplication ? title : undefined);
    const when = [this.#text('when', writing), inWords(Date.parse(occurredAt), locale, timeZone)] as const;
    return {
      ...this.#frameOf(writing),
      title: subject,
      heading: application === title ? outcome : subject,
      facts: application === undefined ? [when] : [[this.#text('application', writing), application], when],
      action: { label: this.#text('open', writing), url: link },
      reason: this.#text('asked', writing),
    };
  }

  /** A person without settings is warned; one who turned mail off is not. */
  async #ofExpiry(
    userId: string,
    contents: ExpiryContents,
    settings: NotificationSettingsRow | undefined,
    writing: Writing,
  ): Promise<Letter | null> {
    const { directory, clock } = this.#environment;
    if (settings?.enabled === 0 || !(await directory.admits(userId))) return null;
    if (!(await keepersOf(this.#environment, contents.owner)).includes(userId)) return null;
    const { locale, timeZone, terms, memberships } = writing;
    const { credential, expiresAt, owner } = contents;
    const membership = memberships.find(({ id }) => id === owner.id) ?? null;
    const ownerTerms = owner.kind === 'user' ? terms : this.#environment.policies.inOrganization(membership);
    const of = { ...writing, terms: ownerTerms };
    const ending = await this.#endingIn(contents, of);
    if (!ending) return null;
    const { name, expiresOn } = ending;
    const noun = this.#nounIn(of);
    const kind =
      credential === 'providerToken'
        ? this.#text('providerToken', of)
        : noun.charAt(0).toLocaleUpperCase(locale) + noun.slice(1);
    // Nothing finer than days, as a mail may be read hours later.
    const when = relativeTime(expiresOn ?? new Date(expiresAt).toISOString(), clock.now(), locale, {
      timeZone,
      inDays: true,
      isAhead: true,
    });
    const sentence = this.#text('expires', of, { kind, name, when });
    const reasons = terms.notifications ? (['keeps'] as const) : (['keeps', 'stop'] as const);
    return {
      ...this.#frameOf(of),
      unsubscribe: this.#frameOf(writing).unsubscribe,
      title: sentence,
      heading: sentence,
      // A date ends in UTC, and is no other one there.
      facts: [[this.#text('expiresWhen', of), inWords(expiresAt, locale, expiresOn === null ? timeZone : 'UTC')]],
      advice: this.#text(credential === 'providerToken' ? 'providerTokenAdvice' : 'apiKeyAdvice', of),
      action: {
        label: this.#text('openProfile', of),
        url: `${this.#profileUrl}#${credential === 'providerToken' ? 'providers' : 'api-keys'}`,
      },
      reason: reasons.map((id) => this.#text(id, of)).join(' '),
    };
  }

  #frameOf(writing: Writing): Pick<Letter, 'locale' | 'accent' | 'unsubscribe'> {
    const { locale, terms, unsubscribeUrl } = writing;
    return {
      locale,
      accent: terms.accentColor ?? defaultAccent,
      unsubscribe: terms.notifications ? { label: this.#text('unsubscribe', writing), url: unsubscribeUrl } : null,
    };
  }

  /** A text of a mail, in the host's wording where it has some. */
  #text(id: keyof LetterTexts, writing: Writing, values: Readonly<Record<string, string>> = {}): string {
    const { host } = new URL(this.#profileUrl);
    const product = this.#productIn(writing);
    const text = this.#ownWording(`mail.${id}`, writing) ?? letterTexts[writing.locale][id];
    return fill(text, { product, host, noun: this.#nounIn(writing), ...values });
  }

  #productIn(writing: Writing): string {
    return this.#ownWording('productName', writing) ?? writing.terms.productName ?? new URL(this.#profileUrl).host;
  }

  #nounIn(writing: Writing): string {
    const id = `noun.${writing.terms.apiKeys?.noun ?? 'apiKey'}`;
    return this.#ownWording(id, writing) ?? sharedTexts[writing.locale][id] ?? '';
  }

  /** By the host's own words where it has some, as on its pages. */
  #outcomeOf(type: string, writing: Writing): string {
    const id = `notifications.event.${type}`;
    return this.#ownWording(id, writing) ?? sharedTexts[writing.locale][id] ?? writing.terms.messages?.en?.[id] ?? type;
  }

  #ownWording(id: string, { locale, terms: { messages } }: Writing): string | undefined {
    return textIn(messages, id, locale);
  }

  /** As on the page: in the host's words, else in the language of the mail. */
  #providerName(id: string, writing: Writing): string {
    const { name = id, messages } = this.#environment.catalogue.get(id)?.description ?? {};
    return this.#ownWording(`provider.${id}.name`, writing) ?? textIn(messages, 'name', writing.locale) ?? name;
  }

  /** The name of the key or token, and the date of its end if it has one; `null` unless it still ends at that time. */
  async #endingIn(
    { credential, id, owner, expiresAt }: ExpiryContents,
    writing: Writing,
  ): Promise<{ name: string; expiresOn: string | null } | null> {
    const { store } = this.#environment;
    if (credential === 'providerToken') {
      const token = await store.providerTokens.find(owner, id);
      if (token?.expiresAt !== expiresAt) return null;
      return { name: token.name || this.#providerName(token.provider, writing), expiresOn: null };
    }
    const key = await store.apiKeys.find(owner, id);
    if (key?.expiresAt !== expiresAt || key.revokedAt !== null || key.rotatedTo !== null) return null;
    return { name: keySubject(key).name, expiresOn: key.expiresOn };
  }
}
