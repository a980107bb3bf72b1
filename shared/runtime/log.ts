import { pino, type Logger } from 'pino';
import type { Config } from '../config.ts';
import { currentRequestId } from './request-context.ts';

export type { Logger };

/** Where a secret may turn up in a logged object; the values never reach the log. */
const SECRETS = [
  'password',
  'secret',
  'token',
  'authorization',
  'accessToken',
  '*.password',
  '*.secret',
  '*.token',
  'headers.authorization',
  'headers.cookie',
];

/** Structured log of one process. Lines written inside a request carry its id. */
export function createLog(
  config: Pick<Config, 'LOG_LEVEL' | 'LOG_FORMAT'>,
  destination?: NodeJS.WritableStream,
): Logger {
  const options = {
    level: config.LOG_LEVEL,
    base: null,
    redact: { paths: SECRETS, censor: '[redacted]' },
    mixin: () => {
      const requestId = currentRequestId();
      return requestId ? { requestId } : {};
    },
  };
  if (destination) return pino(options, destination);
  if (config.LOG_FORMAT === 'pretty')
    return pino({
      ...options,
      transport: { target: 'pino-pretty', options: { translateTime: 'SYS:HH:MM:ss', ignore: 'requestId' } },
    });
  return pino(options);
}
