import type { ApiKey, Owner, ProviderToken } from '@ai-cockpit/sdk/contract';
import type { TestServer } from '../harness.js';
import type { SequenceClock } from './clock.js';
import { request as sendUnread } from '../request.js';
import { type Exchange, type Sent, send } from '../security/exchange.js';
import {
  type Answer,
  type IfMatch,
  type KeyView,
  type Organization,
  type Person,
  type Place,
  type Request,
  roles,
  type TokenValues,
  type TokenView,
} from './requests.js';

type ListedKey = KeyView & { lastUsedAt: number | null };
type ListedToken = TokenView & { lastUsedAt: number | null };

const minuteOf = (instant: string): number => Math.floor(Date.parse(instant) / 60_000);
const minuteOrNull = (instant: string | null): number | null => (instant === null ? null : minuteOf(instant));

/** The fields that the two providers have for where a secret is sent, and for the secret. */
const fieldsOf = (provider: string) =>
  provider === 'jira'
    ? { destination: 'site', secret: 'token', suffix: '.atlassian.net' }
    : { destination: 'subdomain', secret: 'apiKey', suffix: '' };

const ifMatchOf = (ifMatch: IfMatch): Record<string, string> => {
  if (ifMatch === null) return {};
  return { 'If-Match': ifMatch === 'any' ? '*' : `"${ifMatch}"` };
};

/**
 * Sends the model's requests to a server, and puts the answers in the model's terms: names instead of secrets and people,
 * minutes instead of instants. Each client has people and organizations of its own.
 */
export class Client {
  readonly #server: TestServer;
  readonly #clock: SequenceClock;
  readonly #number: number;
  /** By their ids. */
  readonly #owners = new Map<string, Person | Organization>();
  /** The values of secrets, by their names. */
  readonly #secrets = new Map<string, string>();
  readonly #idempotencyKeys = new Map<number, string>();
  readonly #sessions = new Map<Person, { madeAt: number; token: Promise<string> }>();

  private constructor(server: TestServer, clock: SequenceClock, number: number) {
    this.#server = server;
    this.#clock = clock;
    this.#number = number;
  }

  /** @param number Which of the server's clients it is. */
  static async create(server: TestServer, clock: SequenceClock, number: number): Promise<Client> {
    const client = new Client(server, clock, number);
    clock.startDay();
    await client.#fillDirectory();
    return client;
  }

  /** The minute that the server's clock shows. */
  get now(): number {
    return Math.floor(this.#clock.now() / 60_000);
  }

  async send(request: Request): Promise<Answer> {
    if (request.do === 'listKeys' || request.do === 'listTokens') return this.#sendAllPages(request, request.pageSize);
    if (request.do === 'listAllKeys') return this.#sendAllPages(request, 100);
    const { path, sent } = await this.#http(request);
    return this.#read(request, await send(this.#server, path, sent));
  }

  /** The server carries the request out, and the answer is not read. */
  async sendUnread(request: Request): Promise<void> {
    const { path, sent } = await this.#http(request);
    const response = await sendUnread(this.#server, path, sent);
    await response.body?.cancel();
  }

  /** Waits until the server has stored when keys were used. */
  settled(): Promise<void> {
    return this.#server.settled();
  }

  /** Moves the server's clock on. */
  wait(minutes: number): void {
    this.#clock.wait(minutes);
  }

  /** The housekeeping that otherwise happens every minute. */
  sweep(): Promise<void> {
    return this.#server.sweep();
  }

  #idOf(name: Person | Organization): string {
    return `${name.toLowerCase()}-${this.#number}`;
  }

  async #fillDirectory(): Promise<void> {
    const { db } = this.#server.store;
    const organizations: Organization[] = ['acme', 'globex'];
    const people = Object.entries(roles).map(([person, places]) => ({
      // The entries of a record that has people as keys.
      person: person as Person,
      memberships: Object.entries(places).map(([organization, role], position) => ({
        userId: this.#idOf(person as Person),
        organizationId: this.#idOf(organization as Organization),
        role,
        position,
      })),
    }));
    for (const name of [...organizations, ...people.map(({ person }) => person)])
      this.#owners.set(this.#idOf(name), name);
    await db
      .insertInto('organization')
      .values(organizations.map((name) => ({ id: this.#idOf(name), name })))
      .execute();
    await db
      .insertInto('membership')
      .values(people.flatMap(({ memberships }) => memberships))
      .execute();
  }

  async #http(request: Request): Promise<{ path: string; sent: Sent }> {
    const { path, method, json, ifMatch = null, idempotencyKey } = this.#described(request);
    const headers: Record<string, string> = {
      ...ifMatchOf(ifMatch),
      // Wrong keys are counted by address: one client's do not use up another's allowance.
      'X-Forwarded-For': `10.${this.#number >> 16}.${(this.#number >> 8) & 255}.${this.#number & 255}`,
      ...(idempotencyKey !== undefined && { 'Idempotency-Key': this.#idempotencyKey(idempotencyKey) }),
    };
    const secret = request.do === 'useKey' ? request.secret : request.do === 'leaseByKey' ? request.secret : null;
    if (secret !== null) headers['X-API-KEY'] = this.#valueOf(secret);
    if ('by' in request) headers.Authorization = `Bearer ${await this.#session(request.by)}`;
    return { path, sent: { method, headers, ...(json !== undefined && { json }) } };
  }

  #described(request: Request): {
    path: string;
    method: string;
    json?: object;
    ifMatch?: IfMatch;
    idempotencyKey?: number;
  } {
    switch (request.do) {
      case 'createKey': {
        const { place, body: json, idempotencyKey } = request;
        return { path: `${this.#pathOf(place)}/api-keys`, method: 'POST', json, idempotencyKey };
      }
      case 'getKey':
        return { path: `${this.#pathOf(request.place)}/api-keys/${request.id}`, method: 'GET' };
      case 'revokeKey': {
        const { place, id, reason } = request;
        const json = reason === undefined ? {} : { reason };
        return { path: `${this.#pathOf(place)}/api-keys/${id}/revoke`, method: 'POST', json };
      }
      case 'revokeAnyKey':
        return { path: `/admin/api-keys/${request.id}/revoke`, method: 'POST', json: {} };
      case 'deleteKey': {
        const { place, id, ifMatch } = request;
        return { path: `${this.#pathOf(place)}/api-keys/${id}`, method: 'DELETE', ifMatch };
      }
      case 'listKeys':
        return { path: `${this.#pathOf(request.place)}/api-keys`, method: 'GET' };
      case 'listAllKeys':
        return { path: '/admin/api-keys', method: 'GET' };
      case 'useKey': {
        const { module } = request;
        return { path: `/integration/whoami${module === undefined ? '' : `?module=${module}`}`, method: 'GET' };
      }
      case 'createToken': {
        const { place, provider, body } = request;
        const { values, ...texts } = this.#tokenBody(provider, body);
        const json = {
          provider,
          ...texts,
          values: { ...values, ...(provider === 'jira' && { email: 'bot@acme.example' }) },
        };
        return { path: `${this.#pathOf(place)}/provider-tokens`, method: 'POST', json };
      }
      case 'updateToken': {
        const { place, id, provider, ifMatch, body } = request;
        const path = `${this.#pathOf(place)}/provider-tokens/${id}`;
        return { path, method: 'PATCH', ifMatch, json: this.#tokenBody(provider, body) };
      }
      case 'deleteToken': {
        const { place, id, ifMatch } = request;
        return { path: `${this.#pathOf(place)}/provider-tokens/${id}`, method: 'DELETE', ifMatch };
      }
      case 'listTokens':
        return { path: `${this.#pathOf(request.place)}/provider-tokens`, method: 'GET' };
      case 'leaseByKey':
      case 'leaseByPerson': {
        const { provider, code, organization } = request;
        const json = {
          provider,
          purpose: 'A test',
          ...(code !== undefined && { code }),
          ...(organization !== undefined && { organizationId: this.#idOf(organization) }),
        };
        return { path: '/integration/credentials', method: 'POST', json };
      }
    }
  }

  #pathOf(place: Place): string {
    return place === 'own' ? '' : `/organizations/${this.#idOf(place)}`;
  }

  #tokenBody(provider: string, { name, code, destination, secret }: TokenValues) {
    const fields = fieldsOf(provider);
    const values = {
      ...(destination !== undefined && { [fields.destination]: destination + fields.suffix }),
      ...(secret !== undefined && { [fields.secret]: this.#valueOf(secret) }),
    };
    return {
      ...(name !== undefined && { name }),
      ...(code !== undefined && { code }),
      ...(Object.keys(values).length > 0 && { values }),
    };
  }

  #idempotencyKey(number: number): string {
    const known = this.#idempotencyKeys.get(number) ?? crypto.randomUUID();
    this.#idempotencyKeys.set(number, known);
    return known;
  }

  /** Of the secrets that the client makes up itself, the name is the value. */
  #valueOf(secret: string): string {
    return this.#secrets.get(secret) ?? secret;
  }

  #nameOf(value: string): string {
    for (const [name, known] of this.#secrets) if (known === value) return name;
    const name = `secret ${this.#secrets.size + 1}`;
    this.#secrets.set(name, value);
    return name;
  }

  /** One for as long as the clock shows the same minute: signing takes longer than most requests. */
  #session(person: Person): Promise<string> {
    const known = this.#sessions.get(person);
    const madeAt = this.now;
    if (known?.madeAt === madeAt) return known.token;
    const token = this.#server.session(this.#idOf(person));
    this.#sessions.set(person, { madeAt, token });
    return token;
  }

  async #sendAllPages(request: Request, pageSize: number): Promise<Answer> {
    await this.settled();
    const { path, sent } = await this.#http(request);
    const answers: Answer[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: String(pageSize), ...(cursor !== null && { cursor }) });
      const exchange: Exchange<{ nextCursor?: string | null }> = await send(this.#server, `${path}?${query}`, sent);
      answers.push(this.#read(request, exchange));
      cursor = exchange.json.nextCursor ?? null;
    } while (cursor !== null);
    const [first, ...others] = answers;
    if (!first) throw new Error('A list has at least one page');
    return {
      ...first,
      ...(first.keys && { keys: [...first.keys, ...others.flatMap(({ keys = [] }) => keys)] }),
      ...(first.tokens && { tokens: [...first.tokens, ...others.flatMap(({ tokens = [] }) => tokens)] }),
    };
  }

  #read(request: Request, { outcome, faults, json }: Exchange): Answer {
    if (!/^2\d\d$/.test(outcome)) {
      const provider = 'provider' in request ? fieldsOf(request.provider) : null;
      const errors = faults.map((fault) => (provider ? fault.replace(`values.${provider.secret}`, 'secret') : fault));
      return { outcome: [outcome, ...errors.sort()].join(' ') };
    }
    // The answers of these operations by the contract.
    switch (request.do) {
      case 'createKey': {
        const { apiKey, secret } = json as { apiKey: ApiKey; secret: string | null };
        return { outcome, key: this.#keyIn(apiKey), secret: secret === null ? null : this.#nameOf(secret) };
      }
      case 'getKey':
      case 'revokeKey':
      case 'revokeAnyKey':
        return { outcome, key: this.#keyIn(json as ApiKey) };
      case 'listKeys':
      case 'listAllKeys': {
        const { data, remaining } = json as { data: ApiKey[]; remaining?: number | null };
        const keys = data.map(
          (each): ListedKey => ({ ...this.#keyIn(each), lastUsedAt: minuteOrNull(each.lastUsedAt) }),
        );
        return { outcome, keys, ...(remaining !== undefined && { remaining }) };
      }
      case 'useKey': {
        const { apiKeyId, owner, module, expiresAt } = json as Pick<ApiKey, 'owner' | 'module' | 'expiresAt'> & {
          apiKeyId: string;
        };
        const identity = { id: apiKeyId, owner: this.#ownerIn(owner), module, expiresAt: minuteOrNull(expiresAt) };
        return { outcome, identity };
      }
      case 'createToken':
      case 'updateToken':
        return { outcome, token: this.#tokenIn(json as ProviderToken) };
      case 'listTokens': {
        const { data } = json as { data: ProviderToken[] };
        const tokens = data.map(
          (each): ListedToken => ({ ...this.#tokenIn(each), lastUsedAt: minuteOrNull(each.lastUsedAt) }),
        );
        return { outcome, tokens };
      }
      case 'leaseByKey':
      case 'leaseByPerson':
        return { outcome, credential: credentialIn(json as { baseUrl: string; headers: Record<string, string> }) };
      case 'deleteKey':
      case 'deleteToken':
        return { outcome };
    }
  }

  #ownerIn({ kind, id }: Owner): Person | Organization {
    const owner = this.#owners.get(id);
    if (!owner || (kind === 'user') !== owner in roles) throw new Error(`Nobody knows the owner ${kind} ${id}`);
    return owner;
  }

  #keyIn(key: ApiKey): KeyView {
    return {
      id: key.id,
      owner: this.#ownerIn(key.owner),
      name: key.name,
      module: key.module,
      status: key.status,
      createdAt: minuteOf(key.createdAt),
      expiresAt: minuteOrNull(key.expiresAt),
      expiresOn: key.expiresOn,
      revokedAt: minuteOrNull(key.revokedAt),
      revocationReason: key.revocationReason,
      version: key.version,
    };
  }

  #tokenIn({ id, owner, provider, name, code, values, version }: ProviderToken): TokenView {
    const { destination, suffix } = fieldsOf(provider);
    return {
      id,
      owner: this.#ownerIn(owner),
      provider,
      name,
      code,
      destination: (values[destination] ?? '').replace(suffix, ''),
      version,
    };
  }
}

/** Jira's secret comes with an e-mail address, in Base64; Businessmap's as it is. */
const credentialIn = ({ baseUrl, headers }: { baseUrl: string; headers: Record<string, string> }) => {
  const basic = headers.Authorization?.replace('Basic ', '');
  return {
    destination: new URL(baseUrl).hostname.split('.')[0] ?? '',
    secret: basic === undefined ? (headers.apikey ?? '') : (atob(basic).split(':')[1] ?? ''),
  };
};
