import type { LocalDate } from '../../../../shared/kernel/dates.ts';
import { invalidField } from '../../../../shared/kernel/errors.ts';

/**
 * Money is booked once it came or went.
 * @throws InvalidInput 422 `DAY_TO_COME` at `valueDate`
 */
export function assertNotToCome(valueDate: LocalDate, today: LocalDate): void {
  if (valueDate > today) throw invalidField('valueDate', 'DAY_TO_COME', 'That day is still to come');
}
