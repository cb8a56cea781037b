import type { HostPolicy, Policy, Profile } from '@ai-cockpit/sdk/contract';
import { aipConsole, duplocloud, environmentOperationsCenter } from '@ai-cockpit/sdk/presets';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { databases, startServer, type TestServer } from './harness.js';
import { outcome, read, request } from './request.js';

type Fields = HostPolicy['profile']['fields'];

const withFields = (fields: Partial<Fields>, more: Partial<HostPolicy> = {}): HostPolicy => ({
  ...environmentOperationsCenter,
  ...more,
  profile: {
    ...environmentOperationsCenter.profile,
    fields: { ...environmentOperationsCenter.profile.fields, ...fields },
  },
});

const profileOf = async (server: TestServer, as: string) => read<Profile>(await request(server, '/profile', { as }));

/** Over whatever version there is, as somebody does who sends what no form would. */
const change = (server: TestServer, as: string, json: unknown) =>
  request(server, '/profile', { as, method: 'PATCH', json, headers: { 'If-Match': '*' } });

describe.each(databases)('A profile, on %s', (database) => {
  describe('where names and e-mail are required', () => {
    let server: TestServer;
    beforeAll(async () => {
      server = await startServer({ database, policy: environmentOperationsCenter });
    });
    afterAll(() => server.close());

    it('names and an e-mail address are saved trimmed', async () => {
      const answer = await change(server, 'ana', { firstName: ' Anabel ', email: ' anabel@acme.example ' });
      expect(await outcome(answer)).toBe('200');
      expect(await profileOf(server, 'ana')).toMatchObject({
        firstName: 'Anabel',
        lastName: 'Souza',
        email: 'anabel@acme.example',
      });
    });

    it.each([
      [{ firstName: '' }, 'firstName:required'],
      [{ lastName: ' \u00A0 ' }, 'lastName:required'],
      [{ email: '' }, 'email:required'],
      [{ firstName: '', lastName: '' }, 'firstName:required lastName:required'],
      [{ firstName: 'x'.repeat(101) }, 'firstName:too_long'],
      [{ email: `${'x'.repeat(250)}@acme.example` }, 'email:too_long'],
      [{ firstName: 'A\u202Eb' }, 'firstName:characters'],
      [{ firstName: null }, 'firstName:type'],
    ])('%j → refused, with the path of the field', async (patch, faults) => {
      const before = await profileOf(server, 'bruno');
      expect(await outcome(await change(server, 'bruno', patch))).toBe(`422 invalid ${faults}`);
      expect(await profileOf(server, 'bruno')).toEqual(before);
    });

    it.each(['ana', 'ana@', '@acme.example', 'ana@acme', 'a b@acme.example'])(
      'refuses %s as an e-mail address',
      async (email) => {
        const before = await profileOf(server, 'bruno');
        expect(await outcome(await change(server, 'bruno', { email }))).toBe('422 invalid email:format');
        expect(await profileOf(server, 'bruno')).toEqual(before);
      },
    );

    it('one invalid field among several → none is changed', async () => {
      const patch = { firstName: 'Bruna', lastName: '' };
      expect(await outcome(await change(server, 'bruno', patch))).toBe('422 invalid lastName:required');
      expect((await profileOf(server, 'bruno')).firstName).toBe('Bruno');
    });
  });

  it('optional fields may be empty', async () => {
    const fields = { lastName: { access: 'edit' as const }, email: { access: 'edit' as const } };
    const server = await startServer({ database, policy: withFields(fields) });
    expect(await outcome(await change(server, 'ana', { lastName: ' ', email: '' }))).toBe('200');
    expect(await profileOf(server, 'ana')).toMatchObject({ firstName: 'Ana', lastName: '', email: '' });
    await server.close();
  });

  it.each([
    ['duplocloud', duplocloud],
    ['aip-console', aipConsole],
  ])('a field that %s manages → 403, nothing changed', async (_, policy) => {
    const server = await startServer({ database, policy });
    const before = await profileOf(server, 'ana');
    for (const field of ['loginName', 'firstName', 'lastName', 'email', 'role']) {
      const refused = `403 field_not_editable ${field}:not_editable`;
      expect(await outcome(await change(server, 'ana', { [field]: 'a@b.example' }))).toBe(refused);
    }
    expect(await profileOf(server, 'ana')).toEqual(before);
    await server.close();
  });

  it('the profile’s policy does not depend on the active organization', async () => {
    // Ana administers Acme, her first, and is a member of Globex.
    const overrides = [
      {
        roles: ['member' as const],
        policy: { profile: { fields: { firstName: { access: 'read', required: null } } } },
      },
    ];
    const server = await startServer({ database, policy: withFields({}, { overrides }) });
    for (const organizationId of ['acme', 'globex']) {
      const path = `/policy?organizationId=${organizationId}`;
      const { profile } = await read<Policy>(await request(server, path, { as: 'ana' }));
      expect(profile.fields.firstName.access, organizationId).toBe('edit');
    }
    expect(await outcome(await change(server, 'ana', { firstName: 'Anabel' }))).toBe('200');
    expect(await outcome(await change(server, 'carla', { firstName: 'Carlota' }))).toBe(
      '403 field_not_editable firstName:not_editable',
    );
    await server.close();
  });
});
