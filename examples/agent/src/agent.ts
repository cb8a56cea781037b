import { createInterface } from 'node:readline/promises';
import { CockpitError, NetworkError, NotFoundError, trimEdges, UnauthenticatedError } from '@ai-cockpit/sdk';
import { createIntegration } from '@ai-cockpit/sdk/integration';

/** The port as `npm start` takes it, where both are started with it. */
const demoUrl = `http://localhost:${process.env.PORT || '4400'}/ai-cockpit-one/v1`;
const baseUrl = trimEdges(process.env.AI_COCKPIT_URL ?? '') || demoUrl;

/** Why `fetch` would take no address below this one; nothing of it is repeated, as it may have a password in it. */
const faultOf = (address: string): string | null => {
  if (/^["'`‘’“”«»<]|["'`‘’“”«»>]$/.test(address)) return 'has quotation marks or brackets around it';
  if (!/^https?:\/\//i.test(address)) return 'does not begin with http:// or https://';
  if (!URL.canParse(address)) return 'is not an address';
  const { username, password, search, hash } = new URL(address);
  if (username || password) return 'has a user or password in it';
  return search || hash ? 'has something behind its path' : null;
};

/** From the environment or standard input, never from the command line: that is visible to everybody on a machine. */
const askForKey = async (): Promise<string> => {
  if (process.argv.length > 2)
    console.error('No key is read from the command line: set AI_COCKPIT_API_KEY, or enter it.');
  if (process.env.AI_COCKPIT_API_KEY) return process.env.AI_COCKPIT_API_KEY;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  process.stderr.write('API key: ');
  // A text that was pasted may begin with an empty line.
  for await (const line of terminal) if (line.trim()) return line;
  return '';
};

const run = async (): Promise<void> => {
  const fault = faultOf(baseUrl);
  if (fault !== null) {
    console.error(`AI_COCKPIT_URL ${fault}. Example: AI_COCKPIT_URL=${demoUrl}`);
    process.exitCode = 1;
    return;
  }
  const integration = createIntegration({ baseUrl, apiKey: await askForKey() });

  const me = await integration.whoAmI();
  console.log(`This key belongs to ${me.owner.name} (${me.owner.kind}) and opens ${me.module ?? 'every module'}.`);

  const lease = await integration.leaseCredential({ provider: 'jira', purpose: 'Show what an agent would send' });
  console.log(`Jira's credential, until ${lease.expiresAt}. The agent would now send:\n`);
  console.log(`GET ${lease.baseUrl}/rest/api/3/myself`);
  // Each value is a Secret: it prints as "[redacted]", and only reveal() gives it to the request.
  for (const [name, value] of Object.entries(lease.headers)) console.log(`${name}: ${String(value)}`);
};

const advice = (error: CockpitError): string => {
  if (error instanceof NetworkError)
    return `Nothing answers at ${baseUrl}. Is \`npm start\` running? AI_COCKPIT_URL names another place.`;
  if (error instanceof UnauthenticatedError)
    return 'The key is not accepted: it may have expired, or have been revoked or deleted.';
  if (error instanceof NotFoundError)
    return "There is no Jira token among its owner's provider tokens: add one under Providers.";
  return '';
};

try {
  await run();
} catch (error) {
  if (!(error instanceof CockpitError)) throw error;
  console.error(`${error.message}. ${advice(error)}`.trim());
  process.exitCode = 1;
}
