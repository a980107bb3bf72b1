import type { ServiceBroker } from 'moleculer';
import type { Config } from '../config.ts';

/** What PUBLIC_URL says; on one machine without it, where the gateway listens. */
export function publicUrlOf({
  config: { PUBLIC_URL, HOST, PORT },
  broker,
}: {
  config: Pick<Config, 'PUBLIC_URL' | 'HOST' | 'PORT'>;
  broker: ServiceBroker;
}): string {
  const local = (broker.getLocalService('gateway') as { url?: string } | undefined)?.url;
  return PUBLIC_URL ?? local ?? `http://${HOST}:${PORT}`;
}
