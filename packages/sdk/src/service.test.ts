import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import {
  createService,
  CredentialFormatError,
  type HostEvent,
  InvalidError,
  Secret,
  UnauthenticatedError,
} from './integration.js';
import { type Answer, json, lost, problem, scriptedServer } from './testing/scripted-server.js';

const event: HostEvent = {
  id: 'job-7-done',
  type: 'job.completed',
  subject: 'organization:acme',
  title: 'Demand forecast',
  occurredAt: '2026-11-20T08:30:00Z',
  link: 'https://app.example/jobs/7',
};

const accepted = { id: event.id, recipients: 2, reason: null };

const serviceOf = async (script: Answer[], serviceToken: string | Secret = 'canary-token') => {
  const { baseUrl, received } = await scriptedServer(script);
  return { service: createService({ baseUrl, serviceToken, retry: { maxDelay: 10 } }), received };
};

describe('a service', () => {
  it.each([['as text', 'canary-token'] as const, ['as a secret', new Secret('canary-token')] as const])(
    'publishes an event with its token, given %s, as bearer',
    async (_, token) => {
      const { service, received } = await serviceOf([json(202, accepted)], token);
      expect(await service.publishEvent(event)).toEqual(accepted);
      expect(received[0]).toMatchObject({ method: 'POST', url: '/v1/integration/events', body: JSON.stringify(event) });
      expect(received[0]?.headers.authorization).toBe('Bearer canary-token');
    },
  );

  it('a lost answer: publishes the event again under the same id', async () => {
    const { service, received } = await serviceOf([lost, json(202, accepted)]);
    expect(await service.publishEvent(event)).toEqual(accepted);
    expect(received.map(({ body }) => body)).toEqual([JSON.stringify(event), JSON.stringify(event)]);
  });

  it.each([
    [401, UnauthenticatedError],
    [422, InvalidError],
  ])('rejects with %d at once, without the token in the error', async (status, ErrorClass) => {
    const { service, received } = await serviceOf([problem(status, 'x')]);
    const error: unknown = await service.publishEvent(event).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(ErrorClass);
    expect(inspect([error, service], { depth: 9, showHidden: true })).not.toContain('canary');
    expect(received).toHaveLength(1);
  });

  it('trims white space and invisible characters around a token', async () => {
    const { service, received } = await serviceOf([json(202, accepted)], '\ufeff canary-token\u00a0\r\n');
    await service.publishEvent(event);
    expect(received[0]?.headers.authorization).toBe('Bearer canary-token');
  });

  it.each([
    ['service_token_quoted', "'canary-token'"],
    ['service_token_scheme', 'Bearer canary-token'],
    ['service_token_labelled', 'Authorization: Bearer canary-token'],
    ['service_token_white_space', 'canary token'],
    ['service_token_masked', String(new Secret('canary-token'))],
    ['service_token_missing', ''],
  ])('names the fault of a token, as %s', (code, serviceToken) => {
    const create = () => createService({ baseUrl: 'https://api.example/v1', serviceToken });
    expect(create).toThrow(CredentialFormatError);
    expect(create).toThrow(expect.objectContaining({ code, message: expect.not.stringContaining('canary') as string }));
  });
});
