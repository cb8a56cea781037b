import { type DestinationStream, pino } from 'pino';
import type { Logger } from '../ports/logger.js';

const secretHeaders = ['authorization', 'cookie', 'set-cookie', 'x-api-key', 'idempotency-key'];

/** JSON lines. Nobody here logs headers; should somebody begin to, these stay out. */
export const createLogger = (level: string, destination?: DestinationStream): Logger => {
  const paths = secretHeaders.flatMap((name) => [`["${name}"]`, `headers["${name}"]`, `*.headers["${name}"]`]);
  const options = { level, base: null, redact: { paths, censor: '[redacted]' } };
  const logger = destination ? pino(options, destination) : pino(options);
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
  };
};
