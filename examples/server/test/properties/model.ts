import {
  type Answer,
  type IfMatch,
  type KeyView,
  type NewKey,
  type Person,
  type Place,
  type Request,
  roles,
  type Rules,
  type TokenView,
} from './requests.js';

/**
 * The server as the contract describes it, small and in memory: who may do what, and what each request answers. It knows
 * nothing of HTTP, databases or encryption.
 */

interface Key extends Omit<KeyView, 'status'> {
  secret: string | null;
  lastUsedAt: number | null;
}

/** A request that created a key, kept so that its repetition creates no second one. */
interface Creation {
  by: Person;
  idempotencyKey: number;
  content: string;
  at: number;
  /** Stays here once the key is deleted. */
  key: Key;
  hasSecret: boolean;
}

interface Token extends TokenView {
  secret: string;
  lastUsedAt: number | null;
}

interface Records {
  /** The oldest first. */
  keys: Key[];
  creations: Creation[];
  tokens: Token[];
}

type Presence = 'required' | 'optional' | 'hidden';
class Refused extends Error {}
const refuse = (outcome: string): never => {
  throw new Refused(outcome);
};
const refuseIfAny = (errors: readonly string[]): void => {
  if (errors.length) refuse(['422 invalid', ...[...errors].sort()].join(' '));
};
const orNotFound = <T>(found: T | undefined): T => found ?? refuse('404 not_found');

const tenMinutes = 10;
const day = 24 * 60;
const minuteOf = (text: string): number => Math.floor(Date.parse(text) / 60_000);
const dateOf = (minute: number): string => new Date(minute * 60_000).toISOString().slice(0, 10);

/** Texts that differ only in spaces around them, or in how an accent is encoded, are the same. */
const normalized = (text = ''): string => text.trim().normalize('NFC');

const isExpired = ({ expiresAt }: Key, now: number): boolean => expiresAt !== null && expiresAt <= now;
const isUsable = (key: Key, now: number): boolean => key.revokedAt === null && !isExpired(key, now);

const viewOf = ({ secret: _, lastUsedAt: __, ...key }: Key, now: number): KeyView => ({
  ...key,
  status: key.revokedAt !== null ? 'revoked' : key.expiresAt !== null && key.expiresAt <= now ? 'expired' : 'active',
});
const viewOfToken = ({ secret: _, lastUsedAt: __, ...token }: Token): TokenView => ({ ...token });

export class Model {
  readonly #rules: Rules;
  readonly #records: Records;

  constructor(rules: Rules, records: Records = { keys: [], creations: [], tokens: [] }) {
    this.#rules = rules;
    this.#records = records;
  }

  copy(): Model {
    return new Model(this.#rules, structuredClone(this.#records));
  }

  /** The same text for the same state. */
  fingerprint(): string {
    return JSON.stringify(this.#records);
  }

  /**
   * Does what the request asks for, and returns the answer. The server chooses ids and secrets: these are taken from
   * `observed`, its answer; `null` for an answer that was not read.
   */
  answer(request: Request, now: number, observed: Answer | null): Answer {
    try {
      return this.#answer(request, now, observed);
    } catch (error) {
      if (error instanceof Refused) return { outcome: error.message };
      throw error;
    }
  }

  #answer(request: Request, now: number, observed: Answer | null): Answer {
    switch (request.do) {
      case 'createKey':
        return this.#createKey(request, now, observed);
      case 'getKey': {
        const { key } = this.#keyOf(request);
        return { outcome: '200', key: viewOf(key, now) };
      }
      case 'revokeKey': {
        const { key, requireManage } = this.#keyOf(request);
        requireManage();
        this.#revoke(key, now, request.reason ?? null);
        return { outcome: '200', key: viewOf(key, now) };
      }
      case 'revokeAnyKey': {
        const key = orNotFound(this.#keysOfEverybody(request.by).find(({ id }) => id === request.id));
        this.#revoke(key, now, null);
        return { outcome: '200', key: viewOf(key, now) };
      }
      case 'deleteKey':
        return this.#deleteKey(request, now);
      case 'listKeys':
        return this.#listKeys(request, now, observed);
      case 'listAllKeys':
        return { outcome: '200', keys: listed(this.#keysOfEverybody(request.by), now, observed) };
      case 'useKey': {
        const { id, owner, module, expiresAt } = this.#presentKey(request.secret, now);
        if (module !== null && request.module !== undefined && module !== request.module)
          refuse('403 module_not_allowed');
        return { outcome: '200', identity: { id, owner, module, expiresAt } };
      }
      case 'createToken':
        return this.#createToken(request, observed);
      case 'updateToken':
        return this.#updateToken(request);
      case 'deleteToken': {
        const { token, requireManage } = this.#tokenOf(request);
        requireManage();
        requireVersion(request.ifMatch, token.version);
        this.#records.tokens = this.#records.tokens.filter((other) => other !== token);
        return { outcome: '204' };
      }
      case 'listTokens': {
        const { owner } = this.#reachTokens(request);
        const tokens = this.#tokensOf(owner).reverse();
        for (const [index, token] of tokens.entries()) token.id ??= observed?.tokens?.[index]?.id ?? null;
        return {
          outcome: '200',
          tokens: tokens.map((token) => ({ ...viewOfToken(token), lastUsedAt: token.lastUsedAt })),
        };
      }
      case 'leaseByKey':
        return leased(this.#tokenForKey(request, now), now);
      case 'leaseByPerson':
        return leased(this.#tokenForPerson(request), now);
    }
  }

  /** The owner that a path means, and what the person may do there. */
  #reach(by: Person, place: Place, offersTo: (kind: 'user' | 'organization') => boolean) {
    const role = place === 'own' ? 'owner' : orNotFound(roles[by][place]);
    if (role === 'viewer') refuse('403 forbidden');
    if (!offersTo(place === 'own' ? 'user' : 'organization')) refuse('403 not_offered');
    const requireManage = (): void => {
      if (role === 'member') refuse('403 forbidden');
    };
    return { owner: place === 'own' ? by : place, requireManage };
  }

  #reachKeys({ by, place }: { by: Person; place: Place }) {
    return this.#reach(by, place, (kind) => this.#rules.apiKeys.owner === kind);
  }

  #reachTokens({ by, place }: { by: Person; place: Place }) {
    return this.#reach(by, place, (kind) => this.#rules.providerTokens.owners.includes(kind));
  }

  #keysOf(owner: string): Key[] {
    return this.#records.keys.filter((key) => key.owner === owner);
  }

  #tokensOf(owner: string): Token[] {
    return this.#records.tokens.filter((token) => token.owner === owner);
  }

  #keyOf(request: { by: Person; place: Place; id: string }) {
    const reached = this.#reachKeys(request);
    return { ...reached, key: orNotFound(this.#keysOf(reached.owner).find(({ id }) => id === request.id)) };
  }

  #tokenOf(request: { by: Person; place: Place; id: string }) {
    const reached = this.#reachTokens(request);
    return { ...reached, token: orNotFound(this.#tokensOf(reached.owner).find(({ id }) => id === request.id)) };
  }

  /** The keys of the organizations that a person administers, and of their members. */
  #keysOfEverybody(by: Person): Key[] {
    const administered = (['acme', 'globex'] as const).filter((place) => roles[by][place] === 'administrator');
    if (administered.length === 0) refuse('403 forbidden');
    if (!this.#rules.listsAllKeys) refuse('403 not_offered');
    return this.#records.keys.filter(({ owner }) =>
      administered.some((place) => (owner in roles ? roles[owner as Person][place] : owner === place)),
    );
  }

  #createKey(
    { by, place, idempotencyKey, body }: Extract<Request, { do: 'createKey' }>,
    now: number,
    observed: Answer | null,
  ): Answer {
    const { owner, requireManage } = this.#reachKeys({ by, place });
    requireManage();
    const { keys, creations } = this.#records;
    const { limit, atLimit, presentation } = this.#rules.apiKeys;

    const name = normalized(body.name);
    const content = JSON.stringify([place, { ...body, name }]);
    const creation = creations.find(
      (each) => each.by === by && each.idempotencyKey === idempotencyKey && each.at > now - day,
    );
    if (creation) {
      if (creation.content !== content) refuse('422 idempotency_mismatch');
      const { key } = creation;
      key.id ??= observed?.key?.id ?? null;
      const isTold = creation.hasSecret && creation.at > now - tenMinutes;
      if (isTold) key.secret ??= observed?.secret ?? null;
      return { outcome: '201', key: viewOf(key, now), secret: isTold ? key.secret : null };
    }

    refuseIfAny(this.#errorsInKey(owner, body, now));
    const usable = this.#keysOf(owner).filter((key) => isUsable(key, now));
    const tooMany = limit === null ? 0 : usable.length + 1 - limit;
    if (tooMany > 0 && atLimit === 'reject') refuse('409 limit_reached');
    if (presentation === 'single') this.#deleteUnusable(owner, now);
    for (const key of usable.slice(0, Math.max(0, tooMany))) this.#revoke(key, now, null);

    const id = observed?.key?.id ?? null;
    const secret = observed?.secret ?? null;
    const isNew = !creations.some(({ key }) => (id !== null && key.id === id) || (secret && key.secret === secret));
    const key: Key = {
      id: isNew ? id : null,
      owner,
      name,
      module: body.module ?? null,
      createdAt: now,
      ...this.#endOf(body, now),
      revokedAt: null,
      revocationReason: null,
      version: 1,
      secret: isNew ? secret : null,
      lastUsedAt: null,
    };
    keys.push(key);
    creations.push({ by, idempotencyKey, content, at: now, key, hasSecret: true });
    return { outcome: '201', key: viewOf(key, now), secret: key.secret ?? 'a new secret' };
  }

  #endOf({ expiresAt, expiresInDays }: NewKey, now: number): Pick<Key, 'expiresAt' | 'expiresOn'> {
    if (expiresInDays !== undefined) return { expiresAt: now + expiresInDays * day, expiresOn: null };
    if (expiresAt === undefined) return { expiresAt: null, expiresOn: null };
    const isDate = /^\d{4}-\d{2}-\d{2}$/.test(expiresAt);
    return isDate
      ? { expiresAt: minuteOf(`${expiresAt}T23:59:59Z`), expiresOn: expiresAt }
      : { expiresAt: minuteOf(expiresAt), expiresOn: null };
  }

  #errorsInKey(owner: string, body: NewKey, now: number): string[] {
    const { fields, modules, uniqueNames, expiry } = this.#rules.apiKeys;
    const name = normalized(body.name);
    const errors = presenceErrors('name', fields.name, body.name);
    if (uniqueNames && name && this.#keysOf(owner).some((key) => key.revokedAt === null && key.name === name))
      errors.push('name:duplicate');
    if (body.module !== undefined && !modules.some(({ id }) => id === body.module)) errors.push('module:not_offered');
    const { expiresAt, expiresInDays } = body;
    if (expiresInDays !== undefined && !expiry.choicesInDays.includes(expiresInDays))
      errors.push('expiresInDays:not_offered');
    if (expiry.mode === 'required' && expiresAt === undefined && expiresInDays === undefined)
      errors.push('expiresInDays:required');
    const end = this.#endOf(body, now);
    const isOver = end.expiresOn === null ? (end.expiresAt ?? now + 1) <= now : end.expiresOn <= dateOf(now);
    if (isOver) errors.push('expiresAt:not_in_future');
    return errors;
  }

  #revoke(key: Key, now: number, reason: string | null): void {
    if (key.revokedAt !== null) return;
    Object.assign(key, { revokedAt: now, revocationReason: reason, version: key.version + 1 });
    this.#forgetSecret(key);
  }

  #forgetSecret(key: Key): void {
    for (const creation of this.#records.creations) if (creation.key === key) creation.hasSecret = false;
  }

  /** A repeated creation is still answered, with the key as it was, revoked. */
  #delete(key: Key, now: number): void {
    this.#forgetSecret(key);
    key.revokedAt ??= now;
    this.#records.keys.splice(this.#records.keys.indexOf(key), 1);
  }

  #deleteUnusable(owner: string, now: number): void {
    for (const key of this.#keysOf(owner)) if (!isUsable(key, now)) this.#delete(key, now);
  }

  #deleteKey(request: Extract<Request, { do: 'deleteKey' }>, now: number): Answer {
    const { key, owner, requireManage } = this.#keyOf(request);
    requireManage();
    requireVersion(request.ifMatch, key.version);
    const { removal, presentation } = this.#rules.apiKeys;
    if (removal === 'revokeThenDelete' && isUsable(key, now)) refuse('409 not_revoked');
    this.#delete(key, now);
    if (presentation === 'single') this.#deleteUnusable(owner, now);
    return { outcome: '204' };
  }

  #listKeys(request: Extract<Request, { do: 'listKeys' }>, now: number, observed: Answer | null): Answer {
    const { owner } = this.#reachKeys(request);
    const keys = this.#keysOf(owner);
    const { limit } = this.#rules.apiKeys;
    const usable = keys.filter((key) => isUsable(key, now)).length;
    return {
      outcome: '200',
      keys: listed(keys, now, observed),
      remaining: limit === null ? null : Math.max(0, limit - usable),
    };
  }

  #presentKey(secret: string, now: number): Key {
    const key = this.#records.keys.find((each) => each.secret === secret && isUsable(each, now));
    if (!key) return refuse('401 unauthenticated');
    key.lastUsedAt = now;
    return key;
  }

  #createToken(
    { by, place, provider, body }: Extract<Request, { do: 'createToken' }>,
    observed: Answer | null,
  ): Answer {
    const { owner, requireManage } = this.#reachTokens({ by, place });
    requireManage();
    const { fields, presentation } = this.#rules.providerTokens;
    const name = normalized(body.name);
    const code = body.code ?? null;
    const others = this.#tokensOf(owner);
    const errors = [
      ...presenceErrors('name', fields.name, body.name),
      ...presenceErrors('code', fields.code, body.code),
    ];
    if (presentation === 'perProvider' && others.some((other) => other.provider === provider))
      errors.push('provider:duplicate');
    refuseIfAny([...errors, ...duplicateErrors(others, name, code)]);
    const id = observed?.token?.id ?? null;
    const isNew = !this.#records.tokens.some((other) => other.id === id);
    const token: Token = {
      id: isNew ? id : null,
      owner,
      provider,
      name,
      code,
      destination: body.destination ?? '',
      version: 1,
      secret: body.secret ?? '',
      lastUsedAt: null,
    };
    this.#records.tokens.push(token);
    return { outcome: '201', token: viewOfToken(token) };
  }

  #updateToken(request: Extract<Request, { do: 'updateToken' }>): Answer {
    const { token, owner, requireManage } = this.#tokenOf(request);
    requireManage();
    requireVersion(request.ifMatch, token.version);
    const { name, code, destination, secret } = request.body;
    const others = this.#tokensOf(owner).filter((other) => other !== token);
    const errors = duplicateErrors(others, normalized(name), code ?? null);
    // Else a secret could be had sent to an address of one's own.
    if (destination !== undefined && destination !== token.destination && secret === undefined)
      errors.push('secret:secret_required');
    refuseIfAny(errors);
    if (name !== undefined) token.name = normalized(name);
    if (code !== undefined) token.code = code;
    if (destination !== undefined) token.destination = destination;
    if (secret !== undefined) token.secret = secret;
    if (Object.keys(request.body).length) token.version += 1;
    return { outcome: '200', token: viewOfToken(token) };
  }

  #newestToken(owner: string, { provider, code }: { provider: string; code?: string }): Token | undefined {
    return this.#tokensOf(owner).findLast(
      (token) => token.provider === provider && (code === undefined || token.code === code),
    );
  }

  /** A key reaches its owner's tokens and no others. */
  #tokenForKey(request: Extract<Request, { do: 'leaseByKey' }>, now: number): Token | undefined {
    const { owner, module } = this.#presentKey(request.secret, now);
    if (module !== null && module !== 'agents') refuse('403 module_not_allowed');
    const { organization = owner } = request;
    return organization === owner ? this.#newestToken(owner, request) : undefined;
  }

  /** A person reaches their own tokens first, then the organization's. */
  #tokenForPerson(request: Extract<Request, { do: 'leaseByPerson' }>): Token | undefined {
    const { by, organization } = request;
    const role = organization && orNotFound(roles[by][organization]);
    const own = this.#newestToken(by, request);
    if (own || organization === undefined) return own;
    if (role === 'viewer') refuse('403 forbidden');
    return this.#newestToken(organization, request);
  }
}

const leased = (found: Token | undefined, now: number): Answer => {
  const token = orNotFound(found);
  token.lastUsedAt = now;
  return { outcome: '200', credential: { destination: token.destination, secret: token.secret } };
};

/** The newest first. */
const listed = (keys: readonly Key[], now: number, observed: Answer | null) =>
  keys.toReversed().map((key, index) => {
    key.id ??= observed?.keys?.[index]?.id ?? null;
    return { ...viewOf(key, now), lastUsedAt: key.lastUsedAt };
  });

const requireVersion = (ifMatch: IfMatch, version: number): void => {
  if (ifMatch === null) refuse('428 version_required');
  if (ifMatch !== 'any' && ifMatch !== version) refuse('412 version_stale');
};

const presenceErrors = (field: string, presence: Presence, value: string | undefined): string[] => {
  if (presence === 'hidden') return value === undefined ? [] : [`${field}:not_offered`];
  return presence === 'required' && !value ? [`${field}:required`] : [];
};

const duplicateErrors = (others: readonly Token[], name: string, code: string | null): string[] => [
  ...(name && others.some((other) => other.name === name) ? ['name:duplicate'] : []),
  ...(code !== null && others.some((other) => other.code === code) ? ['code:duplicate'] : []),
];
