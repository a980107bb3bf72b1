import { serviceActor } from '../../../shared/protocol/actor.ts';
import { healthAction, type ServiceHealth } from '../../../shared/protocol/health.ts';
import type { GatewayDeps } from '../gateway.deps.ts';

/** Whether the product can work, and what keeps it from it. */
export interface Readiness {
  ready: boolean;
  services: Record<string, 'ok' | 'failing'>;
  /** Per service: its own report, or why there is none. */
  details: Record<string, ServiceHealth | { error: string }>;
}

const WITHIN_MS = 2_000;

/** Asks every service, on whichever node it runs. One that does not answer within 2 seconds is failing. */
export async function readiness(deps: Pick<GatewayDeps, 'call' | 'services'>, requestId: string): Promise<Readiness> {
  const reports = await Promise.all(deps.services.map((service) => report(deps, service, requestId)));
  const details = Object.fromEntries(deps.services.map((service, index) => [service, reports[index]!]));
  const services = Object.fromEntries(
    Object.entries(details).map(([service, state]) => [service, isOk(state) ? ('ok' as const) : ('failing' as const)]),
  );
  return { ready: Object.values(details).every(isOk), services, details };
}

async function report(
  { call }: Pick<GatewayDeps, 'call'>,
  service: string,
  requestId: string,
): Promise<ServiceHealth | { error: string }> {
  try {
    return await call(healthAction(service), {}, serviceActor('gateway', requestId), { timeoutMs: WITHIN_MS });
  } catch (error) {
    return { error: String((error as { type?: unknown }).type ?? 'no answer') };
  }
}

const isOk = (state: ServiceHealth | { error: string }): boolean =>
  'postgres' in state && state.postgres && state.nats !== false && state.loops.every(({ ok }) => ok);
