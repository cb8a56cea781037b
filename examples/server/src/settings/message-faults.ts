import { mailTextIds } from '../domain/notifications/mail-texts.js';
import { placeOf, valueAt } from '../documents/document-faults.js';
import { listed, suggestion } from '../documents/near-match.js';
import textIds from './text-ids.json' with { type: 'json' };

const ids = [...textIds, ...mailTextIds, 'productName'];
const known = new Set(ids);
/** Names that a host gives itself: its providers and modules, and values that the elements do not know. The elements go by the same. */
const givenNames =
  /^(provider|module|role|section|activity\.action|notifications\.event|providerToken\.status|field)\./;
const plural = /\.(zero|one|two|few|many)$/;
const noun = /@(apiKey|apiToken)$/;

const isTextId = (id: string): boolean => {
  const plain = id.replace(noun, '');
  return known.has(plain) || known.has(plain.replace(plural, '.other')) || givenNames.test(plain);
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const faultOf = (id: string): string => {
  const area = `${id.split('.')[0]}.`;
  const there = ids.filter((other) => other.startsWith(area));
  const allowed = there.length > 0 ? `; beginning with ${area} there are ${listed(there)}` : '';
  return `is no id of a text${allowed}${suggestion(id, ids)}`;
};

const faultsAt = (policy: unknown, place: readonly (string | number)[]): string[] => {
  const messages = valueAt(policy, place);
  if (!isObject(messages)) return [];
  return Object.entries(messages).flatMap(([locale, texts]) =>
    Object.keys(isObject(texts) ? texts : {})
      .filter((id) => !isTextId(id))
      .map((id) => `${placeOf([...place, locale, id])}: ${faultOf(id)}`),
  );
};

/** Wording that no element would ever show, as it stands for no text: of a policy that may have other faults. */
export const messageFaults = (policy: unknown): string[] => {
  const overrides = valueAt(policy, ['overrides']);
  return [
    ...faultsAt(policy, ['messages']),
    ...(Array.isArray(overrides) ? overrides : []).flatMap((_, at) =>
      faultsAt(policy, ['overrides', at, 'policy', 'messages']),
    ),
  ];
};
