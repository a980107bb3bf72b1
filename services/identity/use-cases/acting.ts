import type { Actor } from '../../../shared/protocol/actor.ts';
import { rows, sql } from '../../../shared/persistence/sql.ts';
import type { EntityManager } from '../../../shared/persistence/orm.ts';

/** Users and keys are no merchant's rows; their audit entries belong to the house, whoever acts. */
export const forHouse = (actor: Actor): Actor => ({ ...actor, scope: 'staff' });

/** The same without a stored answer: it would hold a token or a password. */
export function forHouseUnrepeated(actor: Actor): Actor {
  const own = forHouse(actor);
  delete own.idempotency;
  return own;
}

/** Creates with one id wait for each other, so that the second finds what the first made. */
export const lockId = (em: EntityManager, id: string) =>
  rows(em, sql`select pg_advisory_xact_lock(hashtextextended(${`identity.create ${id}`}, 0))`);
