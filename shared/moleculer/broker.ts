import { Loggers, ServiceBroker } from 'moleculer';
import type { Logger } from '../runtime/log.ts';

export interface BrokerOptions {
  nodeId: string;
  /** Without it the services of this process talk to each other only. */
  natsUrl: string | undefined;
  log: Logger;
}

/**
 * The broker with the settings that stack.md explains: extended JSON, because plain JSON breaks dates and buffers and
 * only over the network; no retries of calls, because they repeat writes; tracking, so that calls in flight end
 * before the process does.
 */
export function createBroker({ nodeId, natsUrl, log }: BrokerOptions): ServiceBroker {
  return new ServiceBroker({
    namespace: 'kontor',
    nodeID: nodeId,
    logger: brokerLog(log),
    ...(natsUrl ? { transporter: { type: 'NATS', options: natsOptions(natsUrl) } } : {}),
    serializer: 'JSONExt',
    requestTimeout: 10_000,
    retryPolicy: { enabled: false },
    tracking: { enabled: true, shutdownTimeout: 20_000 },
    heartbeatInterval: 2,
    // a killed node is forgotten after this many seconds; until then calls to it run into the time limit
    heartbeatTimeout: 8,
    validator: false,
    metrics: false,
    internalServices: true,
    skipProcessEventRegistration: true,
  });
}

/** Told to the services of this process before the broker waits for work in flight. */
export const STOPPING = '$process.stopping';

/** Stops the broker: answers without an end of their own are ended first, then what is in flight may finish. */
export async function stopBroker(broker: ServiceBroker): Promise<void> {
  await broker.broadcastLocal(STOPPING);
  await broker.stop();
}

/** A connection that is tried for ever and notices a dead peer within 15 seconds (F9). */
function natsOptions(url: string): Record<string, unknown> {
  const { protocol, host, username, password } = new URL(url);
  return {
    servers: `${protocol}//${host}`,
    ...(username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 500,
    pingInterval: 5_000,
    maxPingOut: 3,
  };
}

function brokerLog(log: Logger): Loggers.Base<object> {
  const child = log.child({ part: 'broker' });
  class PinoBridge extends Loggers.Base<object> {
    override getLogHandler() {
      return (type: string, args: unknown[]) => {
        const [first, second] = args;
        // the broker's own information is chatter in our log
        const level =
          type === 'info' || type === 'debug' || type === 'trace'
            ? 'debug'
            : type === 'fatal'
              ? 'fatal'
              : type === 'error'
                ? 'error'
                : 'warn';
        const error = [first, second].find((value) => value instanceof Error);
        child[level](
          error ? { err: error } : {},
          args
            .filter((value) => !(value instanceof Error))
            .map(String)
            .join(' ') || 'broker',
        );
      };
    }
  }
  return new PinoBridge();
}
