import { describe, expect, it } from 'vitest';
import { type ApiError, ContractError, createCockpit } from './index.js';
import { type Answer, json, problem, scriptedServer, text } from './testing/scripted-server.js';

const failureOf = async (answer: Answer) => {
  const { baseUrl } = await scriptedServer([answer]);
  const cockpit = createCockpit({ baseUrl, retry: { limit: 0 } });
  const failure: unknown = await cockpit.profile
    .update({ firstName: 'Ana' }, { version: 1 })
    .then(undefined, (error: unknown) => error);
  cockpit.close();
  return { failure, baseUrl };
};

/** The first field at fault, as a caller reads it. */
const errorOf = async (error: unknown) => {
  const { failure } = await failureOf(problem(422, 'invalid', {}, { errors: [error] }));
  return (failure as ApiError).problem?.errors?.[0];
};

describe('the path of a field error', () => {
  it.each<[unknown, string]>([
    ['firstName', 'firstName'],
    ['/firstName', 'firstName'],
    ['#/firstName', 'firstName'],
    ['#firstName', 'firstName'],
    ['body.firstName', 'firstName'],
    ['/body/firstName', 'firstName'],
    ['$.firstName', 'firstName'],
    ['$.body.firstName', 'firstName'],
    ['["firstName"]', 'firstName'],
    ["$['firstName']", 'firstName'],
    ['.firstName', 'firstName'],
    [' firstName ', 'firstName'],
    [['firstName'], 'firstName'],
    [['body', 'firstName'], 'firstName'],
    ['values.token', 'values.token'],
    ['/values/token', 'values.token'],
    ['values["token"]', 'values.token'],
    [['values', 'token'], 'values.token'],
    ['/values/a~1b~0c', 'values.a/b~c'],
    ['/values/~01', 'values.~1'],
    ['#/values/a%20b', 'values.a b'],
    ['#/values/%', 'values.%'],
    ['/events/0', 'events.0'],
    ['events[0]', 'events.0'],
    [['events', 0], 'events.0'],
    ['', ''],
    ['/', ''],
    ['#', ''],
    ['$', ''],
    ['body', 'body'],
    [null, ''],
    [7, ''],
  ])('%j is read as "%s"', async (path, expected) => {
    expect(await errorOf({ path, code: 'required', message: 'Say it' })).toEqual({
      path: expected,
      code: 'required',
      message: 'Say it',
    });
  });

  it('named “pointer” with the message “detail”, as in RFC 9457: read', async () => {
    expect(await errorOf({ pointer: '#/firstName', detail: 'Say it' })).toEqual({
      path: 'firstName',
      code: '',
      message: 'Say it',
    });
  });
});

describe('a problem', () => {
  it.each<[string, unknown, object]>([
    ['without a message', { path: 'email', code: 'format' }, { path: 'email', code: 'format' }],
    ['without a code', { path: 'email', message: 'Taken' }, { path: 'email', code: '', message: 'Taken' }],
    [
      "with a code of the host's own",
      { path: 'email', code: 'vip_only', message: 'Ask' },
      { path: 'email', code: 'vip_only', message: 'Ask' },
    ],
    ['that is a sentence', 'Not today', { path: '', code: '', message: 'Not today' }],
    ['with members of other types', { path: 'email', code: 5, message: {} }, { path: 'email', code: '' }],
  ])('reads its field error: one %s', async (_, error, expected) => {
    expect(await errorOf(error)).toEqual(expected);
  });

  it('reads field errors keyed by path, as some frameworks write them', async () => {
    const errors = { email: ['Taken', 'Too short'], '/values/token': 'Missing', 'events[0]': [], role: { is: 'odd' } };
    const { failure } = await failureOf(problem(422, 'invalid', {}, { errors }));
    expect((failure as ApiError).problem?.errors).toEqual([
      { path: 'email', code: '', message: 'Taken' },
      { path: 'email', code: '', message: 'Too short' },
      { path: 'values.token', code: '', message: 'Missing' },
      { path: 'role', code: '' },
    ]);
  });

  it('with unreadable field errors among others: the readable ones are kept', async () => {
    const errors = [null, 7, {}, { path: 'email', code: 'format' }, []];
    const { failure } = await failureOf(problem(422, 'invalid', {}, { errors }));
    expect(failure).toMatchObject({ errors: [{ path: 'email', code: 'format' }] });
  });

  it.each<[string, object]>([
    ['its title', { title: undefined }],
    ['its type', { type: undefined }],
    ['its status', { status: undefined }],
    ['its request id', { requestId: undefined }],
    ['all of these', { title: undefined, type: undefined, status: undefined, requestId: undefined }],
    ['its errors in a form of their own', { errors: 'Taken' }],
  ])('is still a problem without %s', async (_, more) => {
    const { failure } = await failureOf(problem(409, 'limit_reached', {}, { detail: 'Ask Eve', ...more }));
    expect(failure).toMatchObject({
      name: 'ConflictError',
      code: 'limit_reached',
      problem: { status: 409, code: 'limit_reached', detail: 'Ask Eve' },
    });
  });

  it('without a code: takes the code of its status', async () => {
    const { failure } = await failureOf(
      problem(422, 'x', {}, { code: undefined, detail: 'Because', errors: [{ path: '/email', detail: 'Taken' }] }),
    );
    expect(failure).toMatchObject({
      name: 'InvalidError',
      code: 'invalid',
      problem: { detail: 'Because' },
      errors: [{ path: 'email', message: 'Taken' }],
    });
  });

  it('keeps an unknown code', async () => {
    const { failure } = await failureOf(problem(403, 'vip_only'));
    expect(failure).toMatchObject({ name: 'ForbiddenError', code: 'vip_only' });
  });
});

describe('an answer that is not from this API', () => {
  const page = '<!doctype html><h1>Not found</h1>';

  it.each<[string, Answer, string]>([
    ['a page that is not found', text(404, page), '404 text/html'],
    ['a page for whatever is asked', text(200, page), '200 text/html'],
    [
      "another framework's not found",
      json(404, { statusCode: 404, message: 'Cannot PATCH /v1/profile' }),
      '404 application/json',
    ],
    [
      "another framework's problem",
      json(404, { title: 'Not Found', status: 404 }, { 'content-type': 'application/problem+json' }),
      '404 application/problem+json',
    ],
    ['nothing but not found', (response) => response.writeHead(404).end(), '404'],
    [
      'a redirect to a sign-in page',
      (response) => response.writeHead(302, { location: 'https://sign-in.example/?next=canary' }).end(),
      '302',
    ],
    ['a refusal of the method', text(405, page), '405 text/html'],
    ['gone', text(410, page, { 'content-type': 'text/plain' }), '410 text/plain'],
    ["a storage's list", text(200, '<xml/>', { 'content-type': 'application/xml' }), '200 application/xml'],
  ])('is reported as such: %s', async (_, answer, got) => {
    const { failure, baseUrl } = await failureOf(answer);
    expect(failure).toBeInstanceOf(ContractError);
    expect(failure).toMatchObject({ code: 'contract', operationId: 'updateProfile', url: `${baseUrl}/profile` });
    const { message } = failure as Error;
    expect(message).toContain(`There is no cockpit API at ${baseUrl}/profile: updateProfile expected `);
    expect(message.endsWith(` and got ${got}`)).toBe(true);
    expect(message).not.toContain('canary');
  });

  it('is reported without the query of the request', async () => {
    const { baseUrl } = await scriptedServer([text(404, page)]);
    const cockpit = createCockpit({ baseUrl });
    const failure: unknown = await cockpit.apiKeys.list({ q: 'canary' }).then(undefined, (error: unknown) => error);
    expect(failure).toMatchObject({ url: `${baseUrl}/api-keys` });
    expect((failure as Error).message).not.toContain('canary');
  });

  it.each([500, 502, 503, 504])('a proxy’s %d is reported as a failing server', async (status) => {
    const { failure } = await failureOf(text(status, page));
    expect(failure).toMatchObject({ name: 'ServerError', status, problem: null });
  });

  it('a misfitting answer of this API is reported as a contract error, with place and expectation', async () => {
    const { failure } = await failureOf(json(200, { id: 'u1', loginName: null }));
    expect(failure).toMatchObject({
      url: null,
      path: 'loginName',
      expected: 'string',
      message: 'The answer to updateProfile does not fit the contract at loginName: expected string',
    });
  });
});
