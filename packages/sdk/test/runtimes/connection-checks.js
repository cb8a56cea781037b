// The outcome of calls whose connection fails, which is the same in every runtime. Bundled, so that each can load it.
import { createCockpit } from '@ai-cockpit/sdk';

/** The outcome of a call: its error's name and class, and how often the server was asked. */
const outcomeOf = async (promise) => {
  try {
    return (await promise).firstName;
  } catch (error) {
    return error?.name;
  }
};

/** @returns what each check came to, by its name */
export const check = async (origin, refused, run) => {
  const client = (fault, options = {}) =>
    createCockpit({ baseUrl: `${origin}/${run}/${fault}`, retry: { limit: 1, maxDelay: 20 }, ...options });
  const countOf = async (fault) => Number(await (await fetch(`${origin}/${run}/${fault}/count`)).text());
  const results = {};
  const note = async (name, promise) => {
    results[name] = await outcomeOf(promise);
  };

  const counted = [
    'fine',
    'no-answer',
    'cut-headers',
    'cut-body',
    'cut-chunked',
    'no-http',
    'once-unavailable',
    'once-cut',
    'unavailable',
    'redirect',
    'gzip',
    'broken-gzip',
    'page',
  ];
  for (const fault of counted) {
    const outcome = await outcomeOf(client(fault).profile.get());
    // Some runtimes ask once more by themselves, over another connection.
    results[fault] = `${outcome}, asked ${(await countOf(fault)) > 1 ? 'again' : 'once'}`;
  }
  await note('refused', createCockpit({ baseUrl: refused, retry: { limit: 1, maxDelay: 20 } }).profile.get());
  await note('no such host', createCockpit({ baseUrl: 'http://nobody.invalid/v1', retry: { limit: 0 } }).profile.get());
  await note(
    'no TLS',
    createCockpit({ baseUrl: origin.replace('http:', 'https:'), retry: { limit: 0 } }).profile.get(),
  );
  for (const fault of ['never', 'never-ending']) {
    await note(`${fault}, timeout`, client(fault, { timeout: 200 }).profile.get());
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 100);
    await note(`${fault}, aborted`, client(fault).profile.get({ signal: abort.signal }));
  }
  await note('aborted before', client('fine').profile.get({ signal: AbortSignal.abort() }));
  class HostError extends Error {
    name = 'HostError';
  }
  const getAccessToken = () => Promise.reject(new HostError('none of ours'));
  await note("a host's own error", client('fine', { getAccessToken }).profile.get());
  await note('with a token', client('fine', { getAccessToken: () => 'token' }).profile.get());
  await note('a write, cut', client('cut-body').profile.update({ firstName: 'A' }, { version: 7 }));
  await note('a write', client('fine').profile.update({ firstName: 'A' }, { version: 7 }));
  return results;
};
