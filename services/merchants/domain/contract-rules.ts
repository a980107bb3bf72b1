import type { LocalDate } from '../../../shared/kernel/dates.ts';
import { invalidField } from '../../../shared/kernel/errors.ts';
import type { ContractTerms } from '../../../shared/protocol/merchants/events.ts';

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

type StorageTerms = Pick<
  ContractTerms,
  'storageMethod' | 'storageMeasure' | 'storageAgeBands' | 'storageSource' | 'storageIsLandRelated'
>;

/** Methods that say by themselves what they measure. */
const NAMED = ['binDay', 'palletDay', 'cubicMetreDay', 'pieceDay'];

/** @throws InvalidInput for terms that leave open what is measured, or ask for what cannot be known */
export function assertStorage({ storageMethod, storageMeasure, ...terms }: StorageTerms): void {
  const { storageAgeBands, storageSource, storageIsLandRelated } = terms;
  const named = storageMethod === null || NAMED.includes(storageMethod);
  if (named && storageMeasure !== null)
    throw invalidField('storageMeasure', 'MEASURE_NOT_ALLOWED', 'This method says by itself what it measures');
  if (!named && storageMeasure === null)
    throw invalidField('storageMeasure', 'MEASURE_MISSING', 'This method needs bin, pallet, cubicMetre or piece');
  if (storageAgeBands.length && (storageMethod === null || !named))
    throw invalidField('storageAgeBands', 'BANDS_NEED_DAYS', 'Age bands need a method that charges each day');
  const byPlace = storageMethod === 'binDay' || storageMethod === 'palletDay';
  if (storageSource === 'ledger' && (byPlace || storageMeasure === 'bin' || storageMeasure === 'pallet'))
    throw invalidField('storageSource', 'LEDGER_KNOWS_NO_BINS', 'The ledger knows pieces and volumes, but no bins');
  if (storageIsLandRelated && storageMethod === null)
    throw invalidField('storageIsLandRelated', 'LAND_NEEDS_STORAGE', 'An area is let only where there is storage');
}
