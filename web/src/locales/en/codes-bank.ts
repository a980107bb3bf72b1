import type { TextsLike } from '../../app/i18n/texts.ts';
import type { bankCodes as german } from '../de/codes-bank.ts';

/** Refusals of bank statements and of what is booked from them. */
export const bankCodes: TextsLike<typeof german> = {
  NOT_CAMT_053: 'This is no bank statement in the format camt.053. Download it from your bank in that format.',
  NOT_XML:
    'This is no readable XML file. Banks often pack statements into a ZIP file: unpack it first, and keep the file as it is.',
  XML_DOCTYPE: 'The file holds something that no bank statement has (DOCTYPE), so it is not read.',
  ANOTHER_ACCOUNT: 'The statement is of another account than the one in the settings.',
  CURRENCY: 'Only accounts and amounts in euros are read.',
  TOO_MANY_ENTRIES: 'The file has more than 20,000 entries. Download shorter periods from the bank.',
  ID_MISSING: 'The statement has no id.',
  AMOUNT: 'The amount cannot be read.',
  DATE: 'The booking day is missing or cannot be read.',
  DIRECTION: 'The direction of the payment is missing.',
  INVOICE_OF_ANOTHER_MERCHANT: 'One of the invoices is another merchant’s.',
  NO_RETURN: 'This entry takes nothing of the payment back.',
  IBAN_INVALID: 'This IBAN is wrong: country, length or check digits do not fit.',
};
