import type { TextsLike } from '../../app/i18n/texts.ts';
import type { documentCodes as german } from '../de/codes-documents.ts';

export const documentCodes: TextsLike<typeof german> = {
  DOCUMENT_GLYPH_MISSING:
    'A character in the text of the document cannot be printed. First correct the merchant’s record or your details in the settings.',
  MERCHANT_CONTENT_INVALID:
    'An entry in the merchant’s record is blank or does not fit on the document. Correct it first.',
  ISSUER_CONTENT_INVALID:
    'One of your details as the issuer is blank or does not fit on the document. First correct it in the settings.',
  LINE_CONTENT_INVALID: 'A line has no label or no unit, so no document can be made of it.',
  CONTENT_INVALID: 'No document can be made of this. Pass this on to an administrator.',
  LETTER_CONTENT_INVALID:
    'No dunning letter can be made for merchant {{path}}: something is missing in its record or in your details in the settings, such as the name or the address. Add it, then issue the letters again.',
  ISSUER_CONTACT_MISSING:
    'The merchant gets an XRechnung. First enter your telephone number and your e-mail address in the settings.',
  ISSUER_TAX_NUMBER_MISSING: 'First enter your tax number in the settings.',
  ISSUER_VAT_ID_INVALID: 'First correct your VAT ID in the settings.',
  ISSUER_VAT_ID_MISSING: 'First enter your VAT ID in the settings.',
  RUN_ROW_TRANSITION_NOT_ALLOWED:
    'A merchant has moved on in this run, or is not that far yet. Look at its state again.',
  NEXT_NUMBER_TAKEN:
    'Another document already has the next number. Give the numbers another pattern in the billing settings.',
  NOT_A_CUTOFF: 'A cut-off is a 15th or the last day of a month.',
  CUTOFF_IN_FUTURE: 'A run starts on the day of its cut-off at the earliest.',
  COUNTRY_UNKNOWN: 'First correct the country code in the merchant’s record.',
};
