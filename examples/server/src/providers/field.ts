import type { ProviderField } from '@ai-cockpit/sdk/contract';

/** A field, required and unconditional unless said otherwise. */
export const field = (
  id: string,
  label: string,
  kind: ProviderField['kind'],
  more: Partial<ProviderField> = {},
): ProviderField => ({ id, label, kind, required: true, hint: null, placeholder: null, when: null, ...more });
