import type {
  NewProviderToken,
  Owner,
  Page,
  Provider,
  ProviderToken,
  ProviderTokenPatch,
  ProviderTokensPolicy,
} from '@ai-cockpit/sdk/contract';
import type { Catalogue, CatalogueProvider, Credential } from '../providers/catalogue.js';
import type { Values } from '../providers/templates.js';
import type { OwnerRef } from '../store/owners.js';
import type { PageRequest, Position } from '../store/page.js';
import { searchable } from '../store/search.js';
import type { Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import type { ActivitySubject, Actor } from './activity.js';
import { type Bytes, fromUtf8, joined, utf8 } from '../values/bytes.js';
import type { DataKey } from './data-keys.js';
import { EnvelopeError, keyIdOf, open, seal } from './envelope.js';
import type { Environment } from './environment.js';
import { newId } from './ids.js';
import { instant, instantOrNull } from './instants.js';
import { namesOf } from './names.js';
import { presenceFaults } from './presence.js';
import { mergeValues, splitValues } from './provider-values.js';
import { type FieldFault, found, Refusal, refuseFaults } from './refusal.js';
import { secretFaults } from './secret-guard.js';
import { tokenStatusIn } from './status-words.js';
import { checkTechnicalLimit } from './technical-limit.js';

type OwnerWithName = OwnerRef & Owner;

/** Written by `splitValues` only: text by text. */
const readValues = (json: string): Record<string, string> => JSON.parse(json) as Record<string, string>;

/** The status of the last check, or `expired` once the token has ended. */
const statusOf = ({ status, expiresAt }: ProviderTokenRow, now: number): ProviderToken['status'] =>
  expiresAt !== null && expiresAt <= now ? 'expired' : status;

/** The name of a token in activity and messages: its own, else its provider's. */
const subjectOf = (
  catalogue: Catalogue,
  { id, name, provider }: Pick<ProviderTokenRow, 'id' | 'name' | 'provider'>,
): ActivitySubject => ({ id, name: name || (catalogue.get(provider)?.description.name ?? provider) });

const toProviderToken = (row: ProviderTokenRow, { kind, id, name }: OwnerWithName, now: number): ProviderToken => ({
  id: row.id,
  provider: row.provider,
  name: row.name,
  code: row.code,
  description: row.description,
  owner: { kind, id, name },
  values: readValues(row.fieldValues),
  status: statusOf(row, now),
  checkedAt: instantOrNull(row.checkedAt),
  expiresAt: instantOrNull(row.expiresAt),
  lastUsedAt: instantOrNull(row.lastUsedAt),
  createdAt: instant(row.createdAt),
  updatedAt: instant(row.updatedAt),
  version: row.version,
});

type SealedIn = Pick<ProviderTokenRow, 'id' | 'ownerKind' | 'ownerId' | 'provider' | 'fieldValues'>;

/**
 * A secret opens only where it was put: with this owner, for this provider, in this token, beside these values, so that
 * whoever can write to the database cannot have it sent to an address of theirs.
 */
const belongingTo = ({ ownerKind, ownerId, provider, id, fieldValues }: SealedIn): Bytes =>
  joined('provider token', ownerKind, ownerId, provider, id, fieldValues);

const searchText = (provider: CatalogueProvider, name: string, code: string | null, description: string): string =>
  searchable(name, code, description, ...namesOf(provider.description));

/** The credentials by which agents reach other services for a person or an organization. */
export class ProviderTokens {
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** The providers that these policies offer, in their order. */
  offered(policies: readonly ProviderTokensPolicy[]): Provider[] {
    const ids = new Set(policies.flatMap(({ providers }) => providers));
    return [...ids].flatMap((id) => this.#environment.catalogue.get(id)?.description ?? []);
  }

  subjectOf(row: ProviderTokenRow): ActivitySubject {
    return subjectOf(this.#environment.catalogue, row);
  }

  async page(
    owner: OwnerWithName,
    request: PageRequest,
  ): Promise<Omit<Page<ProviderToken>, 'nextCursor'> & { next: Position | null }> {
    const { store, clock } = this.#environment;
    const now = clock.now();
    const searched = { ...request, statusInWords: tokenStatusIn(request.q), now };
    const { rows, next } = await store.providerTokens.page(owner, searched);
    const total = await store.providerTokens.total(owner, searched);
    return { data: rows.map((row) => toProviderToken(row, owner, now)), next, total };
  }

  async get(owner: OwnerWithName, id: string): Promise<ProviderToken> {
    const { store, clock } = this.#environment;
    return toProviderToken(found(await store.providerTokens.find(owner, id)), owner, clock.now());
  }

  async create(
    owner: OwnerWithName,
    actor: Actor,
    policy: ProviderTokensPolicy,
    asked: NewProviderToken,
  ): Promise<ProviderToken> {
    const { store, clock, random, dataKeys, activity, catalogue } = this.#environment;
    const provider = policy.providers.includes(asked.provider) ? catalogue.get(asked.provider) : undefined;
    if (!provider) throw new Refusal('invalid', [{ path: 'provider', code: 'not_offered' }]);
    const { name = '', code = null, description = '' } = asked;
    const { values, faults } = mergeValues(catalogue, provider, {}, asked.values);
    const { open: openValues, secret } = splitValues(provider, values);
    const id = newId(random);

    const dataKey = await dataKeys.forWriting(store, owner);
    return store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      refuseFaults([
        ...presenceFaults(policy.fields, { name: asked.name, code: asked.code, description: asked.description }),
        ...secretFaults(catalogue, { name, code, description }),
        ...(await secondFaults(tx, owner, policy, asked.provider)),
        ...(await duplicateFaults(tx, owner, id, name, code)),
        ...faults,
      ]);
      await checkTechnicalLimit('provider tokens', (most) => tx.providerTokens.count(owner, most));
      const now = clock.now();
      const place: SealedIn = {
        id,
        ownerKind: owner.kind,
        ownerId: owner.id,
        provider: asked.provider,
        fieldValues: JSON.stringify(openValues),
      };
      const row: ProviderTokenRow = {
        ...place,
        name,
        code,
        description,
        search: searchText(provider, name, code, description),
        nameOrder: searchable(name),
        secret: await this.#sealed(dataKey, place, secret),
        // Until a check against the provider says more.
        status: 'untested',
        checkedAt: null,
        expiresAt: null,
        lastUsedAt: null,
        createdAt: now,
        updatedAt: now,
        version: 1,
      };
      await tx.providerTokens.add(row);
      const detail = { provider: asked.provider, code };
      await activity.record(tx, {
        action: 'provider_token.created',
        actor,
        owner,
        subject: this.subjectOf(row),
        detail,
      });
      return toProviderToken(row, owner, now);
    });
  }

  async update(
    owner: OwnerWithName,
    id: string,
    version: number,
    actor: Actor,
    policy: ProviderTokensPolicy,
    patch: ProviderTokenPatch,
  ): Promise<ProviderToken> {
    if (Object.keys(patch).length === 0) {
      const token = await this.get(owner, id);
      // Changed since its version was compared.
      if (token.version !== version) throw new Refusal('version_stale');
      return token;
    }
    const { store, clock, dataKeys, activity, catalogue } = this.#environment;
    const dataKey = await dataKeys.find(store, owner);
    return store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      const now = clock.now();
      const row = found(await tx.providerTokens.find(owner, id));
      if (row.version !== version) throw new Refusal('version_stale');
      if (!dataKey) throw new EnvelopeError('The owner has no data key');
      const provider = found(catalogue.get(row.provider));
      const before = await this.#valuesOf(dataKey, row);
      const { values, faults } = patch.values
        ? mergeValues(catalogue, provider, before, patch.values)
        : { values: before, faults: [] };
      const name = patch.name ?? row.name;
      const code = patch.code === undefined ? row.code : patch.code;
      const description = patch.description ?? row.description;
      refuseFaults([
        ...changedPresenceFaults(policy, patch),
        ...secretFaults(catalogue, { name: patch.name, code: patch.code, description: patch.description }),
        ...(await duplicateFaults(tx, owner, id, name, code)),
        ...faults,
      ]);

      const { open: openValues, secret } = splitValues(provider, values);
      // Values that are sent unchanged keep the result of the last check.
      const changes = JSON.stringify(splitValues(provider, before)) !== JSON.stringify({ open: openValues, secret });
      const fieldValues = JSON.stringify(openValues);
      const updated = await tx.providerTokens.update(id, version, {
        name,
        code,
        description,
        search: searchText(provider, name, code, description),
        nameOrder: searchable(name),
        updatedAt: now,
        ...(changes && {
          fieldValues,
          secret: await this.#sealed(dataKey, { ...row, fieldValues }, secret),
          status: 'untested',
          checkedAt: null,
          expiresAt: null,
        }),
      });
      if (!updated) throw new Refusal('version_stale');
      const detail = { provider: row.provider, fields: Object.keys(patch).join(' ') };
      await activity.record(tx, {
        action: 'provider_token.updated',
        actor,
        owner,
        subject: this.subjectOf(updated),
        detail,
      });
      return toProviderToken(updated, owner, now);
    });
  }

  async delete(owner: OwnerWithName, id: string, version: number, actor: Actor): Promise<void> {
    const { store, activity } = this.#environment;
    await store.transaction(async (tx) => {
      await tx.owners.lock(owner);
      const row = found(await tx.providerTokens.find(owner, id));
      if (!(await tx.providerTokens.delete(id, version))) throw new Refusal('version_stale');
      const detail = { provider: row.provider, code: row.code };
      await activity.record(tx, {
        action: 'provider_token.deleted',
        actor,
        owner,
        subject: this.subjectOf(row),
        detail,
      });
    });
  }

  /** The credential to send to the provider: secret. */
  async credentialOf(dataKey: DataKey | null, row: ProviderTokenRow): Promise<Credential> {
    const provider = found(this.#environment.catalogue.get(row.provider));
    return provider.credential(await this.#valuesOf(dataKey, row));
  }

  #sealed({ key, id: keyId }: DataKey, place: SealedIn, secret: Values): Promise<Bytes> {
    return seal(this.#environment.random, key, keyId, belongingTo(place), utf8(JSON.stringify(secret)));
  }

  async #valuesOf(dataKey: DataKey | null, row: ProviderTokenRow): Promise<Values> {
    if (!dataKey) throw new EnvelopeError('The owner has no data key');
    if (keyIdOf(row.secret) !== dataKey.id) throw new EnvelopeError('A secret is sealed under another data key');
    const secret = await open(dataKey.key, belongingTo(row), row.secret);
    return { ...readValues(row.fieldValues), ...readValues(fromUtf8(secret)) };
  }
}

/** Of what is sent: absent keeps, and so is never missing. */
const changedPresenceFaults = ({ fields }: ProviderTokensPolicy, patch: ProviderTokenPatch): FieldFault[] => {
  const sent = { name: patch.name, code: patch.code, description: patch.description };
  const touched = Object.entries(sent).filter(([, value]) => value !== undefined);
  const rules = Object.fromEntries(touched.map(([name]) => [name, fields[name as keyof typeof fields]]));
  return presenceFaults(rules, sent);
};

/** Where there is one row a provider, an owner has one token there. */
const secondFaults = async (
  tx: Records,
  owner: OwnerRef,
  { presentation }: ProviderTokensPolicy,
  provider: string,
): Promise<FieldFault[]> => {
  if (presentation !== 'perProvider') return [];
  const isSecond = await tx.providerTokens.hasOfProvider(owner, provider);
  return isSecond ? [{ path: 'provider', code: 'duplicate' }] : [];
};

const duplicateFaults = async (
  tx: Records,
  owner: OwnerRef,
  id: string,
  name: string,
  code: string | null,
): Promise<FieldFault[]> => {
  const faults: FieldFault[] = [];
  if (name && (await tx.providerTokens.hasOtherNamed(owner, name, id)))
    faults.push({ path: 'name', code: 'duplicate' });
  if (code && (await tx.providerTokens.hasOtherCoded(owner, code, id)))
    faults.push({ path: 'code', code: 'duplicate' });
  return faults;
};
