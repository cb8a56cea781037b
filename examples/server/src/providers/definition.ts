import type { Provider } from '@ai-cockpit/sdk/contract';

/** All values of a token, the secret ones among them, by field. */
export type Values = Readonly<Record<string, string>>;

/** One provider: what people are told and asked, and how a credential is made of their answers. */
export interface ProviderDefinition {
  /** As the catalogue shows it. */
  description: Provider;
  /** Fields that decide where the secret is sent: whoever changes one must know the secret. */
  destinations: readonly string[];
  /** What a field's value must be beyond what its kind says. */
  accepts: Readonly<Record<string, (value: string) => boolean>>;
  /** What this provider's secrets look like, where they can be told: a hint, never a proof. */
  secretPattern: RegExp | null;
  baseUrl(values: Values): string;
  /** What to send with each request to the base URL: secret. */
  headers(values: Values): Record<string, string>;
}

/** The value of a field that validation has made sure of. */
export const valueOf = (values: Values, field: string): string => {
  const value = values[field];
  if (value === undefined) throw new Error(`A token was stored without its ${field}`);
  return value;
};
