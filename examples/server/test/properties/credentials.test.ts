import type { HostPolicy } from '@ai-cockpit/sdk/contract';
import { aiCockpitOne } from '@ai-cockpit/sdk/presets';
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { databases, startServer } from '../harness.js';
import { Client } from './client.js';
import { SequenceClock } from './clock.js';
import { sequence, type Step } from './commands.js';
import type { Rules } from './requests.js';
import { Sequence } from './sequence.js';

/** The same sequences in each run. */
const seed = Number(process.env.FC_SEED ?? 20_260_615);
/** How many sequences on each database. */
const runs = Number(process.env.FC_RUNS ?? 1002);

const { apiKeys, providerTokens } = aiCockpitOne;
if (!apiKeys || !providerTokens) throw new Error('AI Cockpit One offers keys and tokens');

const rulesOf = ({
  listsAllKeys = false,
  ...rules
}: {
  keys: Partial<typeof apiKeys>;
  tokens: Partial<typeof providerTokens>;
  listsAllKeys?: boolean;
}): Rules => ({
  apiKeys: { ...apiKeys, columns: ['createdAt', 'status'], ...rules.keys },
  providerTokens: { ...providerTokens, providers: ['jira', 'businessmap'], ...rules.tokens },
  listsAllKeys,
});

const hosts: [name: string, rules: Rules][] = [
  [
    "an organization's keys, two at most",
    rulesOf({
      keys: {
        limit: 2,
        fields: { name: 'optional', description: 'hidden' },
        uniqueNames: true,
        removal: 'revokeThenDelete',
      },
      tokens: { fields: { name: 'optional', code: 'optional', description: 'hidden' } },
    }),
  ],
  [
    'two keys of one’s own, the third in place of the first',
    rulesOf({
      keys: {
        owner: 'user',
        limit: 2,
        atLimit: 'replace',
        fields: { name: 'required', description: 'hidden' },
        uniqueNames: true,
      },
      tokens: { fields: { name: 'required', code: 'required', description: 'hidden' } },
      listsAllKeys: true,
    }),
  ],
  [
    'a single key, and one token for each provider',
    rulesOf({
      keys: {
        owner: 'user',
        presentation: 'single',
        limit: 1,
        atLimit: 'replace',
        fields: { name: 'hidden', description: 'hidden' },
        modules: [],
        expiry: { ...apiKeys.expiry, mode: 'required', input: 'choices', choicesInDays: [1, 30], custom: false },
      },
      tokens: {
        owners: ['user'],
        presentation: 'perProvider',
        fields: { name: 'hidden', code: 'hidden', description: 'hidden' },
      },
    }),
  ],
];

const policyOf = ({ apiKeys: keys, providerTokens: tokens, listsAllKeys }: Rules): HostPolicy => ({
  ...aiCockpitOne,
  apiKeys: keys,
  providerTokens: tokens,
  administration: listsAllKeys ? { listsAllKeys } : null,
});

type Failure = Pick<fc.RunDetails<[Step[]]>, 'seed' | 'numRuns' | 'errorInstance'>;

/** Tells the shortest sequence that fails, in words. */
const failureOf = ({ seed: usedSeed, numRuns, errorInstance }: Failure): Error => {
  const told = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  const cause = errorInstance instanceof Error ? errorInstance.cause : undefined;
  return new Error(`Sequence ${numRuns} with FC_SEED=${usedSeed} failed; the shortest that fails:\n${told}`, { cause });
};

describe.each(databases)('sequences of requests on %s', (database) => {
  // At the same time: while one waits for its database, another goes on.
  it.concurrent.each(hosts)(
    '%s: any sequence, also of requests at once and of lost answers, is answered as the model says',
    { timeout: 120_000 + runs * 600 },
    async (_, rules) => {
      const clock = new SequenceClock();
      const server = await startServer({
        database,
        clock,
        policy: policyOf(rules),
        // Each sequence comes from an address of its own, and takes less time than anything is kept for.
        env: { TRUSTED_PROXIES: '127.0.0.1', ACTIVITY_RETENTION_DAYS: '36500' },
      });
      let clients = 0;
      const property = fc.asyncProperty(sequence, async (steps) => {
        const client = await Client.create(server, clock, ++clients);
        await new Sequence(client, rules).run(steps);
      });
      try {
        const result = await fc.check(property, { seed, numRuns: Math.ceil(runs / hosts.length) });
        if (result.failed) throw failureOf(result);
      } finally {
        await server.close();
      }
    },
  );
});
