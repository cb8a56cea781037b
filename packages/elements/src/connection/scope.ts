import type { Cockpit } from '@ai-cockpit/sdk';
import { createContext } from '@lit/context';

/** What `<cockpit-client>` gives to every element below it. */
export interface Scope {
  readonly client: Cockpit | undefined;
  readonly organizationId: string | undefined;
  readonly locale: string | undefined;
}

/** A registered symbol, so that two copies of this package on one page find each other. */
export const scopeContext = createContext<Scope>(Symbol.for('@ai-cockpit/elements:scope'));
