import { readiness, type Readiness } from '../../../shared/runtime/readiness.ts';
import type { GatewayDeps } from '../gateway.deps.ts';

/** What a health route tells of the parts it is about. */
export interface Report extends Omit<Readiness, 'details'> {
  details: Record<string, unknown>;
}

/** The whole product: every service, on whichever node it runs. */
export const productHealth = ({ call, services }: GatewayDeps, requestId: string): Promise<Report> =>
  readiness(call, services, requestId);

/**
 * This process only, for whoever restarts it: a restart mends nothing that runs elsewhere.
 * The gateway itself needs its connection to the others and its own work.
 */
export async function processHealth(deps: GatewayDeps, requestId: string): Promise<Report> {
  const { ready, services, details } = await readiness(deps.call, deps.ownServices, requestId);
  const nats = deps.natsConnected();
  const loops = deps.loops.map((loop) => loop.status());
  const ok = nats !== false && loops.every((loop) => loop.ok);
  return {
    ready: ready && ok,
    services: { ...services, gateway: ok ? 'ok' : 'failing' },
    details: { ...details, gateway: { nats, loops } },
  };
}
