import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';

/** First and last day, both inclusive; without an end it goes on. */
export interface Period {
  startsOn: LocalDate;
  endsOn: LocalDate | null;
}

/** @throws InvalidInput when a contract would end before it starts */
export function assertPeriod({ startsOn, endsOn }: Period): void {
  if (endsOn !== null && endsOn < startsOn)
    throw invalidField('endsOn', 'ENDS_BEFORE_START', `The contract starts on ${startsOn}; it cannot end before`);
}
