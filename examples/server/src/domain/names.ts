import type { Provider } from '@ai-cockpit/sdk/contract';

/** A name of the policy or of a provider's definition in each language: people search for the one that they read. */
export const namesOf = ({ name, messages = {} }: Pick<Provider, 'name' | 'messages'>): string[] => [
  name,
  ...Object.values(messages).flatMap((texts) => texts.name ?? []),
];
