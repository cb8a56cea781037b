import type { Client } from './client.js';
import type { Command, Expiry, Sent, Step, TokenChange, Version } from './commands.js';
import { type Exchange, statesAfter } from './linearizability.js';
import { Model } from './model.js';
import {
  type Answer,
  type IfMatch,
  type KeyView,
  type NewKey,
  type Person,
  type Place,
  type Request,
  type Rules,
  type TokenValues,
  type TokenView,
} from './requests.js';
import { describeAnswer, describeDifference, describeRequest, type NameOf } from './words.js';

/** A key or token as the client last saw it, and by which path. */
interface Known {
  id: string;
  by: Person;
  place: Place;
  version: number;
}
type KnownKey = Known & { secret: string | null };
type KnownToken = Known & { provider: string };

type Creation = Extract<Request, { do: 'createKey' }>;

interface Outgoing {
  request: Request;
  isLost: boolean;
}

/** The server and the model do not agree. */
class Disagreement extends Error {
  override readonly name = 'Disagreement';
}

const dateIn = (minute: number, days: number): string =>
  new Date((minute + days * 24 * 60) * 60_000).toISOString().slice(0, 10);

/** The item of a list that a command means, however short the list is. */
const pick = <T>(items: readonly T[], index: number): T | undefined => items[index % items.length];

/** One run of steps against the server and, answer by answer, against the model. */
export class Sequence {
  readonly #client: Client;
  readonly #rules: Rules;
  /** The states that the server can be in, by its answers. */
  #possible: readonly Model[];
  readonly #creations: Creation[] = [];
  readonly #keys: KnownKey[] = [];
  readonly #tokens: KnownToken[] = [];
  /** Lists that the requests so far may have changed. */
  readonly #lists = new Map<string, Request>();
  #valuesMade = 0;
  /** The steps so far in words. */
  readonly #story: string[] = [];

  constructor(client: Client, rules: Rules) {
    this.#client = client;
    this.#rules = rules;
    this.#possible = [new Model(rules)];
  }

  /** Takes the steps, then looks at everything once more. An error tells the steps so far. */
  async run(steps: readonly Step[]): Promise<void> {
    try {
      for (const step of steps) await this.#take(step);
      const uses = this.#keys.flatMap(({ secret }): Request[] => (secret === null ? [] : [{ do: 'useKey', secret }]));
      for (const request of [...uses, ...this.#lists.values()]) await this.#exchange([{ request, isLost: false }]);
    } catch (error) {
      if (error instanceof Disagreement) throw error;
      throw new Disagreement(this.#tell([String(error)]), { cause: error });
    }
  }

  async #take(step: Step): Promise<void> {
    switch (step.do) {
      case 'wait':
        this.#client.wait(step.minutes);
        this.#story.push(`The clock moves on by ${step.minutes} minutes.`);
        return;
      case 'sweep':
        await this.#client.sweep();
        this.#story.push('The server does its housekeeping.');
        return;
      case 'listKeys':
      case 'listTokens': {
        const request = { ...step, place: step.place ?? this.#placeOfKeys(step.by) };
        return this.#exchange([{ request, isLost: false }]);
      }
      case 'listAllKeys':
        return this.#exchange([{ request: step, isLost: false }]);
      case 'atOnce':
        return this.#exchange(step.requests.flatMap((sent) => this.#prepare(sent)));
      default:
        return this.#exchange(this.#prepare(step));
    }
  }

  /** Sends requests, at once where there are several, and holds the answers against the model. */
  async #exchange(outgoing: readonly Outgoing[]): Promise<void> {
    if (outgoing.length === 0) return;
    const { now } = this.#client;
    const exchanges = await Promise.all(
      outgoing.map(async ({ request, isLost }): Promise<Exchange> => {
        if (!isLost) return { request, answer: await this.#client.send(request) };
        await this.#client.sendUnread(request);
        return { request, answer: null };
      }),
    );
    for (const exchange of exchanges) this.#learn(exchange);
    const lines = exchanges.map(({ request, answer }) => {
      const told = answer ? describeAnswer(answer, this.#nameOf) : 'the answer is lost';
      return `${describeRequest(request, this.#nameOf)} → ${told}`;
    });
    this.#story.push(lines.length > 1 ? ['At once:', ...lines].join('\n   - ') : lines.join());

    const consequence = statesAfter(this.#possible, exchanges, now);
    if ('possible' in consequence) this.#possible = consequence.possible;
    else throw new Disagreement(this.#tell(this.#reasons(consequence.expected)));
  }

  #tell(reasons: readonly string[]): string {
    return [...this.#story.map((line, index) => `${index + 1}. ${line}`), ...reasons].join('\n');
  }

  #reasons(expected: readonly { at: Exchange; expected: Answer }[]): string[] {
    const reasons = expected.map(
      ({ at, expected: answer }) =>
        `${describeRequest(at.request, this.#nameOf)}: ${describeDifference(answer, at.answer, this.#nameOf)}`,
    );
    const order = expected.length > 1 ? ['In whatever order the last requests are carried out:'] : [];
    return [...order, ...new Set(reasons)];
  }

  readonly #nameOf: NameOf = (id) => {
    const key = this.#keys.findIndex((each) => each.id === id);
    if (key >= 0) return `key ${key + 1}`;
    const token = this.#tokens.findIndex((each) => each.id === id);
    return token >= 0 ? `token ${token + 1}` : 'another id';
  };

  #learn({ request, answer }: Exchange): void {
    if (request.do === 'createKey') this.#willList('listKeys', request);
    if (request.do === 'createToken') this.#willList('listTokens', request);
    if (!answer) return;
    const { key, keys = [], secret = null, token, tokens = [] } = answer;
    if (!('place' in request)) return;
    for (const each of key ? [key] : keys) this.#learnKey(each, request, secret);
    for (const each of token ? [token] : tokens) this.#learnToken(each, request);
  }

  /** At the end, by somebody who may. */
  #willList(list: 'listKeys' | 'listTokens', request: { by: Person; place: Place }): void {
    const { place } = request;
    const by = place === 'own' ? request.by : place === 'acme' ? 'Ada' : 'Max';
    this.#lists.set(`${list} ${by} ${place}`, { do: list, by, place, pageSize: 25 });
  }

  #learnKey({ id, version }: KeyView, { by, place }: { by: Person; place: Place }, secret: string | null): void {
    if (id === null) return;
    const known = this.#keys.find((each) => each.id === id);
    if (known) Object.assign(known, { version, secret: known.secret ?? secret });
    else this.#keys.push({ id, by, place, version, secret });
  }

  #learnToken({ id, version, provider }: TokenView, { by, place }: { by: Person; place: Place }): void {
    if (id === null) return;
    const known = this.#tokens.find((each) => each.id === id);
    if (known) known.version = version;
    else this.#tokens.push({ id, by, place, version, provider });
  }

  /** The request of a command, with what the client knows now; none where the command means something that it does not. */
  #prepare({ isLost, ...command }: Sent): Outgoing[] {
    const request = this.#requestOf(command);
    return request ? [{ request, isLost }] : [];
  }

  #requestOf(command: Command): Request | undefined {
    switch (command.do) {
      case 'createKey': {
        const { by, place } = command;
        const idempotencyKey = this.#creations.length + 1;
        const body = this.#newKey(command);
        return this.#remembered({ do: 'createKey', by, place: place ?? this.#placeOfKeys(by), idempotencyKey, body });
      }
      case 'repeatCreation': {
        const creation = pick(this.#creations, command.creation);
        return creation && this.#repetition(creation, command.change);
      }
      case 'useKey': {
        const secret = pick(this.#keys, command.key)?.secret;
        return secret ? { do: 'useKey', secret, ...(command.module && { module: command.module }) } : undefined;
      }
      case 'getKey':
      case 'revokeKey':
      case 'revokeAnyKey':
      case 'deleteKey': {
        const key = pick(this.#keys, command.key);
        if (!key) return undefined;
        const { id, place } = key;
        const by = command.by ?? key.by;
        if (command.do === 'revokeAnyKey') return { do: 'revokeAnyKey', by, id };
        if (command.do === 'getKey') return { do: 'getKey', by, place, id };
        if (command.do === 'deleteKey')
          return { do: 'deleteKey', by, place, id, ifMatch: ifMatchOf(command.version, key) };
        return { do: 'revokeKey', by, place, id, ...(command.hasReason && { reason: 'No longer needed' }) };
      }
      case 'createToken': {
        const { by, place, provider } = command;
        const { name, code } = this.#rules.providerTokens.fields;
        const body = {
          ...(name !== 'hidden' && command.name && { name: command.name }),
          ...(code !== 'hidden' && command.code && { code: command.code }),
          destination: 'first',
          secret: this.#newValue(),
        };
        return { do: 'createToken', by, place: place ?? this.#placeOfKeys(by), provider, body };
      }
      case 'updateToken':
      case 'deleteToken': {
        const token = pick(this.#tokens, command.token);
        if (!token) return undefined;
        const { id, place, provider } = token;
        const by = command.by ?? token.by;
        const ifMatch = ifMatchOf(command.version, token);
        if (command.do === 'deleteToken') return { do: 'deleteToken', by, place, id, ifMatch };
        return { do: 'updateToken', by, place, id, provider, ifMatch, body: this.#changed(command.change) };
      }
      case 'leaseByKey':
      case 'leaseByPerson': {
        const { provider, code, organization } = command;
        const leased = { provider, ...(code !== null && { code }), ...(organization !== null && { organization }) };
        if (command.do === 'leaseByPerson') return { do: 'leaseByPerson', by: command.by, ...leased };
        const secret = pick(this.#keys, command.key)?.secret;
        return secret ? { do: 'leaseByKey', secret, ...leased } : undefined;
      }
    }
  }

  #placeOfKeys(by: Person): Place {
    if (this.#rules.apiKeys.owner === 'user') return 'own';
    return by === 'Gus' ? 'globex' : 'acme';
  }

  /** As much of a new key as the policy asks for. */
  #newKey({ name, module, expiry }: { name: string; module: string | null; expiry: Expiry }): NewKey {
    const { fields, modules } = this.#rules.apiKeys;
    return {
      ...(fields.name !== 'hidden' && name && { name }),
      ...(modules.length > 0 && module && { module }),
      ...this.#expiry(expiry),
    };
  }

  #expiry(expiry: Expiry): NewKey {
    const { mode, input } = this.#rules.apiKeys.expiry;
    if (mode === 'none' || expiry === 'none') return {};
    if (input === 'choices') return { expiresInDays: { short: 1, long: 30, refused: 2 }[expiry] };
    const { now } = this.#client;
    const inAnHour = new Date((now + 60) * 60_000).toISOString();
    return { expiresAt: { short: inAnHour, long: dateIn(now, 1), refused: dateIn(now, 0) }[expiry] };
  }

  #remembered(creation: Creation): Creation {
    this.#creations.push(creation);
    return creation;
  }

  #repetition(creation: Creation, change: 'none' | 'body' | 'person' | 'place'): Creation {
    const { by, place, body } = creation;
    switch (change) {
      case 'none':
        return creation;
      case 'body':
        return { ...creation, body: { ...body, ...(body.expiresInDays ? { expiresInDays: 30 } : { name: 'other' }) } };
      case 'person':
        return this.#remembered({ ...creation, by: by === 'Ada' ? 'Max' : 'Ada' });
      case 'place':
        return this.#remembered({ ...creation, place: place === 'acme' ? 'globex' : 'acme' });
    }
  }

  /** A value of a provider's token that is nowhere else. */
  #newValue(): string {
    this.#valuesMade += 1;
    return `value-${this.#valuesMade}`;
  }

  #changed(change: TokenChange): TokenValues {
    const { name, code } = this.#rules.providerTokens.fields;
    switch (change) {
      case 'secret':
        return { secret: this.#newValue() };
      case 'name':
        return name === 'hidden' ? {} : { name: 'blue' };
      case 'code':
        return code === 'hidden' ? {} : { code: 'two' };
      case 'destination':
        return { destination: 'second' };
      case 'destination and secret':
        return { destination: 'second', secret: this.#newValue() };
      case 'nothing':
        return {};
    }
  }
}

const ifMatchOf = (version: Version, known: Known): IfMatch => {
  switch (version) {
    case 'known':
      return known.version;
    case 'any':
      return 'any';
    case 'stale':
      return known.version + 7;
    case 'missing':
      return null;
  }
};
