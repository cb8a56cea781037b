import { type MailLocale, readEmail, relativeTime } from '@ai-cockpit/sdk/contract';
import type { Clock } from '../../ports/clock.js';
import type { Directory, Membership } from '../../ports/directory.js';
import type { Mail } from '../../ports/mail.js';
import type { Catalogue } from '../../providers/catalogue.js';
import type { Records } from '../../store/store.js';
import type { MailRow, NotificationSettingsRow } from '../../store/tables.js';
import { subjectOf as keySubject } from '../api-keys.js';
import type { HostPolicies, RolePolicy } from '../policy.js';
import { keepersOf, wants } from './audience.js';
import type { Contents, EventContents, ExpiryContents } from './contents.js';
import { type MailTexts, mailTexts, sharedTexts } from './mail-texts.js';
import { htmlOf, type MailBody, textOf } from './mail-body.js';
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
const textIn = (messages: RolePolicy['messages'], id: string, locale: string): string | undefined =>
  messages?.[locale]?.[id] ?? messages?.[locale.split('-')[0] ?? locale]?.[id];

/** The button of a host that has named no colour. */
const defaultAccent = '#2f5fd0';

/** Everything that the text of one mail is made from. */
interface Writing {
  locale: MailLocale;
  timeZone: string;
  /** For what is the person's own. */
  policy: RolePolicy;
  memberships: Membership[];
  unsubscribeUrl: string;
  profileUrl: string;
}

export interface MailRendererContext {
  store: Pick<Records, 'apiKeys' | 'notificationSettings' | 'people' | 'providerTokens'>;
  directory: Directory;
  policies: HostPolicies;
  catalogue: Catalogue;
  clock: Clock;
  links: UnsubscribeLinks;
  /** The host's page with the profile. */
  profileUrl: string;
}

/**
 * Writes the mail for the person as they are now. Returns `null` if the person does not want it any more, or has no
 * address.
 */
export const renderMail = async (
  context: MailRendererContext,
  { messageId, userId, contents, createdAt }: MailRow,
): Promise<Mail | null> => {
  const { store, directory, policies, links, profileUrl } = context;
  // Written by the outbox, as this.
  const what = JSON.parse(contents) as Contents;
  const settings = await store.notificationSettings.find(userId);
  const address = settings?.email ?? (await store.people.find(userId))?.email ?? '';
  // The host may have filled the table; and by mail a domain goes in ASCII.
  const to = readEmail(address)?.ascii;
  if (!to) return null;
  const memberships = await directory.memberships(userId);
  const locale = settings ? localeOf(settings) : 'en';
  const unsubscribeUrl = await links.write(userId, createdAt);
  const policy = policies.ofPerson({ memberships });
  const writing = { locale, timeZone: timeZoneOf(settings), policy, memberships, unsubscribeUrl, profileUrl };
  const letter =
    what.about === 'event'
      ? await eventMail(context, userId, what, writing)
      : await expiryMail(context, userId, what, settings, writing);
  return (
    letter && {
      messageId,
      date: createdAt,
      to,
      senderName: productIn(writing),
      subject: letter.title,
      text: textOf(letter),
      html: htmlOf(letter),
      unsubscribeUrl,
    }
  );
};

const eventMail = async (
  context: MailRendererContext,
  userId: string,
  { event }: EventContents,
  writing: Writing,
): Promise<MailBody | null> => {
  if (!(await wants(context, userId, event))) return null;
  const { locale, timeZone } = writing;
  const { type, title, occurredAt, link } = event;
  const outcome = outcomeOf(type, writing);
  const subject = textFor('subject', writing, { outcome, title });
  const isOfApplication = `notifications.event.${type}` in sharedTexts.en;
  const application = event.application ?? (isOfApplication ? title : undefined);
  const when = [textFor('when', writing), inWords(Date.parse(occurredAt), locale, timeZone)] as const;
  return {
    ...frameOf(writing),
    title: subject,
    heading: application === title ? outcome : subject,
    facts: application === undefined ? [when] : [[textFor('application', writing), application], when],
    action: { label: textFor('open', writing), url: link },
    reason: textFor('asked', writing),
  };
};

/** A person without settings is warned; one who turned mail off is not. */
const expiryMail = async (
  context: MailRendererContext,
  userId: string,
  contents: ExpiryContents,
  settings: NotificationSettingsRow | undefined,
  writing: Writing,
): Promise<MailBody | null> => {
  const { directory, clock, policies } = context;
  if (settings?.enabled === 0 || !(await directory.admits(userId))) return null;
  if (!(await keepersOf(context, contents.owner)).includes(userId)) return null;
  const { locale, timeZone, policy, memberships, profileUrl } = writing;
  const { credential, expiresAt, owner } = contents;
  const membership = memberships.find(({ id }) => id === owner.id) ?? null;
  const ownerPolicy = owner.kind === 'user' ? policy : policies.inOrganization(membership);
  const of = { ...writing, policy: ownerPolicy };
  const ending = await endingIn(context, contents, of);
  if (!ending) return null;
  const { name, expiresOn } = ending;
  const noun = nounIn(of);
  const kind =
    credential === 'providerToken'
      ? textFor('providerToken', of)
      : noun.charAt(0).toLocaleUpperCase(locale) + noun.slice(1);
  // Nothing finer than days, as a mail may be read hours later.
  const when = relativeTime(expiresOn ?? new Date(expiresAt).toISOString(), clock.now(), locale, {
    timeZone,
    inDays: true,
    isAhead: true,
  });
  const sentence = textFor('expires', of, { kind, name, when });
  const reasons = policy.notifications ? (['keeps'] as const) : (['keeps', 'stop'] as const);
  return {
    ...frameOf(of),
    unsubscribe: frameOf(writing).unsubscribe,
    title: sentence,
    heading: sentence,
    // A date ends in UTC, and is no other one there.
    facts: [[textFor('expiresWhen', of), inWords(expiresAt, locale, expiresOn === null ? timeZone : 'UTC')]],
    advice: textFor(credential === 'providerToken' ? 'providerTokenAdvice' : 'apiKeyAdvice', of),
    action: {
      label: textFor('openProfile', of),
      url: `${profileUrl}#${credential === 'providerToken' ? 'providers' : 'api-keys'}`,
    },
    reason: reasons.map((id) => textFor(id, of)).join(' '),
  };
};

const frameOf = (writing: Writing): Pick<MailBody, 'locale' | 'accent' | 'unsubscribe'> => {
  const { locale, policy, unsubscribeUrl } = writing;
  return {
    locale,
    accent: policy.accentColor ?? defaultAccent,
    unsubscribe: policy.notifications ? { label: textFor('unsubscribe', writing), url: unsubscribeUrl } : null,
  };
};

/** A text of a mail, in the host's wording where it has some. */
const textFor = (id: keyof MailTexts, writing: Writing, values: Readonly<Record<string, string>> = {}): string => {
  const { host } = new URL(writing.profileUrl);
  const product = productIn(writing);
  const text = ownWording(`mail.${id}`, writing) ?? mailTexts[writing.locale][id];
  return fill(text, { product, host, noun: nounIn(writing), ...values });
};

const productIn = (writing: Writing): string =>
  ownWording('productName', writing) ?? writing.policy.productName ?? new URL(writing.profileUrl).host;

const nounIn = (writing: Writing): string => {
  const id = `noun.${writing.policy.apiKeys?.noun ?? 'apiKey'}`;
  return ownWording(id, writing) ?? sharedTexts[writing.locale][id] ?? '';
};

/** By the host's own words where it has some, as on its pages. */
const outcomeOf = (type: string, writing: Writing): string => {
  const id = `notifications.event.${type}`;
  return ownWording(id, writing) ?? sharedTexts[writing.locale][id] ?? writing.policy.messages?.en?.[id] ?? type;
};

const ownWording = (id: string, { locale, policy: { messages } }: Writing): string | undefined =>
  textIn(messages, id, locale);

/** As on the page: in the host's words, else in the language of the mail. */
const providerName = ({ catalogue }: MailRendererContext, id: string, writing: Writing): string => {
  const { name = id, messages } = catalogue.get(id)?.description ?? {};
  return ownWording(`provider.${id}.name`, writing) ?? textIn(messages, 'name', writing.locale) ?? name;
};

/** The name of the key or token, and the date of its end if it has one; `null` unless it still ends at that time. */
const endingIn = async (
  context: MailRendererContext,
  { credential, id, owner, expiresAt }: ExpiryContents,
  writing: Writing,
): Promise<{ name: string; expiresOn: string | null } | null> => {
  const { store } = context;
  if (credential === 'providerToken') {
    const token = await store.providerTokens.find(owner, id);
    if (token?.expiresAt !== expiresAt) return null;
    return { name: token.name || providerName(context, token.provider, writing), expiresOn: null };
  }
  const key = await store.apiKeys.find(owner, id);
  if (key?.expiresAt !== expiresAt || key.revokedAt !== null || key.rotatedTo !== null) return null;
  return { name: keySubject(key).name, expiresOn: key.expiresOn };
};
