/** Stands between a client and the server: may answer itself, wait, fail, or change what came back. */
export type Fault = (request: Request, next: (request: Request) => Promise<Response>) => Promise<Response>;

/** The server cannot be reached. */
export const offline: Fault = () => Promise.reject(new TypeError('Failed to fetch'));

/** Answers with this status and no contract. */
export const status =
  (code: number): Fault =>
  () =>
    Promise.resolve(new Response('', { status: code }));

/** Does what is asked, and the answer is lost on its way back. */
export const answerLost: Fault = async (request, next) => {
  await next(request);
  throw new TypeError('Failed to fetch');
};

/** Answers as ever, but so many milliseconds later. */
export const slow =
  (milliseconds: number): Fault =>
  async (request, next) => {
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return next(request);
  };

/** Holds every request back until `release` is called. */
export const held = () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const fault: Fault = async (request, next) => {
    await promise;
    return next(request);
  };
  return { fault, release: resolve };
};
