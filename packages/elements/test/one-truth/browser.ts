import { type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import type { TestServer } from '../server.js';

/**
 * A browser whose session is a cookie: whoever signs in is signed in on every page and in every tab, whether these
 * know it or not.
 */
export const browserAt = (server: TestServer) => {
  let present = server.connection('ana');
  const send = (request: Request) => {
    const withCookie = new Request(request);
    withCookie.headers.set('authorization', `Bearer ${present.getAccessToken()}`);
    return present.fetch(withCookie);
  };
  const pagesOwn = globalThis.fetch;

  return {
    signIn: (person: string): void => {
      present = server.connection(person);
    },
    /** A client as on a page, or in another tab. */
    client: (): Cockpit => createCockpit({ baseUrl: server.baseUrl, fetch: send, retry: { limit: 0 } }),
    /** Lets elements reach the server by its address, as they do in a host's page. */
    open: (): void => {
      globalThis.fetch = (input, init) => {
        const request = new Request(input, init);
        return request.url.startsWith(server.baseUrl) ? send(request) : pagesOwn(request);
      };
    },
    close: (): void => {
      globalThis.fetch = pagesOwn;
    },
  };
};

export type TestBrowser = ReturnType<typeof browserAt>;
