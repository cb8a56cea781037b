import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Runs the example agent with a key, and gives all that it said. */
export const runAgent = async (baseUrl: string, apiKey: string): Promise<{ said: string; status: number | null }> => {
  const agent = spawn(process.execPath, [fileURLToPath(new URL('../../agent/dist/agent.js', import.meta.url))], {
    env: { ...process.env, AI_COCKPIT_URL: baseUrl, AI_COCKPIT_API_KEY: apiKey },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [agent.stdout, agent.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const status = await new Promise<number | null>((resolve) => agent.on('close', resolve));
  return { said, status };
};
