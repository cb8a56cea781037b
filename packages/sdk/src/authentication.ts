type Send = (request: Request) => Promise<Response>;

/** Sends a request along with what proves who is calling. */
export type Authenticate = (request: Request, send: Send) => Promise<Response>;

/** The platform's error about a header quotes the header's value; this error does not. */
export const setSecretHeader = (headers: Headers, name: string, value: string): void => {
  try {
    headers.set(name, value);
  } catch {
    throw new TypeError(`The value for the ${name} header is not one that a header can hold`);
  }
};
