import { createHash, randomUUID } from 'node:crypto';
import { aipConsole } from '@ai-cockpit/sdk/presets';
import type { HostEvent, NotificationSettings, NotificationSettingsPatch } from '@ai-cockpit/sdk/contract';
import { databases, startServer, type TestServer, type TestServerOptions } from './harness.js';
import type { MailServer } from './mail-server.js';
import { outcome, read, request } from './request.js';

export { databases };

/** A server, in whatever process. */
type Asked = Pick<TestServer, 'baseUrl' | 'session'>;

/** The token of a host service, and the hash that the server stores. */
export const serviceToken = 'a-service-token-of-a-test';
export const serviceTokens = `jobs:${createHash('sha256').update(serviceToken).digest('hex')}`;

/** AIP Console's server, which sends by this mail server. */
export const startConsole = (mail: MailServer, options: TestServerOptions): Promise<TestServer> =>
  startServer({
    policy: aipConsole,
    ...options,
    env: { ...mail.env, SERVICE_TOKENS: serviceTokens, ...options.env },
  });

export const settingsOf = async (server: Asked, as: string): Promise<NotificationSettings> =>
  read(await request(server, '/notification-settings', { as }));

/** Changes what somebody wants to be told, over what is there. */
export const patchSettings = async (server: Asked, as: string, patch: NotificationSettingsPatch): Promise<Response> => {
  const { version } = await settingsOf(server, as);
  const headers = { 'If-Match': `"${version}"` };
  return request(server, '/notification-settings', { as, method: 'PATCH', json: patch, headers });
};

/** Signs in for the first time, and says yes. */
export const optIn = async (server: Asked, as: string, patch: NotificationSettingsPatch = {}): Promise<void> => {
  const said = await outcome(await patchSettings(server, as, { enabled: true, ...patch }));
  if (said !== '200') throw new Error(`${as} could not opt in: ${said}`);
};

export const eventOf = (event: Partial<HostEvent> = {}): HostEvent => ({
  id: randomUUID(),
  type: 'job.completed',
  subject: 'organization:acme',
  title: 'Demand forecast',
  occurredAt: '2026-11-20T08:30:00Z',
  link: 'https://cockpit.example/jobs/7',
  ...event,
});

export const publish = (server: Asked, json: unknown, token: string = serviceToken): Promise<Response> =>
  request(server, '/integration/events', { json, headers: { Authorization: `Bearer ${token}` } });

/** Looks again and again, for as long as a busy machine may take. */
export const until = async (isSo: () => boolean | Promise<boolean>, what: string): Promise<void> => {
  const started = Date.now();
  while (!(await isSo())) {
    if (Date.now() - started > 20_000) throw new Error(`It never came to be that ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};
