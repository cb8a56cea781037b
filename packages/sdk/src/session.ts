import { type Authenticate, setSecretHeader } from './authentication.js';
import { readAccessToken } from './credentials.js';

/**
 * Gives the session's access token; `null` where the session is a cookie. It is asked before every request, so it
 * should keep the token and give that while it lasts. With `refresh`, the last one was refused: get a new one, or
 * `null` where there is none to be had.
 */
export type GetAccessToken = (options: { refresh: boolean }) => string | null | Promise<string | null>;

const unlessAborted = <T>(signal: AbortSignal, promise: Promise<T>) =>
  new Promise<T>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });

/**
 * With a token, it goes as bearer, and cookies only to one's own origin, as is usual. Without one, the session is the
 * host's same-site cookie, and the API may stand on a sibling origin: so the cookie is included.
 */
const withToken = (request: Request, token: string | null) => {
  if (!token) return new Request(request, { credentials: 'include' });
  setSecretHeader(request.headers, 'authorization', `Bearer ${readAccessToken(token)}`);
  return request;
};

/** A person's session, refreshed once for all the calls that found it expired. */
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
      // The refusal that led here is what the caller has to know.
      return null;
    } finally {
      isRefreshing = false;
    }
  };

  return async (request, send) => {
    // Still unread when the first is refused, which the server does before it does anything else.
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
