import type { Context, ServiceBroker } from 'moleculer';
import type { Actor } from '../protocol/actor.ts';
import type { ActionDefinition, CallInputOf, OutputOf } from '../protocol/define.ts';
import { signPrincipal } from './principal.ts';

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

export function createCall(broker: ServiceBroker, principalKey: Uint8Array): Call {
  return async (definition, input, actor, options = {}) => {
    const meta: CallMeta = {
      principal: await signPrincipal(actor, principalKey),
      requestId: actor.requestId,
      ...(actor.ifMatch === undefined ? {} : { ifMatch: actor.ifMatch }),
      ...(options.idempotency ? { idempotency: options.idempotency } : {}),
    };
    const pending = broker.call(definition.name, input as never, {
      meta,
      ...(options.timeoutMs ? { timeout: options.timeoutMs } : {}),
    }) as Promise<never> & { ctx?: Context<unknown, CallMeta> };
    const answer = await pending;
    if (pending.ctx?.meta.repeated) options.onRepeated?.();
    return answer;
  };
}
