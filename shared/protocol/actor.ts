import { AppError, NotFound } from '../kernel/errors.ts';
import type { Role } from './define.ts';

/** What a caller may see: everything, or the rows of some merchants. */
export type Scope = 'staff' | readonly string[];

/** Who acts, within which limits, in which request. Made from the signed principal, never from an input. */
export interface Actor {
  kind: 'user' | 'apiKey' | 'service' | 'anonymous' | 'link';
  /** User or API key id, the name of the service, or the path that a signed link is good for. */
  id: string;
  roles: readonly Role[];
  scope: Scope;
  requestId: string;
  /** Version the caller believes a resource to have (`If-Match`). */
  ifMatch?: number;
  /** Set when the request carries an `Idempotency-Key`; `transact` stores the answer with the effect. */
  idempotency?: { key: string; action: string; requestHash: string };
}

/** The actor of consumers and workers: everything, in the name of the service. */
export const serviceActor = (service: string, requestId: string): Actor => ({
  kind: 'service',
  id: service,
  roles: [],
  scope: 'staff',
  requestId,
});

/**
 * Whoever has a signed link. It may read one thing only: actions refuse it unless they are `signed`, and then for any
 * other path than its own. Whether its maker might show the thing was decided when the link was made.
 */
export const linkActor = (path: string, requestId: string): Actor => ({
  kind: 'link',
  id: path,
  roles: [],
  scope: 'staff',
  requestId,
});

export const isStaff = ({ scope }: Pick<Actor, 'scope'>): boolean => scope === 'staff';

/**
 * The only merchant that an actor sees, for the conditions of a list. Row security hides the rest anyway; naming the
 * merchant lets its index find the rows.
 */
export const soleMerchant = ({ scope }: Actor): string | undefined =>
  scope !== 'staff' && scope.length === 1 ? scope[0] : undefined;

/** Throws the same 404 for a merchant out of scope as for one that does not exist. */
export function assertSeesMerchant(actor: Actor, merchantId: string): void {
  if (actor.scope !== 'staff' && !actor.scope.includes(merchantId)) throw new NotFound('merchant');
}

/**
 * For what is the house's own affair: an API key of a merchant has the role of an integration, not of the house.
 * @throws AppError 403, before anything is looked up, so that it tells nothing about what exists
 */
export function assertHouse(actor: Actor): void {
  if (!isStaff(actor)) throw new AppError(403, 'HOUSE_ONLY', 'This is for the fulfillment house only');
}

/** @throws AppError 412 when the caller saw an older version (`If-Match`) */
export function assertVersion(actor: Actor, version: number): void {
  if (actor.ifMatch !== undefined && actor.ifMatch !== version)
    throw new AppError(412, 'VERSION_STALE', 'Someone else changed this in the meantime; read it again', { version });
}
