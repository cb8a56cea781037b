import { type MailLocale, readEmail, relativeTime } from '@ai-cockpit/sdk/contract';
import type { Membership } from '../../ports/directory.js';
import type { Mail } from '../../ports/mail.js';
import type { MailRow, NotificationSettingsRow } from '../../store/tables.js';
import { subjectOf as keySubject } from '../api-keys.js';
import type { Environment } from '../environment.js';
import type { Terms } from '../policy.js';
import { subjectOf as tokenSubject } from '../provider-tokens.js';
import { keepersOf, wants } from './audience.js';
import type { Contents, EventContents, ExpiryContents } from './contents.js';
import { type LetterTexts, letterTexts } from './letter-texts.js';
import { htmlOf, type Letter, textOf } from './letter.js';
import { localeOf } from './settings.js';
import type { UnsubscribeLinks } from './unsubscribe-links.js';

const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(values[name] ?? placeholder));

/** To the minute, in the one zone that is everybody's. */
const inWords = (at: number, locale: MailLocale): string =>
  `${new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(at)} UTC`;

/** Everything that the text of one mail is made from. */
interface Writing {
  locale: MailLocale;
  texts: LetterTexts;
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
    const writing = { locale, texts: letterTexts[locale], terms, memberships, unsubscribeUrl };
    const letter =
      what.about === 'event'
        ? await this.#ofEvent(userId, what, writing)
        : await this.#ofExpiry(userId, what, settings, writing);
    return (
      letter && {
        messageId,
        date: createdAt,
        to,
        subject: letter.title,
        text: textOf(letter),
        html: htmlOf(letter),
        unsubscribeUrl,
      }
    );
  }

  async #ofEvent(userId: string, { event }: EventContents, writing: Writing): Promise<Letter | null> {
    if (!(await wants(this.#environment, userId, event))) return null;
    const { locale, texts } = writing;
    const { type, title, occurredAt, link } = event;
    return {
      ...this.#frameOf(writing),
      title: fill(texts.subject, { outcome: this.#nameOf(type, writing), title }),
      facts: [
        [texts.application, title],
        [texts.when, inWords(Date.parse(occurredAt), locale)],
      ],
      action: { label: fill(texts.open, { host: new URL(link).host }), url: link },
      reason: fill(texts.asked, { host: this.#host }),
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
    const name = await this.#credentialIn(contents);
    if (name === null) return null;
    const { locale, texts, terms, memberships } = writing;
    const { credential, expiresAt, owner } = contents;
    const membership = memberships.find(({ id }) => id === owner.id) ?? null;
    const { apiKeys } = owner.kind === 'user' ? terms : this.#environment.policies.inOrganization(membership);
    const kind = credential === 'providerToken' ? texts.providerToken : texts[apiKeys?.noun ?? 'apiKey'];
    // By the days of UTC, as the time in the mail; nothing finer, as a mail may be read hours later.
    const when = relativeTime(new Date(expiresAt).toISOString(), Math.min(clock.now(), expiresAt), locale, {
      timeZone: 'UTC',
      inDays: true,
    });
    return {
      ...this.#frameOf(writing),
      title: fill(texts.expires, { kind, name, when }),
      facts: [[texts.expiresWhen, inWords(expiresAt, locale)]],
      advice: credential === 'providerToken' ? texts.providerTokenAdvice : texts.apiKeyAdvice,
      action: {
        label: texts.openProfile,
        url: `${this.#profileUrl}#${credential === 'providerToken' ? 'providers' : 'api-keys'}`,
      },
      reason: fill(terms.notifications ? texts.keeps : `${texts.keeps} ${texts.stop}`, { host: this.#host }),
    };
  }

  get #host(): string {
    return new URL(this.#profileUrl).host;
  }

  #frameOf({ locale, texts, terms, unsubscribeUrl }: Writing): Pick<Letter, 'locale' | 'unsubscribe'> {
    return {
      locale,
      unsubscribe: terms.notifications ? { label: texts.unsubscribe, url: unsubscribeUrl } : null,
    };
  }

  /** By the host's own words where it has some, as on its pages. */
  #nameOf(type: string, { locale, texts, terms: { messages } }: Writing): string {
    const id = `notifications.event.${type}`;
    const own = messages?.[locale]?.[id] ?? messages?.[locale.split('-')[0] ?? locale]?.[id];
    return own ?? texts.events[type] ?? messages?.en?.[id] ?? type;
  }

  /** The name of the key or token, if it still exists and still ends at that time. */
  async #credentialIn({ credential, id, owner, expiresAt }: ExpiryContents): Promise<string | null> {
    const { store, catalogue } = this.#environment;
    if (credential === 'providerToken') {
      const token = await store.providerTokens.find(owner, id);
      return token?.expiresAt === expiresAt ? tokenSubject(catalogue, token).name : null;
    }
    const key = await store.apiKeys.find(owner, id);
    if (key?.expiresAt !== expiresAt || key.revokedAt !== null || key.rotatedTo !== null) return null;
    return keySubject(key).name;
  }
}
