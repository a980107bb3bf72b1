import type { TextsLike } from '../../app/i18n/texts.ts';
import type { collectingCodes as german } from '../de/codes-collecting.ts';

export const collectingCodes: TextsLike<typeof german> = {
  CREDITOR_ID_MISSING: 'Enter the creditor identifier in the settings first.',
  MANDATE_LIVE: 'The merchant has a mandate in force. Revoke that one first.',
  MANDATE_STATE: 'The mandate is in another state by now.',
  MANDATE_LAPSED: 'A mandate that was not used for 36 months has lapsed.',
  REFERENCE_TAKEN: 'There is a mandate with this reference.',
  DIRECT_DEBIT_STATE: 'This collection is in another state by now.',
  COLLECTION_STATE: 'The collection is in another state by now.',
  COLLECTION_BOOKED:
    'The statement says that the bank carried this file out. Note the collection as handed in instead of discarding it.',
  COLLECTION_CHANGED:
    'Something was paid, held or changed meanwhile, or a day cannot be reached any more. Please discard it and propose it anew.',
  COLLECTED_ANEW: 'The invoice is already being collected once more.',
  PAID_BY_BANK: 'All of it has already been paid another way.',
  NOTHING_TO_BOOK: 'Nothing of it was collected by that day.',
  BEFORE_COLLECTION: 'The bank did not have the file by that day.',
  BEFORE_APPROVAL: 'There was no file by that day.',
  BIC_MISSING: 'The BIC is needed for accounts outside the EEA.',
  CHARGE_MISSING: 'Enter the charge of the bank.',
  TOO_FAR_AHEAD: 'Nothing is collected so far ahead.',
  DUNNING_STATE: 'The dunning run was issued or discarded already.',
  NOT_DUNNABLE: 'This invoice is not dunned in this run.',
  CLAIM_SETTLED: 'This claim is settled already.',
  CLAIM_NOT_PAID: 'This claim was not noted as paid.',
  CLAIM_CREDITED: 'What was paid of it has been credit of the merchant since the invoice was corrected.',
  PAYMENT_OF_ANOTHER: 'The payment is not of this merchant.',
  REMINDER_WITH_FEE: 'A reminder costs nothing.',
  LEVEL_NOT_LATER: 'Each level comes later than the one before.',
  DOCUMENT_NOT_PARKED: 'The document is there already or just being made.',
  STOP_LIFTED: 'The dunning stop was lifted already.',
};
