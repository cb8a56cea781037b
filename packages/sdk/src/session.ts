import { type Authenticate, setSecretHeader } from './authentication.js';
import { readAccessToken } from './credentials.js';

/**
 * Returns the session's access token; `null` if the session is a cookie. The SDK calls this function before every
 * request, so it should keep the token while it is valid. With `refresh`, the server has refused the last token: return
 * a new one, or `null` if there is none.
 */
export type GetAccessToken = (options: { refresh: boolean }) => string | null | Promise<string | null>;

const unlessAborted = <T>(signal: AbortSignal, promise: Promise<T>) =>
  new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });

/**
 * A token is sent as bearer, and cookies go to the page's own origin only, the default. Without a token, the session
 * is the host's same-site cookie. The API may stand on a sibling origin, so cookies are included.
 */
const withToken = (request: Request, token: string | null) => {
  if (!token) return new Request(request, { credentials: 'include' });
  setSecretHeader(request.headers, 'authorization', `Bearer ${readAccessToken(token)}`);
  return request;
};

/** A person's session, refreshed once for all calls that were refused because it had expired. */
export const session = (getAccessToken: GetAccessToken | undefined): Authenticate => {
  if (!getAccessToken) return (request, send) => send(withToken(request, null));

  let refreshes = 0;
  let isRefreshing = false;
  let refreshedToken: Promise<string | null> = Promise.resolve(null);

  const refresh = async () => {
    refreshes += 1;
    isRefreshing = true;
    try {
      return await getAccessToken({ refresh: true });
    } catch {
      // The caller gets the 401 that led to this refresh.
      return null;
    } finally {
      isRefreshing = false;
    }
  };

  return async (request, send) => {
    // The clone's body is still unread when the server refuses the first request, as it checks credentials first.
    const replay = request.clone();
    const refreshesBefore = refreshes;
    const current = isRefreshing ? refreshedToken : Promise.resolve(getAccessToken({ refresh: false }));
    const response = await send(withToken(request, await unlessAborted(request.signal, current)));
    if (response.status !== 401) return response;
    if (refreshesBefore === refreshes) refreshedToken = refresh();
    const token = await unlessAborted(request.signal, refreshedToken);
    return token ? send(withToken(replay, token)) : response;
  };
};
