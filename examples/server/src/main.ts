import { ConfigurationError, readConfig } from './config.js';
import { createLogger } from './adapters/pino-logger.js';
import { nodeVersionFault } from './node-version.js';
import { startServer } from './server.js';

/** Reads the environment, serves until it is told to stop, and loses nothing that has been answered. */
const main = async (): Promise<void> => {
  const tooOld = nodeVersionFault(process.versions.node);
  if (tooOld !== null) throw new ConfigurationError(tooOld);
  // Only the server's own user may read its files.
  process.umask(0o077);
  const config = readConfig(process.env);
  const logger = createLogger(config.logLevel);
  for (const warning of config.warnings) logger.warn({}, warning);
  const server = await startServer(config, logger);
  let stopping = false;
  const stop = (signal: string) => {
    if (stopping) return;
    stopping = true;
    logger.info({ signal }, 'stopping');
    void server.close().then((left) => {
      if (left.length > 0) console.error(`Stopped before everything had ended. Left: ${left.join('; ')}.`);
      process.exit(left.length > 0 ? 1 : 0);
    });
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  for (const { name, address } of server.productPages) console.log(`${name}: ${address}`);
  console.log(`Ready: ${server.origin}`);
};

const describeUnexpected = (error: unknown): string => {
  if (!(error instanceof Error)) return 'something was thrown that is no error';
  const message = error.message.split('\n')[0]?.replaceAll(/\/\/[^@\s]*@/g, '//[redacted]@');
  return process.env['LOG_LEVEL'] === 'debug' ? (error.stack ?? error.name) : `${error.name}: ${message}`;
};

main().catch((error: unknown) => {
  if (error instanceof ConfigurationError) console.error(`The server cannot start:\n${error.message}`);
  // Its text may hold an address with a password.
  else console.error(`The server could not start: ${describeUnexpected(error)}`);
  process.exit(1);
});
