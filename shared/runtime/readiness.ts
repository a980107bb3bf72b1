import { serviceActor } from '../protocol/actor.ts';
import { healthAction, type ServiceHealth } from '../protocol/health.ts';
import type { Call } from '../moleculer/call.ts';

/** Whether some services can work, and what keeps them from it. */
export interface Readiness {
  ready: boolean;
  services: Record<string, 'ok' | 'failing'>;
  /** Per service: its own report, or why there is none. */
  details: Record<string, ServiceHealth | { error: string }>;
}

const WITHIN_MS = 2_000;

/**
 * Asks services how they are. One that runs in this process is asked here, any other on whichever node it runs. One
 * that does not answer within 2 seconds is failing.
 */
export async function readiness(call: Call, services: readonly string[], requestId: string): Promise<Readiness> {
  const reports = await Promise.all(services.map((service) => report(call, service, requestId)));
  const details = Object.fromEntries(services.map((service, index) => [service, reports[index]!]));
  const states = Object.fromEntries(
    Object.entries(details).map(([service, state]) => [service, isOk(state) ? ('ok' as const) : ('failing' as const)]),
  );
  return { ready: Object.values(details).every(isOk), services: states, details };
}

async function report(call: Call, service: string, requestId: string): Promise<ServiceHealth | { error: string }> {
  try {
    return await call(healthAction(service), {}, serviceActor('health', requestId), { timeoutMs: WITHIN_MS });
  } catch (error) {
    return { error: String((error as { type?: unknown }).type ?? 'no answer') };
  }
}

const isOk = (state: ServiceHealth | { error: string }): boolean =>
  'postgres' in state && state.postgres && state.nats !== false && state.loops.every(({ ok }) => ok);
