import type { NamedPolicy } from '../settings/policy-file.js';

/** A product of the demo, as people know it and as its addresses name it. */
export interface DemoProduct {
  /** The name in addresses and of the store. */
  id: string;
  name: string;
}

/** `harbour-desk` → `Harbour desk` */
const readable = (id: string): string => {
  const words = id.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The name in English, as the demo's own pages are; a policy without one is named after its file. */
export const demoProductOf = ({ name, policy }: NamedPolicy): DemoProduct => ({
  id: name,
  name: policy.messages?.['en']?.['productName'] ?? policy.productName ?? readable(name),
});
