import pg from 'pg';

/** Milliseconds that a database may take for an answer while the server starts. */
const patience = 5000;
const askEvery = 1000;

/**
 * Runs work of the start, such as a migration, for as long as the work takes and the database answers: it is asked once
 * a second, on a connection of its own. A database that stops in the middle rejects the work, which no timeout of a
 * single statement could do: a migration may need an hour.
 */
export const whilePostgresAnswers = async <T>(url: string, work: () => Promise<T>): Promise<T> => {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: patience,
    query_timeout: patience,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const connected = client.connect();
  const ask = async (): Promise<void> => {
    await connected;
    await client.query('select 1');
  };
  const stopped = new Promise<never>((_, reject) => {
    const askAgain = (): void => {
      ask().then(() => {
        if (!isOver) timer = setTimeout(askAgain, askEvery);
      }, reject);
    };
    askAgain();
  });
  try {
    return await Promise.race([
      stopped,
      work().catch(async (error: unknown) => {
        // The work may have noticed first that the database stopped, and say so in other words.
        await ask();
        throw error;
      }),
    ]);
  } finally {
    isOver = true;
    clearTimeout(timer);
    // Without waiting: a database that has stopped does not end a connection either.
    void client.end().catch(() => undefined);
  }
};
