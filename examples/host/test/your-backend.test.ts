import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { type ApiKeyStatusFilter, type Cockpit, createCockpit } from '@ai-cockpit/sdk';
import { FieldError, type OperationDefinition, operations, Problem } from '@ai-cockpit/sdk/contract';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { complaintsOf, launch } from './browser.js';

const host = fileURLToPath(new URL('..', import.meta.url));
const guide = fileURLToPath(new URL('../../../docs/your-backend.md', import.meta.url));
const folder = `${host}.cache/your-backend/`;

/** The files of the page: a block that names one begins it, and blocks without a name go on with it. */
const filesIn = (markdown: string): Map<string, string> => {
  const files = new Map<string, string>();
  let current = '';
  for (const [, code = ''] of markdown.matchAll(/^```(?:js|html)\n(.*?)^```$/gms)) {
    current = /^(?:\/\/|<!--) ([\w./-]+\.(?:js|html))(?: -->)?$/m.exec(code.split('\n', 1)[0] ?? '')?.[1] ?? current;
    files.set(current, `${files.get(current) ?? ''}${code}\n`);
  }
  return files;
};

/** A program of the page, in plain Node, with the packages as they are built. */
class Backend {
  origin = '';
  log = '';
  #process: ChildProcess | undefined;

  async start(name: string): Promise<void> {
    const env = { ...process.env, PORT: '0' };
    const child = spawn(process.execPath, [`${folder}${name}`], { cwd: host, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#process = child;
    child.stderr.on('data', (data: Buffer) => (this.log += data.toString()));
    const failed = once(child, 'exit').then(() => {
      throw new Error(`${name} did not start:\n${this.log}`);
    });
    const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), failed])) as [string];
    failed.catch(() => undefined);
    this.origin = line.replace('localhost', '127.0.0.1');
  }

  async stop(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill();
    await gone;
  }
}

const started = (name: string): Backend => {
  const backend = new Backend();
  beforeAll(() => backend.start(name));
  afterAll(() => backend.stop());
  return backend;
};

let browser: Browser;
beforeAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const [name, code] of filesIn(readFileSync(guide, 'utf8'))) {
    mkdirSync(dirname(folder + name), { recursive: true });
    writeFileSync(folder + name, code);
  }
  browser = await launch();
});
afterAll(() => browser.close());

/** A page of one person's browser. */
const open = async ({ origin }: Backend, person?: string): Promise<Page> => {
  const context = await browser.newContext({ locale: 'en-US', baseURL: origin });
  onTestFinished(() => context.close());
  if (person) await context.addCookies([{ name: 'session', value: person, url: origin }]);
  return context.newPage();
};

describe('the first backend of the guide', () => {
  const backend = started('first.js');

  it('is of 30 lines at most, and draws the page', async () => {
    expect(readFileSync(`${folder}first.js`, 'utf8').trim().split('\n').length).toBeLessThanOrEqual(30);
    const page = await open(backend);
    const complaints = complaintsOf(page);
    await page.goto('/');
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Ana');
    await page
      .getByText(/No API tokens yet|no API tokens/i)
      .first()
      .waitFor();
    expect(complaints).toEqual([]);
  });
});

describe('the whole backend of the guide', () => {
  const backend = started('backend.js');

  const ask = (path: string, { person = 'ana', ...init }: RequestInit & { person?: string } = {}): Promise<Response> =>
    fetch(`${backend.origin}/v1${path}`, {
      ...init,
      headers: { Cookie: `session=${person}`, 'Content-Type': 'application/json', ...(init.headers as object) },
    });

  const problemOf = async (answer: Response): Promise<[number, string]> => {
    const problem = Problem.parse(await answer.json());
    for (const error of problem.errors ?? []) FieldError.parse(error);
    expect(answer.headers.get('Content-Type')).toMatch(/^application\/problem\+json/);
    expect(answer.headers.get('X-Request-Id')).toBe(problem.requestId);
    expect(answer.headers.get('Cache-Control')).toBe('no-store');
    return [answer.status, problem.code];
  };

  /** The real client, with the session of one person. */
  const client = (person: string): Cockpit => {
    const cockpit = createCockpit({
      baseUrl: `${backend.origin}/v1`,
      fetch: (request) => {
        request.headers.set('Cookie', `session=${person}`);
        return fetch(request);
      },
    });
    onTestFinished(() => cockpit.close());
    return cockpit;
  };

  it('answers every operation, with 403 not_offered where it has no handler', async () => {
    const missing: string[] = [];
    for (const { id, method, path } of Object.values<OperationDefinition>(operations)) {
      const answer = await ask(path.replace('{id}', 'unknown'), { method, ...(method !== 'GET' && { body: '{}' }) });
      if (answer.status === 500 || answer.status === 405) missing.push(`${id} ${answer.status}`);
      if (id === 'listActivity') expect(await problemOf(answer)).toEqual([403, 'not_offered']);
      if (id === 'whoAmI') expect(await problemOf(answer)).toEqual([401, 'unauthenticated']);
    }
    expect(missing).toEqual([]);
    expect(backend.log).not.toMatch(/should not answer|no field code/);
  });

  it('says whose its answers are, and compares whose page asks', async () => {
    const answer = await ask('/profile', { headers: { 'X-User-Id': 'ana' } });
    expect([answer.status, answer.headers.get('X-User-Id')]).toEqual([200, 'ana']);
    for (const path of ['/policy', '/profile', '/api-keys'])
      expect(await problemOf(await ask(path, { headers: { 'X-User-Id': 'bruno' } }))).toEqual([409, 'user_changed']);
    const change = {
      method: 'PATCH',
      body: '{"lastName":"Another"}',
      headers: { 'X-User-Id': 'bruno', 'If-Match': '"1"' },
    };
    expect(await problemOf(await ask('/profile', change))).toEqual([409, 'user_changed']);
    expect(await problemOf(await ask('/profile', { person: 'nobody' }))).toEqual([401, 'unauthenticated']);
  });

  it('takes writes from its own pages only', async () => {
    const write = (headers: Record<string, string>) =>
      ask('/profile', { method: 'PATCH', body: '{}', headers: { 'If-Match': '*', ...headers } });
    expect((await write({})).status).toBe(200);
    expect((await write({ Origin: backend.origin })).status).toBe(200);
    expect(await problemOf(await write({ Origin: 'https://evil.example' }))).toEqual([403, 'origin_not_allowed']);
    expect(await problemOf(await write({ Origin: 'null' }))).toEqual([403, 'origin_not_allowed']);
    expect(await problemOf(await write({ 'Content-Type': 'text/plain' }))).toEqual([415, 'media_type_unsupported']);
  });

  it('saves a profile once for each version, what may be edited and in the right form', async () => {
    const cockpit = client('bruno');
    const { version } = await cockpit.profile.get();
    const saved = await cockpit.profile.update({ firstName: ' Brunello ' }, { version });
    expect(saved).toMatchObject({ firstName: 'Brunello', version: version + 1 });
    await expect(cockpit.profile.update({ firstName: 'Late' }, { version })).rejects.toMatchObject({
      code: 'version_stale',
    });
    await expect(cockpit.profile.update({ lastName: '' }, { version: version + 1 })).rejects.toMatchObject({
      errors: [{ path: 'lastName', code: 'required' }],
    });
    await expect(cockpit.profile.update({ email: 'b@example.com' }, { version: 99 })).rejects.toMatchObject({
      code: 'field_not_editable',
    });
    const patch = (body: string, headers = {}) => ask('/profile', { method: 'PATCH', person: 'bruno', body, headers });
    expect(await problemOf(await patch('{}'))).toEqual([428, 'version_required']);
    expect(await problemOf(await patch('{', { 'If-Match': '*' }))).toEqual([400, 'malformed']);
    const unknown = await patch('{"nickname":"B"}', { 'If-Match': '*' });
    expect(await unknown.clone().json()).toMatchObject({ errors: [{ path: 'nickname', code: 'unknown' }] });
    expect(await problemOf(unknown)).toEqual([422, 'invalid']);
  });

  it('creates one key for an Idempotency-Key, and gives its value again until it is revoked', async () => {
    const cockpit = client('ana');
    const idempotencyKey = 'c0ffee00-0000-4000-8000-000000000001';
    const first = await cockpit.apiKeys.create({ name: 'CI' }, { idempotencyKey });
    const again = await cockpit.apiKeys.create({ name: 'CI' }, { idempotencyKey });
    expect(again.apiKey.id).toBe(first.apiKey.id);
    expect(again.secret?.reveal()).toBe(first.secret?.reveal());
    await expect(cockpit.apiKeys.create({ name: 'Other' }, { idempotencyKey })).rejects.toMatchObject({
      code: 'idempotency_mismatch',
    });
    await expect(cockpit.apiKeys.delete(first.apiKey.id, { version: 1 })).rejects.toMatchObject({
      code: 'not_revoked',
    });
    await expect(client('bruno').apiKeys.get(first.apiKey.id)).rejects.toMatchObject({ code: 'not_found' });
    const revoked = await cockpit.apiKeys.revoke(first.apiKey.id, { reason: 'Found in a log' });
    expect(revoked).toMatchObject({ status: 'revoked', revocationReason: 'Found in a log', version: 2 });
    const listed = async (status: ApiKeyStatusFilter) => (await cockpit.apiKeys.list({ status })).data.length;
    expect([await listed('active'), await listed('revoked'), await listed('unused')]).toEqual([0, 1, 1]);
    expect((await cockpit.apiKeys.create({ name: 'CI' }, { idempotencyKey })).secret).toBeNull();
    await cockpit.apiKeys.delete(first.apiKey.id, { version: 2 });
    expect((await cockpit.apiKeys.list()).data).toEqual([]);
  });

  it('refuses what the policy does not offer, with the field at fault', async () => {
    const cockpit = client('ana');
    await expect(cockpit.apiKeys.create({ description: 'x' })).rejects.toMatchObject({
      errors: [
        { path: 'name', code: 'required' },
        { path: 'description', code: 'not_offered' },
      ],
    });
    await expect(cockpit.apiKeys.create({ name: 'Old', expiresAt: '2020-01-01' })).rejects.toMatchObject({
      errors: [{ path: 'expiresAt', code: 'not_in_future' }],
    });
    await expect(cockpit.apiKeys.create({ name: `my_${'0'.repeat(48)}` })).rejects.toMatchObject({
      errors: [{ path: 'name', code: 'looks_like_secret' }],
    });
    for (let count = 0; count < 5; count += 1) await cockpit.apiKeys.create({ name: `Key ${count}` });
    await expect(cockpit.apiKeys.create({ name: 'One more' })).rejects.toMatchObject({ code: 'limit_reached' });
    const page = await cockpit.apiKeys.list({ limit: 2 });
    expect([page.data.map(({ name }) => name), page.remaining]).toEqual([['Key 4', 'Key 3'], 0]);
    const names: string[] = [];
    for await (const { name } of cockpit.apiKeys.list({ limit: 2 })) names.push(name);
    expect(names).toEqual(['Key 4', 'Key 3', 'Key 2', 'Key 1', 'Key 0']);
  });

  it('serves the elements: a name is saved, a key created, read once and revoked', async () => {
    const page = await open(backend, 'bruno');
    const complaints = complaintsOf(page);
    await page.goto('/');
    await page.getByLabel('First name').fill('Bruno II');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved').waitFor();

    await page.getByRole('button', { name: 'Create API token' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('In the guide');
    await dialog.getByRole('button', { name: 'Create API token' }).click();
    const value = await dialog.getByRole('textbox', { name: 'API token' }).inputValue();
    expect(value).toMatch(/^my_[0-9A-Za-z]{48}$/);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('rowheader', { name: 'In the guide' }).waitFor();
    expect(await page.content()).not.toContain(value);
    expect(complaints).toEqual([]);
  });

  it('keeps what one person typed out of the row of another, who has signed in since', async () => {
    const page = await open(backend, 'ana');
    await page.goto('/');
    await expect.poll(() => page.getByLabel('First name').inputValue()).toBe('Ana');
    await page.getByLabel('First name').fill('Typed by Ana');
    await page.context().addCookies([{ name: 'session', value: 'bruno', url: backend.origin }]);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => page.getByLabel('Last name').inputValue()).toBe('Costa');
    for (const person of ['ana', 'bruno'])
      expect(await (await ask('/profile', { person })).json()).not.toMatchObject({ firstName: 'Typed by Ana' });
  });
});
