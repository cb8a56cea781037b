import { describe, expect, it } from 'vitest';
import { type ChangeEvent, ContractError, createCockpit, NotFoundError } from '../index.js';
import { profile } from '../testing/examples.js';
import { type Answer, json, problem, scriptedServer, text } from '../testing/scripted-server.js';

/** No text in any encoding: what becomes of it where it is taken for one is seen. */
const bytes = Uint8Array.from({ length: 256 }, (_, at) => at);
const picture = new Blob([bytes], { type: 'image/webp' });
const withPicture = { ...profile, avatarUrl: '/v1/profile/avatar?version=2', version: 2 };

const image =
  (type: string, body: Uint8Array = bytes): Answer =>
  (response) =>
    response.writeHead(200, { 'content-type': type }).end(body);

const clientOf = async (...script: Answer[]) => {
  const { baseUrl, received } = await scriptedServer(script);
  return { cockpit: createCockpit({ baseUrl, retry: { limit: 0 } }), received };
};

describe('avatars', () => {
  it('sends a picture unchanged, with its type and the version of the profile', async () => {
    const sent: Request[] = [];
    const cockpit = createCockpit({
      baseUrl: 'http://api.example/v1',
      fetch: (request) => {
        sent.push(request.clone());
        return Response.json(withPicture);
      },
    });
    const changes: ChangeEvent[] = [];
    cockpit.changes.addEventListener('change', (change) => changes.push(change));
    expect(await cockpit.profile.setAvatar(picture, { version: 1 })).toEqual(withPicture);
    const [request] = sent;
    expect(request?.method).toBe('PUT');
    expect(request?.url).toBe('http://api.example/v1/profile/avatar');
    expect(request?.headers.get('content-type')).toBe('image/webp');
    expect(request?.headers.get('if-match')).toBe('"1"');
    expect(new Uint8Array((await request?.arrayBuffer()) ?? new ArrayBuffer())).toEqual(bytes);
    expect(changes.map(({ operationId, id }) => [operationId, id])).toEqual([['setAvatar', profile.id]]);
  });

  it('sends the whole picture again after a token refresh', async () => {
    const received: number[] = [];
    const cockpit = createCockpit({
      baseUrl: 'http://api.example/v1',
      getAccessToken: ({ refresh }) => (refresh ? 'new' : 'old'),
      fetch: async (request) => {
        received.push((await request.arrayBuffer()).byteLength);
        return request.headers.get('authorization') === 'Bearer new'
          ? Response.json(withPicture)
          : new Response(null, { status: 401 });
      },
    });
    await cockpit.profile.setAvatar(picture, { version: 1 });
    expect(received).toEqual([256, 256]);
  });

  it('removes the picture', async () => {
    const { cockpit, received } = await clientOf(json(200, profile));
    expect(await cockpit.profile.removeAvatar({ version: 2 })).toEqual(profile);
    expect(received[0]).toMatchObject({ method: 'DELETE', url: '/v1/profile/avatar', body: '' });
    expect(received[0]?.headers['if-match']).toBe('"2"');
  });

  it('reads the bytes of the picture unchanged, with their media type', async () => {
    const { cockpit, received } = await clientOf(image('image/png'));
    const avatar = await cockpit.profile.avatar();
    expect(avatar.type).toBe('image/png');
    expect(new Uint8Array(await avatar.arrayBuffer())).toEqual(bytes);
    expect(received[0]?.headers.accept).toBe('image/webp, image/png, image/jpeg, application/problem+json');
  });

  it('rejects with NotFoundError where there is no picture', async () => {
    const { cockpit } = await clientOf(problem(404, 'not_found'));
    await expect(cockpit.profile.avatar()).rejects.toThrow(NotFoundError);
  });

  it.each([
    ['HTML', text(200, '<script>alert(1)</script>')],
    ['SVG', image('image/svg+xml')],
    ['a type with something behind it', image('image/png; charset=utf-8')],
    ['JSON', json(200, profile)],
    ['nothing', image('image/png', new Uint8Array())],
  ])('refuses an answer of %s, which could run as script', async (_, answer) => {
    const { cockpit } = await clientOf(answer);
    await expect(cockpit.profile.avatar()).rejects.toThrow(ContractError);
  });

  it('refuses an answer larger than the limit of pictures', async () => {
    const { cockpit } = await clientOf(image('image/png', new Uint8Array(9_000_000)));
    await expect(cockpit.profile.avatar()).rejects.toThrow(ContractError);
  });
});
