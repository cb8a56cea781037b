import type { Provider, ProviderToken, ProviderTokensPolicy } from '@ai-cockpit/sdk';
import type { ComparedField } from '../controllers/conflict-controller.js';
import type { ConflictId, Localizer, ProviderTokenId } from '../locales/localizer.js';
import { askedFields, localizeProvider, isSecret, pathOf } from './provider-fields.js';

export interface TokenChange {
  readonly before: ProviderToken;
  readonly now: ProviderToken;
  readonly provider: Provider | undefined;
  readonly fields: ProviderTokensPolicy['fields'] | undefined;
  readonly localizer: Localizer<ProviderTokenId | ConflictId>;
  /** The draft, by path; of a secret, only that it was typed. */
  readonly mine?: Readonly<Partial<Record<string, string>>>;
}

const textNames = ['name', 'code', 'description'] as const;

/** A token's fields before and after somebody else's change, as they are shown: of a secret, no more than that it changed. */
export const comparedFields = ({
  before,
  now,
  provider: of,
  fields,
  localizer,
  mine = {},
}: TokenChange): ComparedField[] => {
  const provider = of && localizeProvider(of, localizer);
  const valueIn = (token: ProviderToken) => (path: string) => token.values[path.slice('values.'.length)] ?? '';
  const possible = provider?.fields ?? [];
  const texts = textNames
    .filter((path) => fields?.[path] !== 'hidden')
    .map((path) => ({
      path,
      label: localizer.text(`providerToken.${path}`),
      before: before[path] ?? '',
      now: now[path] ?? '',
      mine: mine[path],
    }));
  const values = possible
    .filter((field) => !isSecret(field))
    .map((field) => {
      const path = pathOf(field);
      const shown = (value: string) => field.options?.find(({ id }) => id === value)?.label ?? value;
      const own = mine[path];
      return {
        path,
        label: field.label,
        before: shown(valueIn(before)(path)),
        now: shown(valueIn(now)(path)),
        mine: own === undefined ? undefined : shown(own),
      };
    });
  const open = [...texts, ...values];
  // Nobody is told whether a secret was replaced: who typed one is asked; else it is told of where nothing else changed.
  const isChanged = open.some(({ before, now }) => before !== now);
  const secrets = provider ? askedFields(provider, valueIn(now)).filter(isSecret) : [];
  return [
    ...open,
    ...secrets.map((field) => {
      const path = pathOf(field);
      const isMine = mine[path] !== undefined;
      return {
        path,
        label: field.label,
        before: '',
        now: isMine || !isChanged ? localizer.text('conflict.replaced') : '',
        mine: isMine ? localizer.text('conflict.ownSecret') : undefined,
      };
    }),
  ];
};
