type Send = (request: Request) => Promise<Response>;

/** Sends a request along with what proves who is calling. */
export type Authenticate = (request: Request, send: Send) => Promise<Response>;

/** A platform's complaint about a header quotes its value; ours does not. */
export const setSecretHeader = (headers: Headers, name: string, value: string): void => {
  try {
    headers.set(name, value);
  } catch {
    throw new TypeError(`The value for the ${name} header is not one that a header can hold`);
  }
};
