import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import * as errors from './errors.js';
import { createCockpit } from './index.js';
import { type Answer, json, problem, scriptedServer, text } from './testing/scripted-server.js';

/** The error of a write that holds secrets, sent by a session with a secret. */
const failureOf = async (answer: Answer) => {
  const { baseUrl } = await scriptedServer([answer]);
  const cockpit = createCockpit({ baseUrl, getAccessToken: () => 'session-canary', retry: { limit: 0 } });
  try {
    await cockpit.organization('acme').providerTokens.create({ provider: 'jira', values: { token: 'body-canary' } });
  } catch (error) {
    return error as errors.ApiError;
  }
  throw new Error('It did not fail');
};

const classes = [
  [400, 'BadRequestError', 'malformed'],
  [401, 'UnauthenticatedError', 'unauthenticated'],
  [403, 'ForbiddenError', 'forbidden'],
  [404, 'NotFoundError', 'not_found'],
  [405, 'ApiError', 'unknown'],
  [408, 'ApiError', 'unknown'],
  [409, 'ConflictError', 'unknown'],
  [412, 'VersionStaleError', 'version_stale'],
  [413, 'ApiError', 'too_large'],
  [415, 'ApiError', 'unknown'],
  [418, 'ApiError', 'unknown'],
  [422, 'InvalidError', 'invalid'],
  [428, 'VersionRequiredError', 'version_required'],
  [429, 'RateLimitedError', 'rate_limited'],
  [500, 'ServerError', 'internal'],
  [503, 'ServerError', 'unavailable'],
  [599, 'ServerError', 'internal'],
] as const;

describe('an error answer', () => {
  it.each(classes)('status %d becomes a %s with the text of the problem', async (status, name) => {
    const error = await failureOf(problem(status, 'some_code', {}, { detail: 'Because' }));
    expect(error).toBeInstanceOf(errors[name]);
    expect(error).toBeInstanceOf(errors.ApiError);
    expect(error).toBeInstanceOf(errors.CockpitError);
    expect(error).toMatchObject({ name, status, code: 'some_code', requestId: 'req-1', retryAfter: null });
    expect(error.problem).toMatchObject({ code: 'some_code', detail: 'Because' });
    expect(error.message).toBe(`POST /organizations/{organizationId}/provider-tokens answered ${status}`);
  });

  // Where there is nothing at an address, no cockpit API may be there: see problem.test.ts.
  it.each(classes.filter(([status]) => ![404, 405].includes(status)))(
    '%d of a proxy is a %s all the same, with the code %s',
    async (status, name, code) => {
      const error = await failureOf(text(status, '<h1>Sorry</h1>'));
      expect(error).toMatchObject({ name, status, code, problem: null, requestId: null });
    },
  );

  it('lists the fields with errors', async () => {
    const fault = { path: 'values.token', code: 'required', message: 'Say it' };
    const error = await failureOf(problem(422, 'invalid', {}, { errors: [fault] }));
    expect(error).toMatchObject({ errors: [fault] });
    expect(await failureOf(text(422, ''))).toMatchObject({ errors: [] });
  });

  it.each<[string, { path: string; code: string; message?: string }[], string]>([
    ['a code that completes “is”', [{ path: 'expiresInDays', code: 'not_offered' }], 'expiresInDays is not offered'],
    ['a code that is a noun', [{ path: 'values.token', code: 'white_space' }], 'values.token is invalid: white space'],
    ['a code of the host’s own', [{ path: 'name', code: 'Reserved name!' }], 'name is invalid'],
    ['the whole body', [{ path: '', code: 'type' }], 'the body is invalid: type'],
    [
      'several fields',
      [
        { path: 'name', code: 'required' },
        { path: 'module', code: 'unknown' },
      ],
      'name is required, module is unknown',
    ],
    [
      'more fields than anybody reads',
      Array.from({ length: 200 }, (_, index) => ({ path: `events.${index}`, code: 'not_offered' })),
      'events.0 is not offered, events.1 is not offered, events.2 is not offered, events.3 is not offered, events.4 is not offered and 195 more',
    ],
  ])('names the fields with errors in its message: %s', async (_, errors, expected) => {
    const error = await failureOf(problem(422, 'invalid', {}, { errors }));
    expect(error.message).toBe(`POST /organizations/{organizationId}/provider-tokens answered 422: ${expected}`);
  });

  it.each([
    ['the server’s words', { path: 'name', code: 'format', message: '“value-canary” is taken' }],
    ['a code', { path: 'name', code: 'value-canary is taken' }],
    ['a member’s name as long as a key', { path: `value-canary${'x'.repeat(40)}`, code: 'unknown' }],
    ['a member’s name with anything in it', { path: 'value-canary\n<b>', code: 'unknown' }],
  ])('repeats no value in its message: %s', async (_, fault) => {
    const error = await failureOf(problem(422, 'invalid', {}, { errors: [fault] }));
    expect(error.message).not.toContain('canary');
    expect(error.message.length).toBeLessThan(200);
  });

  it('names the fields of a query and those that may not be edited too', async () => {
    const errors = [{ path: 'limit', code: 'format' }];
    expect((await failureOf(problem(400, 'malformed', {}, { errors }))).message).toMatch(
      /400: limit is invalid: format$/,
    );
    const locked = [{ path: 'email', code: 'not_editable' }];
    expect((await failureOf(problem(403, 'field_not_editable', {}, { errors: locked }))).message).toMatch(
      /403: email is not editable$/,
    );
  });

  it.each<[string, string | undefined, unknown]>([
    ['seconds', '7', 7],
    // Of which some time has passed when it is read.
    ['a date', new Date(Date.now() + 86_400_000).toUTCString(), expect.closeTo(86_400, -3)],
    ['a date that has passed', 'Sun, 06 Nov 1994 08:49:37 GMT', 0],
    ['nonsense', 'soon', null],
    ['nothing', undefined, null],
  ])('says when to retry, from %s', async (_, value, expected) => {
    const error = await failureOf(problem(429, 'rate_limited', value === undefined ? {} : { 'retry-after': value }));
    expect(error.retryAfter).toEqual(expected);
  });

  it.each<[string, Answer]>([
    ['empty', text(403, '')],
    ['HTML', text(403, '<script>')],
    ['HTML that says it is JSON', text(403, '<html>', { 'content-type': 'application/problem+json' })],
    ['a list', json(403, [1])],
    ['null', json(403, null)],
    ['of wrong types', problem(403, 'forbidden', {}, { code: { x: 1 } })],
    ['for another status', problem(403, 'forbidden', {}, { status: 200 })],
    ['huge', text(403, '"'.padEnd(10_000_000, 'x'))],
    ['cut off in the middle', text(403, '{"type":"about:blank","ti')],
  ])('a body that is %s still gives an error with its status', async (_, answer) => {
    const error = await failureOf(answer);
    expect(error).toMatchObject({ name: 'ForbiddenError', status: 403, code: 'forbidden', problem: null });
  });

  it('holds nothing of the request', async () => {
    const error = await failureOf(problem(422, 'invalid'));
    expect(error.cause).toBeUndefined();
    expect(inspect(error, { depth: 9, showHidden: true, getters: true })).not.toContain('canary');
    expect(Object.keys(error).sort()).toEqual(['code', 'name', 'problem', 'requestId', 'retryAfter', 'status']);
  });
});
