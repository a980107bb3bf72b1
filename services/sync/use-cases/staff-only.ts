import { AppError } from '../../../shared/kernel/errors.ts';
import { isStaff, type Actor } from '../../../shared/protocol/actor.ts';

/**
 * Imports and their files hold rows of many merchants, so an API key of one merchant must not reach them.
 * @throws AppError 403
 */
export function assertStaff(actor: Actor): void {
  if (!isStaff(actor)) throw new AppError(403, 'STAFF_ONLY', 'This is for the staff of the house');
}
