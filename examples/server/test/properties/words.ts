import type { Answer, IfMatch, Place, Request } from './requests.js';

/** The number of a key or token, by its id: `key 1`. */
export type NameOf = (id: string) => string;

const at = (place: Place): string => (place === 'own' ? 'of their own' : `of ${place}`);
const quoted = (text = ''): string => `“${text}”`;
const members = (body: object): string =>
  Object.entries(body)
    .map(([name, value]) => `${name} ${quoted(String(value))}`)
    .join(', ') || 'nothing';

const matching = (ifMatch: IfMatch): string => {
  if (ifMatch === null) return 'without If-Match';
  return ifMatch === 'any' ? 'whatever its version' : `at version ${ifMatch}`;
};

const leasing = ({
  provider,
  code,
  organization,
}: {
  provider: string;
  code?: string;
  organization?: string;
}): string =>
  [
    `leases a ${provider} token`,
    ...(code === undefined ? [] : [`with the code ${quoted(code)}`]),
    ...(organization === undefined ? [] : [`also of ${organization}`]),
  ].join(' ');

/** A request as a sentence without its end, and without a secret. */
export const describeRequest = (request: Request, nameOf: NameOf): string => {
  switch (request.do) {
    case 'createKey': {
      const { by, place, body, idempotencyKey } = request;
      return `${by} creates an API key ${at(place)} with ${members(body)}, Idempotency-Key ${idempotencyKey}`;
    }
    case 'getKey':
      return `${request.by} reads ${nameOf(request.id)} ${at(request.place)}`;
    case 'revokeKey':
      return `${request.by} revokes ${nameOf(request.id)} ${at(request.place)}`;
    case 'revokeAnyKey':
      return `${request.by} revokes ${nameOf(request.id)} as an administrator`;
    case 'deleteKey':
      return `${request.by} deletes ${nameOf(request.id)} ${at(request.place)} ${matching(request.ifMatch)}`;
    case 'listKeys':
      return `${request.by} lists API keys ${at(request.place)}, ${request.pageSize} a page`;
    case 'listAllKeys':
      return `${request.by} lists the API keys of everybody`;
    case 'useKey':
      return `A program presents ${request.secret}${request.module === undefined ? '' : ` for ${request.module}`}`;
    case 'createToken': {
      const { by, place, provider, body } = request;
      return `${by} stores a ${provider} token ${at(place)} with ${members(body)}`;
    }
    case 'updateToken': {
      const { by, place, id, body, ifMatch } = request;
      return `${by} changes ${nameOf(id)} ${at(place)} ${matching(ifMatch)}: ${members(body)}`;
    }
    case 'deleteToken':
      return `${request.by} deletes ${nameOf(request.id)} ${at(request.place)} ${matching(request.ifMatch)}`;
    case 'listTokens':
      return `${request.by} lists provider tokens ${at(request.place)}, ${request.pageSize} a page`;
    case 'leaseByKey':
      return `A program that presents ${request.secret} ${leasing(request)}`;
    case 'leaseByPerson':
      return `${request.by} ${leasing(request)}`;
  }
};

/** `201 key 1, secret 1`. */
export const describeAnswer = ({ outcome, key, secret, token }: Answer, nameOf: NameOf): string => {
  const ids = [key?.id, token?.id].flatMap((id) => (id === undefined || id === null ? [] : [nameOf(id)]));
  const told = secret === undefined ? [] : [secret ?? 'no secret'];
  return `${outcome} ${[...ids, ...told].join(', ')}`.trim();
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Each place where two values differ, a line each. */
const differences = (expected: unknown, observed: unknown, nameOf: NameOf, path = ''): string[] => {
  if (isObject(expected) && isObject(observed)) {
    const names = new Set([...Object.keys(expected), ...Object.keys(observed)]);
    return [...names].flatMap((name) =>
      differences(expected[name], observed[name], nameOf, path ? `${path}.${name}` : name),
    );
  }
  if (Object.is(expected, observed)) return [];
  const shown = (value: unknown): string => {
    if (value === undefined) return 'nothing';
    return typeof value === 'string' && path.endsWith('id') ? nameOf(value) : JSON.stringify(value);
  };
  return [`${path}: the server answered ${shown(observed)}, the model says ${shown(expected)}`];
};

export const describeDifference = (expected: Answer, observed: Answer | null, nameOf: NameOf): string =>
  expected.outcome === observed?.outcome
    ? differences(expected, observed, nameOf).join('; ')
    : `the server answered ${observed?.outcome}, the model says ${expected.outcome}`;
