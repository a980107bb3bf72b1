import type { Context, ServiceBroker } from 'moleculer';
import type { Actor } from '../protocol/actor.ts';
import type { ActionDefinition, CallInputOf, OutputOf } from '../protocol/define.ts';
import { principalSigner } from './principal.ts';

/** What travels beside the input of a call. */
export interface CallMeta {
  principal: string;
  requestId: string;
  ifMatch?: number;
  idempotency?: { key: string; requestHash: string };
  /** Set on the way back when the answer describes something that was there already. */
  repeated?: boolean;
}

export interface CallOptions {
  timeoutMs?: number;
  /** Told when a create found its resource with the same content. */
  onRepeated?: () => void;
  idempotency?: { key: string; requestHash: string };
}

/** Calls an action of any service on any node, typed by its definition. Never from inside a transaction. */
export type Call = <D extends ActionDefinition>(
  definition: D,
  input: CallInputOf<D>,
  actor: Actor,
  options?: CallOptions,
) => Promise<OutputOf<D>>;

/** What the broker returns carries the context, whose meta comes back from the called node. */
type Called = Promise<unknown> & { ctx?: Context<unknown, CallMeta> };

/** What Moleculer says when the owner of an action cannot be reached, or not in time. */
const UNREACHABLE = new Set([
  'SERVICE_NOT_FOUND',
  'SERVICE_NOT_AVAILABLE',
  'REQUEST_TIMEOUT',
  'REQUEST_SKIPPED',
  'REQUEST_REJECTED',
  'QUEUE_FULL',
  'BROKER_DISCONNECTED',
  'NODE_UNAVAILABLE',
]);

/** Whether an error says that nobody knows if the action ran, or will still run. */
export const isUnreachable = (error: unknown): boolean =>
  UNREACHABLE.has(String((error as { type?: unknown } | null)?.type)) ||
  (error as { name?: unknown } | null)?.name === 'BrokerDisconnectedError';

function onceMore(error: unknown, attempt: () => Promise<never>): Promise<never> {
  if (!isUnreachable(error)) throw error;
  return attempt();
}

export function createCall(broker: ServiceBroker, principalKey: Uint8Array): Call {
  const sign = principalSigner(principalKey);
  return async (definition, input, actor, options = {}) => {
    const meta: CallMeta = {
      principal: await sign(actor),
      requestId: actor.requestId,
      ...(actor.ifMatch === undefined ? {} : { ifMatch: actor.ifMatch }),
      ...(options.idempotency ? { idempotency: options.idempotency } : {}),
    };
    const timeout = options.timeoutMs ?? definition.timeoutMs;
    const attempt = async (): Promise<never> => {
      const pending = broker.call(definition.name, input as never, { meta, ...(timeout ? { timeout } : {}) });
      const answer = await (pending as Promise<never>);
      if ((pending as Called).ctx?.meta.repeated) options.onRepeated?.();
      return answer;
    };
    // a read that went to a node which is just gone is asked of another one; a write is for its caller to repeat
    return definition.rest?.startsWith('GET ')
      ? attempt().catch((error: unknown) => onceMore(error, attempt))
      : attempt();
  };
}
