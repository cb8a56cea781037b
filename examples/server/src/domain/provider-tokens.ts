import type {
  NewProviderToken,
  Owner,
  Page,
  Provider,
  ProviderToken,
  ProviderTokenPatch,
  ProviderTokensPolicy,
} from '@ai-cockpit/sdk/contract';
import type { Clock } from '../ports/clock.js';
import type { KeyWrapping } from '../ports/key-wrapping.js';
import type { Random } from '../ports/random.js';
import type { Catalogue, CatalogueProvider, Credential } from '../providers/catalogue.js';
import type { Values } from '../providers/templates.js';
import type { OwnerRef } from '../store/owners.js';
import type { PageRequest, Position } from '../store/page.js';
import { searchable } from '../store/search.js';
import type { Records } from '../store/store.js';
import type { ProviderTokenRow } from '../store/tables.js';
import type { ActivitySubject, Actor } from './activity.js';
import { type Bytes, fromUtf8, joined, utf8 } from '../values/bytes.js';
import type { Change } from './change.js';
import { type DataKey, dataKeyForWriting, findDataKey } from './data-keys.js';
import { EnvelopeError, keyIdOf, open, seal } from './envelope.js';
import { newId } from './ids.js';
import { instant, instantOrNull } from './instants.js';
import { namesOf } from './names.js';
import { presenceErrors } from './presence.js';
import { mergeValues, splitValues } from './provider-values.js';
import { type FieldError, orNotFound, ProblemError, throwFieldErrors } from './problem-error.js';
import { secretErrors } from './secret-guard.js';
import { tokenStatusIn } from './status-words.js';
import { checkTechnicalLimit } from './technical-limit.js';

type OwnerWithName = OwnerRef & Owner;

/** Written by `splitValues` only: text by text. */
const readValues = (json: string): Record<string, string> => JSON.parse(json) as Record<string, string>;

/** The status of the last check, or `expired` once the token has ended. */
const statusOf = ({ status, expiresAt }: ProviderTokenRow, now: number): ProviderToken['status'] =>
  expiresAt !== null && expiresAt <= now ? 'expired' : status;

/** The name of a token in activity and messages: its own, else its provider's. */
export const subjectOf = (
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
const additionalData = ({ ownerKind, ownerId, provider, id, fieldValues }: SealedIn): Bytes =>
  joined('provider token', ownerKind, ownerId, provider, id, fieldValues);

const searchText = (provider: CatalogueProvider, name: string, code: string | null, description: string): string =>
  searchable(name, code, description, ...namesOf(provider.description));

export interface TokenReadingContext {
  store: Pick<Records, 'providerTokens'>;
  clock: Clock;
}

export interface TokenWritingContext {
  store: Pick<Records, 'owners' | 'providerTokens'>;
  change: Change;
  random: Random;
  keyWrapping: KeyWrapping;
  catalogue: Catalogue;
}

/** The providers that these policies offer, in their order. */
export const offeredProviders = (
  { catalogue }: { catalogue: Catalogue },
  policies: readonly ProviderTokensPolicy[],
): Provider[] => {
  const ids = new Set(policies.flatMap(({ providers }) => providers));
  return [...ids].flatMap((id) => catalogue.get(id)?.description ?? []);
};

export const listProviderTokens = async (
  { store, clock }: TokenReadingContext,
  owner: OwnerWithName,
  request: PageRequest,
): Promise<Omit<Page<ProviderToken>, 'nextCursor'> & { next: Position | null }> => {
  const now = clock.now();
  const searched = { ...request, statusInWords: tokenStatusIn(request.q), now };
  const { rows, next } = await store.providerTokens.page(owner, searched);
  const total = await store.providerTokens.total(owner, searched);
  return { data: rows.map((row) => toProviderToken(row, owner, now)), next, total };
};

export const findProviderToken = async (
  { store, clock }: TokenReadingContext,
  owner: OwnerWithName,
  id: string,
): Promise<ProviderToken> =>
  toProviderToken(orNotFound(await store.providerTokens.find(owner, id)), owner, clock.now());

export const createProviderToken = async (
  context: TokenWritingContext,
  owner: OwnerWithName,
  actor: Actor,
  policy: ProviderTokensPolicy,
  input: NewProviderToken,
): Promise<ProviderToken> => {
  const { change, random, catalogue } = context;
  const provider = policy.providers.includes(input.provider) ? catalogue.get(input.provider) : undefined;
  if (!provider) throw new ProblemError('invalid', [{ path: 'provider', code: 'not_offered' }]);
  const { name = '', code = null, description = '' } = input;
  const { values, fieldErrors } = mergeValues(catalogue, provider, {}, input.values);
  const { open: openValues, secret } = splitValues(provider, values);
  const id = newId(random);

  const dataKey = await dataKeyForWriting(context, owner);
  return change(owner, actor, async ({ tx, now, record }) => {
    throwFieldErrors([
      ...presenceErrors(policy.fields, { name: input.name, code: input.code, description: input.description }),
      ...secretErrors(catalogue, { name, code, description }),
      ...(await secondTokenErrors(tx, owner, policy, input.provider)),
      ...(await duplicateErrors(tx, owner, id, name, code)),
      ...fieldErrors,
    ]);
    await checkTechnicalLimit('provider tokens', (most) => tx.providerTokens.count(owner, most));
    const recordContext: SealedIn = {
      id,
      ownerKind: owner.kind,
      ownerId: owner.id,
      provider: input.provider,
      fieldValues: JSON.stringify(openValues),
    };
    const row: ProviderTokenRow = {
      ...recordContext,
      name,
      code,
      description,
      search: searchText(provider, name, code, description),
      nameOrder: searchable(name),
      secret: await sealValues(random, dataKey, recordContext, secret),
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
    const detail = { provider: input.provider, code };
    await record({ action: 'provider_token.created', subject: subjectOf(catalogue, row), detail });
    return toProviderToken(row, owner, now);
  });
};

export const updateProviderToken = async (
  context: TokenWritingContext & { clock: Clock },
  owner: OwnerWithName,
  id: string,
  version: number,
  actor: Actor,
  policy: ProviderTokensPolicy,
  patch: ProviderTokenPatch,
): Promise<ProviderToken> => {
  if (Object.keys(patch).length === 0) {
    const token = await findProviderToken(context, owner, id);
    // Changed since its version was compared.
    if (token.version !== version) throw new ProblemError('version_stale');
    return token;
  }
  const { change, random, catalogue } = context;
  const dataKey = await findDataKey(context, owner);
  return change(owner, actor, async ({ tx, now, record }) => {
    const row = orNotFound(await tx.providerTokens.find(owner, id));
    if (row.version !== version) throw new ProblemError('version_stale');
    if (!dataKey) throw new EnvelopeError('The owner has no data key');
    const provider = orNotFound(catalogue.get(row.provider));
    const before = await openAllValues(dataKey, row);
    const { values, fieldErrors } = patch.values
      ? mergeValues(catalogue, provider, before, patch.values)
      : { values: before, fieldErrors: [] };
    const name = patch.name ?? row.name;
    const code = patch.code === undefined ? row.code : patch.code;
    const description = patch.description ?? row.description;
    throwFieldErrors([
      ...changedPresenceErrors(policy, patch),
      ...secretErrors(catalogue, { name: patch.name, code: patch.code, description: patch.description }),
      ...(await duplicateErrors(tx, owner, id, name, code)),
      ...fieldErrors,
    ]);

    const { open: openValues, secret } = splitValues(provider, values);
    // Values that are sent unchanged keep the result of the last check.
    const isChanged = JSON.stringify(splitValues(provider, before)) !== JSON.stringify({ open: openValues, secret });
    const fieldValues = JSON.stringify(openValues);
    const updated = await tx.providerTokens.update(id, version, {
      name,
      code,
      description,
      search: searchText(provider, name, code, description),
      nameOrder: searchable(name),
      updatedAt: now,
      ...(isChanged && {
        fieldValues,
        secret: await sealValues(random, dataKey, { ...row, fieldValues }, secret),
        status: 'untested',
        checkedAt: null,
        expiresAt: null,
      }),
    });
    if (!updated) throw new ProblemError('version_stale');
    const detail = { provider: row.provider, fields: Object.keys(patch).join(' ') };
    await record({ action: 'provider_token.updated', subject: subjectOf(catalogue, updated), detail });
    return toProviderToken(updated, owner, now);
  });
};

export const deleteProviderToken = (
  { change, catalogue }: Pick<TokenWritingContext, 'change' | 'catalogue'>,
  owner: OwnerWithName,
  id: string,
  version: number,
  actor: Actor,
): Promise<void> =>
  change(owner, actor, async ({ tx, record }) => {
    const row = orNotFound(await tx.providerTokens.find(owner, id));
    if (!(await tx.providerTokens.delete(id, version))) throw new ProblemError('version_stale');
    const detail = { provider: row.provider, code: row.code };
    await record({ action: 'provider_token.deleted', subject: subjectOf(catalogue, row), detail });
  });

/** The credential to send to the provider: secret. */
export const credentialOf = async (
  { catalogue }: { catalogue: Catalogue },
  dataKey: DataKey | null,
  row: ProviderTokenRow,
): Promise<Credential> => orNotFound(catalogue.get(row.provider)).credential(await openAllValues(dataKey, row));

const sealValues = (
  random: Random,
  { key, id: keyId }: DataKey,
  recordContext: SealedIn,
  secret: Values,
): Promise<Bytes> => seal(random, key, keyId, additionalData(recordContext), utf8(JSON.stringify(secret)));

const openAllValues = async (dataKey: DataKey | null, row: ProviderTokenRow): Promise<Values> => {
  if (!dataKey) throw new EnvelopeError('The owner has no data key');
  if (keyIdOf(row.secret) !== dataKey.id) throw new EnvelopeError('A secret is sealed under another data key');
  const secret = await open(dataKey.key, additionalData(row), row.secret);
  return { ...readValues(row.fieldValues), ...readValues(fromUtf8(secret)) };
};

/** Of what is sent: absent keeps, and so is never missing. */
const changedPresenceErrors = ({ fields }: ProviderTokensPolicy, patch: ProviderTokenPatch): FieldError[] => {
  const sent = { name: patch.name, code: patch.code, description: patch.description };
  const touched = Object.entries(sent).filter(([, value]) => value !== undefined);
  const rules = Object.fromEntries(touched.map(([name]) => [name, fields[name as keyof typeof fields]]));
  return presenceErrors(rules, sent);
};

/** Where there is one row a provider, an owner has one token there. */
const secondTokenErrors = async (
  tx: Records,
  owner: OwnerRef,
  { presentation }: ProviderTokensPolicy,
  provider: string,
): Promise<FieldError[]> => {
  if (presentation !== 'perProvider') return [];
  const isSecond = await tx.providerTokens.hasOfProvider(owner, provider);
  return isSecond ? [{ path: 'provider', code: 'duplicate' }] : [];
};

const duplicateErrors = async (
  tx: Records,
  owner: OwnerRef,
  id: string,
  name: string,
  code: string | null,
): Promise<FieldError[]> => {
  const fieldErrors: FieldError[] = [];
  if (name && (await tx.providerTokens.hasOtherNamed(owner, name, id)))
    fieldErrors.push({ path: 'name', code: 'duplicate' });
  if (code && (await tx.providerTokens.hasOtherCoded(owner, code, id)))
    fieldErrors.push({ path: 'code', code: 'duplicate' });
  return fieldErrors;
};
